#pragma once

#include "domain/audit/entry.hpp"
#include "domain/base/strong_id.hpp"
#include "domain/vision/fusion/fused_event.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the journal keeps of the fusion of one bout: its final events and
/// their later revisions.
namespace ringside::desk {

/// The chain of a bout: a chain of the node, beside that of the bout itself.
bout_id fused_chain(const bout_id& id);

/// The kind of its entries.
inline constexpr std::string_view kind_fused = "fused_event";

/// Sources of one event that fit an entry; one report each, so never more.
inline constexpr std::size_t fused_sources_max = fusion::sources_max;

/// Events that wait for a journal that is slow or refuses. Beyond that the
/// oldest are kept and the newest are not.
inline constexpr std::size_t fused_waiting_max = 4'096;

/// One report behind an event, by the name of its source.
struct fused_source {
  /// `source/<id>` or `account/<id>`.
  std::string source;
  std::uint64_t seq = 0;
  std::int32_t dt_us = 0;
  std::int32_t llr_milli = 0;
  bool late = false;

  bool human() const noexcept {
    return source.starts_with("account/");
  }

  friend bool operator==(const fused_source&, const fused_source&) = default;
};

/// One event in one revision, as it is written.
struct fused_fact {
  /// The source and number of its first report: unique within the bout.
  std::string id;
  std::uint32_t rev = 1;
  fusion::event_state state = fusion::event_state::final;
  fusion::standing standing = fusion::standing::review;
  mono_us t;
  std::int32_t t_err_us = 0;
  /// 0: it was in no round, or nobody knows.
  int round = 0;
  /// By the clock as it stood when this was written.
  std::optional<round_ms> at;
  std::optional<ringside::corner> corner;
  ppm corner_p;
  std::string kind;
  bout::strike_target target = bout::strike_target::unknown;
  /// Negative if no source gave one.
  ppm severity{-1};
  ppm p;
  std::int32_t silence_milli = 0;
  std::vector<fused_source> sources;
  /// The plan, and the version of the learned parameters it was fused under.
  std::string plan;
  int plan_version = 0;
  int parameters = 0;

  friend bool operator==(const fused_fact&, const fused_fact&) = default;
};

/// The data of an entry, and back (`corrupt`).
json::object fused_data(fused_fact what);
result<fused_fact> read_fused(const audit::entry_fields& entry);

/// The fold of the chain, as far as anything has to be remembered: the latest
/// events, each in its last revision, and where the numbers of a source stand.
struct fused_book {
  static constexpr std::size_t facts_max = 1'024;

  /// The last report of a source that was written, by its number.
  struct mark {
    std::uint64_t seq = 0;
    mono_us t;

    friend bool operator==(const mark&, const mark&) = default;
  };

  std::uint32_t entries = 0;
  /// Oldest first.
  std::deque<fused_fact> facts;
  std::map<std::string, mark, std::less<>> newest;
  /// The version of the parameters that the first entry names.
  std::optional<int> parameters;

  /// The last revision of an event, or null.
  const fused_fact* find(std::string_view id) const noexcept;

  /// Folds a fact that was written.
  void add(const fused_fact& what);

  friend bool operator==(const fused_book&, const fused_book&) = default;
};

/// The next entry. `corrupt` if it cannot be read; the book stays.
result<unit> apply_fused_entry(fused_book& book,
                               const audit::entry_fields& entry);

} // namespace ringside::desk
