#pragma once

#include "domain/audit/entry.hpp"
#include "domain/vision/failover/arena_sample.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace ringside::failover {

/// The kinds of entries of the chain `_failover`.
inline constexpr std::string_view kind_mode_changed = "mode_changed";
inline constexpr std::string_view kind_mode_overridden = "mode_overridden";
inline constexpr std::string_view kind_mode_released = "mode_released";

/// What happened to the mode of an arena, as its entry has it.
struct failover_fact {
  std::string kind;
  std::string arena;
  /// Rises by one within the arena.
  std::uint64_t version = 0;
  std::optional<source_mode> from;
  /// The mode from then on; a release leaves it as it is.
  source_mode mode = source_mode::local;
  std::string reason;
  /// Who said so: `role:account`; `admin:node` is the node itself.
  std::string by;
  mono_us at;

  friend bool operator==(const failover_fact&, const failover_fact&) = default;
};

/// What the chain has of one arena.
struct arena_record {
  static constexpr std::size_t history_max = 64;

  source_mode mode = source_mode::local;
  std::uint64_t version = 0;
  /// When the mode became this one.
  mono_us since;
  /// Set while a person's word holds.
  std::optional<failover_fact> overridden;
  /// The latest, the last one at the end.
  std::deque<failover_fact> history;

  friend bool operator==(const arena_record&, const arena_record&) = default;
};

using arena_map = std::map<std::string, arena_record, std::less<>>;

/// The data of an entry. `by` is the actor of the entry and not in it.
json::object failover_data(const failover_fact& what);

/// Folds a fact of this arena; one that was folded before is nothing.
void fold(arena_record& a, const failover_fact& what);

/// Folds the next entry. `corrupt` if it cannot be read; the map stays.
result<unit> apply_failover_entry(arena_map& all,
                                  const audit::entry_fields& entry);

/// True if an arena may have this name: it is a member of the topic
/// `failover`, so 1 to 32 of `[a-z0-9_]`.
bool valid_arena(std::string_view name) noexcept;

} // namespace ringside::failover
