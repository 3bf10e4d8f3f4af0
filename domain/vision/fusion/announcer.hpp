#pragma once

#include "domain/vision/fusion/fused_event.hpp"
#include "domain/vision/fusion/hypothesis.hpp"

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

  fusion_settings settings_;
  /// What was said of undecided events, oldest first.
  std::vector<fused_event> open_;
  std::deque<fused_event> decided_;
};

} // namespace ringside::fusion
