#pragma once

#include "domain/audit/json.hpp"
#include "domain/base/result.hpp"
#include "domain/vision/intake/source_fact.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace ringside::intake {

using source_map = std::map<std::string, source_fact, std::less<>>;

/// The kinds of entries of the chain `_sources`.
inline constexpr std::string_view kind_source_created = "source_created";
inline constexpr std::string_view kind_source_assigned = "source_assigned";
inline constexpr std::string_view kind_source_drained = "source_drained";

/// A source as its entry and every list show it.
json::object source_json(const source_fact& s);
json::value source_assigned_data(std::string_view id, const bout_id& bout);
json::value source_drained_data(std::string_view id, bool on);

/// Folds one entry. `corrupt` if it cannot be read or does not fit; the map
/// stays as it was.
result<unit> apply_source_entry(source_map& all, std::string_view kind,
                                const json::value& data);

} // namespace ringside::intake
