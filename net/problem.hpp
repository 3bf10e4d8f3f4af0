#pragma once

#include "domain/base/error.hpp"

#include <string>
#include <string_view>

namespace ringside::net {

/// The HTTP status of a refusal; the one table for it.
unsigned status_of(ec code) noexcept;

/// The standard reason phrase of the statuses that this server sends.
std::string_view phrase_of(unsigned status) noexcept;

/// RFC 9457 problem details with `code`, and `field` and `hint` where set.
std::string problem_json(unsigned status, const error& why);

} // namespace ringside::net
