#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace ringside {

/// The text of a session token: `rsd_s_` and the secret in base64url.
std::string token_text(std::span<const std::uint8_t> secret);

} // namespace ringside
