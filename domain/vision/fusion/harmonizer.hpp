#pragma once

#include "domain/vision/fusion/announcer.hpp"
#include "domain/vision/fusion/pending.hpp"
#include "domain/vision/fusion/presence.hpp"
#include "domain/vision/fusion/seq_window.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace ringside::fusion {

/// What became of a report.
enum class admission : std::uint8_t {
  taken,
  /// The same source and number was here before; nothing changed.
  repeated,
  /// Too late to decide anything; kept as evidence of a decided event.
  late_evidence,
  /// Too late, and no decided event it belongs to.
  late_unmatched,
  /// No such source, or a value out of range.
  invalid,
  /// Too many reports are undecided.
  overloaded,
  /// Handed over too late: with the next `advance` it is evidence of a decided
  /// event, or else decided itself.
  handed_over,
};

/// Where all reports went. `taken` is the sum of `in_events`, `in_clutter`,
/// `duplicates` and what is still undecided: nothing is counted twice.
struct fusion_counters {
  std::uint64_t taken = 0;
  std::uint64_t repeated = 0;
  std::uint64_t late_evidence = 0;
  std::uint64_t late_unmatched = 0;
  std::uint64_t invalid = 0;
  std::uint64_t overloaded = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t in_events = 0;
  std::uint64_t in_clutter = 0;
  std::uint64_t blocks = 0;
  std::uint64_t forced = 0;
  /// Handed over too late. From the next `advance` on, each is counted as
  /// taken, late evidence or late and unmatched, too.
  std::uint64_t handed_over = 0;
  /// Reports that were nothing, by source.
  std::array<std::uint64_t, sources_max> clutter_of{};

  friend bool operator==(const fusion_counters&, const fusion_counters&)
    = default;
};

/// Fuses the reports of one bout. Owns all of its state, so that two bouts
/// never touch; its memory does not grow with the bout. The same reports give
/// the same final events in any order of arrival within the sources' hold
/// times. Not for several threads.
class harmonizer {
public:
  /// @return nothing usable if settings, sources or strategy are wrong.
  static result<std::unique_ptr<harmonizer>>
  make(const fusion_settings& settings, source_table sources,
       std::unique_ptr<strategy> how);

  harmonizer(const harmonizer&) = delete;
  harmonizer& operator=(const harmonizer&) = delete;

  /// Takes up what an earlier harmonizer of this bout decided, oldest first:
  /// reports of these events count as repeated, late ones as their evidence,
  /// and nothing before the last of them is decided again.
  void resume(std::span<const fused_event> decided);

  /// Says how good a source is of which no report came yet. Refuses what the
  /// solvers cannot work with; nothing is changed then.
  result<unit> seat(source_index src, const source_parameters& is);

  /// Takes one report.
  admission take(const report& r);

  /// Takes a heartbeat; of an unknown source it does nothing.
  void beat(const heartbeat& h);

  /// Appends to `out` what can be said at `now` and was not said before:
  /// provisional events, final ones, withdrawals, late evidence.
  void advance(mono_us now, std::vector<fused_event>& out);

  /// True if `src` saw the fighters at `t`, by its life signs.
  bool in_view(source_index src, mono_us t) const noexcept {
    return views_.in_view(src, t);
  }

  /// Decides everything that is undecided, for the end of a bout.
  void finish(std::vector<fused_event>& out);

  const fusion_counters& counters() const noexcept {
    return counters_;
  }

  /// Undecided reports.
  std::size_t undecided() const noexcept {
    return pending_.size();
  }

  const source_table& sources() const noexcept {
    return sources_;
  }

private:
  harmonizer(const fusion_settings& settings, source_table sources,
             std::unique_ptr<strategy> how);

  bool valid(const report& r) const noexcept;
  admission take_late(const report& r, std::int64_t t);
  void insert(report r, bool late);
  void settle_handed();
  /// Reports of `src` up to here have arrived if none takes longer than
  /// `hold_us`.
  std::int64_t known_of(source_index src, mono_us now,
                        std::int64_t hold_us) const noexcept;
  std::int64_t announce_hold(const source_parameters& s) const noexcept;
  void decide_until(std::int64_t known, std::vector<fused_event>& out);
  void decide(const cut& c, std::vector<fused_event>& out);
  void announce(mono_us now, std::vector<fused_event>& out);
  block block_of(std::size_t count);
  void settle_group(const block& b, const hypothesis& h,
                    std::vector<fused_event>& out);

  fusion_settings settings_;
  source_table sources_;
  std::unique_ptr<strategy> how_;
  model model_;
  presence views_;
  pending_reports pending_;
  announcer announcer_;
  std::vector<seq_window> numbers_;
  std::vector<hypothesis> groups_;
  std::vector<fused_event> late_;
  /// Handed over too late, since the last `advance`.
  std::vector<announcer::handed> handed_;
  fusion_counters counters_;
  /// Up to here everything is decided.
  std::int64_t decided_ = INT64_MIN / 2;
  /// Up to here reports were looked at.
  std::int64_t looked_ = INT64_MIN / 2;
  /// Up to here all that was to come in time has come.
  std::int64_t known_ = INT64_MIN / 2;
  bool changed_ = false;
  /// When the oldest unannounced hypothesis becomes old enough.
  std::int64_t announce_at_ = INT64_MAX;
};

} // namespace ringside::fusion
