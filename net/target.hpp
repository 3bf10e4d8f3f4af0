#pragma once

#include "domain/base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ringside::net {

/// A request target in origin form: the decoded path and query.
struct target {
  /// As received, without the query; what files and routes are matched with.
  std::string path;
  /// The segments behind the slashes, percent-decoded. None is `.`, `..` or
  /// holds a control character.
  std::vector<std::string> segments;
  std::vector<std::pair<std::string, std::string>> query;

  /// The value of a query parameter, or null.
  const std::string* find(std::string_view key) const noexcept;
};

/// Reads a target. Absolute, authority and asterisk forms, bad escapes, bad
/// UTF-8, control characters, dot segments and repeated parameters are
/// `malformed`.
result<target> parse_target(std::string_view text);

/// A decimal number without sign or leading zeros, at most 2^53 - 1.
std::optional<std::uint64_t> parse_number(std::string_view text) noexcept;

} // namespace ringside::net
