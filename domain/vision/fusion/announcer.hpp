#pragma once

#include "domain/vision/fusion/fused_event.hpp"
#include "domain/vision/fusion/hypothesis.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

namespace ringside::fusion {

/// Gives groups of reports their event ids and revisions, and remembers what
/// was said. A group that holds the naming report of an announced event is
/// that event.
class announcer {
public:
  /// A report that was handed over, and its time without the latency.
  struct handed {
    std::int64_t t = 0;
    fusion::report report;
  };

  explicit announcer(const fusion_settings& settings);

  /// Says provisionally what a group looks like now, if that is news.
  void say(const block& b, const hypothesis& h, std::vector<fused_event>& out);

  /// Says what a group is for good; true if it was worth an event.
  bool conclude(const block& b, const hypothesis& h,
                std::vector<fused_event>& out);

  /// The decided event that a late report belongs to, with it as evidence and
  /// one revision on; nothing if there is none.
  const fused_event* add_late(const report& r, std::int64_t t,
                              const source_parameters& source,
                              std::int32_t gate_milli);

  /// Gives handed-over reports to the decided events they belong to, the
  /// closest pair first, so that none takes the place of another; appends these
  /// to `out`. Leaves in `reports` what no decided event can have; what may be
  /// in one that was forgotten, or says again what its source said, is dropped.
  void add_handed(std::vector<handed>& reports, const source_table& sources,
                  std::vector<fused_event>& out);

  /// Takes up decided events of an earlier announcer, oldest first.
  void resume(std::span<const fused_event> decided);

  /// Forgets decided events that no report can belong to any more.
  void forget_before(std::int64_t t);

  /// The event a group makes, unnamed by earlier ones.
  fused_event describe(const block& b, const hypothesis& h) const;

private:
  /// Finds the announced event that `h` continues and withdraws others that
  /// it swallowed; -1 if it is new.
  std::ptrdiff_t continue_from(const block& b, const hypothesis& h,
                               std::vector<fused_event>& out);
  void withdraw(fused_event& said, std::vector<fused_event>& out);
  standing standing_of(ppm p) const noexcept;
  struct pair {
    std::int64_t off = 0;
    fused_event* event = nullptr;
    std::size_t report = 0;
  };
  void find_pairs(std::deque<fused_event>& among,
                  const std::vector<handed>& reports,
                  const source_table& sources, std::vector<pair>& out) const;
  bool said_before(const handed& h) const noexcept;
  /// No late report belongs to the oldest decided event any more.
  void retire();
  void forget_oldest();

  fusion_settings settings_;
  /// What was said of undecided events, oldest first.
  std::vector<fused_event> open_;
  std::deque<fused_event> decided_;
  /// Older ones, which only handed-over reports may belong to.
  std::deque<fused_event> past_;
  /// Up to here decided events were forgotten.
  std::int64_t forgotten_ = INT64_MIN / 2;
};

} // namespace ringside::fusion
