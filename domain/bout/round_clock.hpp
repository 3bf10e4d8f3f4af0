#pragma once

#include "domain/base/time.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace ringside::bout {

/// The running time of one round, kept as the marks that officials made. It
/// never ticks: asking it for a moment gives the time run by then. All times
/// are on the server's timeline, so no step of a wall clock can move it.
class round_clock {
public:
  /// One start or stop, in the order of time.
  struct mark {
    mono_us at;
    bool running = false;

    friend bool operator==(const mark&, const mark&) = default;
  };

  /// True between a start and the next stop.
  bool running() const noexcept {
    return !marks_.empty() && marks_.back().running;
  }

  /// True once the clock was started in this round.
  bool started() const noexcept {
    return !marks_.empty();
  }

  /// Starts or stops at `at`; a time before the last mark counts as that mark's
  /// time, so that elapsed time never shrinks. Starting a running clock or
  /// stopping a stopped one changes nothing.
  /// @returns true if this made a mark.
  bool set(mono_us at, bool run);

  /// Takes the last mark back, as if it was never made.
  void undo() noexcept;

  /// Running time from the first start to `at`, at most `length`.
  round_ms elapsed(mono_us at, round_ms length) const noexcept;

  /// The time of the last mark, if there is one.
  std::optional<mono_us> last_mark() const noexcept;

  const std::vector<mark>& marks() const noexcept {
    return marks_;
  }

  friend bool operator==(const round_clock&, const round_clock&) = default;

private:
  static std::int64_t elapsed_us(mono_us from, mono_us to) noexcept {
    return to.count - from.count;
  }

  /// Running time of the marks before `first_after`, up to `at`.
  std::int64_t run_before(std::vector<mark>::const_iterator first_after,
                          mono_us at) const noexcept;

  std::vector<mark> marks_;
  /// Running time up to the last mark.
  std::int64_t banked_us_ = 0;
};

} // namespace ringside::bout
