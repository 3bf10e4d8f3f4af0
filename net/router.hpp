#pragma once

#include "domain/bout/rights.hpp"
#include "net/exchange.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace ringside::net {

class api;

/// What a request body has to be.
enum class body_kind : std::uint8_t { none, json };

/// One line of the table of everything that can be asked.
struct route {
  http::verb method;
  /// With `{name}` for one segment and `{name*}` for one or more.
  std::string_view pattern;
  /// Nothing: everybody may, or the handler decides.
  std::optional<bout::operation> right;
  body_kind body;
  void (api::*handler)(const exchange_ptr&);
};

/// All routes; the schema test compares them with the published description.
std::span<const route> all_routes() noexcept;

/// The parameters, if the segments fit the pattern.
std::optional<std::vector<std::pair<std::string_view, std::string>>>
match_pattern(std::string_view pattern, std::span<const std::string> segments);

} // namespace ringside::net
