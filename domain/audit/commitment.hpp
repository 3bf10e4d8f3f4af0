#pragma once

#include "domain/audit/hash.hpp"
#include "domain/audit/json.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace ringside::audit {

/// Random bytes that keep a committed payload from being guessed. Made by the
/// caller with the system's generator and stored beside the payload.
using commit_salt = std::array<std::uint8_t, 16>;

/// What stands in an entry instead of personal data (audit reference 2.1):
/// hex SHA-256("ringside/commit/v1\0" || salt || canonical payload). Payload
/// and salt live elsewhere and can be erased without breaking any proof.
std::string commitment(const commit_salt& salt, const json::value& payload);

/// The same over a payload that is canonical text already.
std::string commitment(const commit_salt& salt, std::string_view payload);

} // namespace ringside::audit
