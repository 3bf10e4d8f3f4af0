#pragma once

#include "domain/audit/json.hpp"
#include "domain/base/limits.hpp"
#include "domain/base/result.hpp"

#include <string_view>

namespace ringside::net {

/// Reads what a client sent: a JSON object within the profile of
/// `domain/audit`, so at most 16 levels deep (counted while reading, without
/// recursing further), no duplicate keys, floats, null, bad UTF-8 or numbers
/// beyond 2^53.
/// @param foreign Parts of it are in somebody else's format: see
/// `json::limits::foreign`.
/// @returns `malformed` with the byte it is about, or `too_large`.
result<json::value> parse_request(std::string_view text,
                                  std::size_t bytes_max
                                  = limits::request_bytes_max,
                                  bool foreign = false);

} // namespace ringside::net
