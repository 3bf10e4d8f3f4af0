#pragma once

#include "domain/vision/failover/mode_watch.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>

namespace ringside::failover {

/// The arena listens to another mode from now on.
struct mode_change {
  /// Nothing: it is the first one that was chosen.
  std::optional<source_mode> from;
  source_mode to = source_mode::local;
  /// For people.
  std::string reason;

  friend bool operator==(const mode_change&, const mode_change&) = default;
};

/// Decides which mode one arena listens to: `cloud`, else `local`, else people
/// alone. A plain value; the caller looks about once a second.
///
/// - A dead mode is left at once, for the best that is usable.
/// - One that the fusion does not believe is left after the dwell time, for the
///   best that is usable; one that is slow or lossy only for a good one.
/// - Back to a better mode when it was good for `good_for`, and not before the
///   dwell time is over: a mode that flaps is not followed.
/// - Manual is left as soon as a mode was usable for `rescue_after`.
/// - What a person says holds until it is released, whatever happens.
class machine {
public:
  machine() = default;

  /// One that never chose.
  explicit machine(const failover_settings& by) : by_(by) {
    // nop
  }

  /// One that goes on where another one was. @param overridden By a person.
  machine(const failover_settings& by, source_mode mode, bool overridden,
          mono_us since)
    : by_(by), mode_(mode), chosen_(true), overridden_(overridden),
      since_(since) {
    // nop
  }

  /// Looks at how the modes do. Before anything was heard it decides nothing.
  std::optional<mode_change> look(const arena_sample& x, mono_us now);

  /// A person says which mode. Holds until `release`.
  void override_with(source_mode mode, mono_us now);
  void release() noexcept {
    overridden_ = false;
  }

  source_mode mode() const noexcept {
    return mode_;
  }

  /// `mode` is more than a guess: something was heard or a person said so.
  /// Before, every source is to be listened to.
  bool decided() const noexcept {
    return overridden_ || (chosen_ && heard_since_.has_value());
  }

  bool overridden() const noexcept {
    return overridden_;
  }

  mono_us since() const noexcept {
    return since_;
  }

  const mode_watch& watch(source_mode m) const noexcept {
    return watches_[static_cast<std::size_t>(m)];
  }

  /// People are alone although there are machines that they were to have.
  bool stranded() const noexcept;

private:
  mode_change choose_first(mono_us now);
  mode_change go_to(source_mode to, std::string reason, mono_us now);
  std::optional<mode_change> leave_manual(mono_us now);
  std::optional<mode_change> leave_for(std::optional<source_mode> to,
                                       mono_us now);
  std::optional<mode_change> go_back(mono_us now);
  bool dead(mono_us now) const noexcept;
  /// The best other mode that has been good for so long.
  std::optional<source_mode> good_one(mono_us now, span_us for_) const noexcept;
  /// The same, or else one that has been usable.
  std::optional<source_mode> usable_one(mono_us now,
                                        span_us for_ = {}) const noexcept;

  failover_settings by_;
  source_mode mode_ = source_mode::local;
  bool chosen_ = false;
  bool overridden_ = false;
  mono_us since_;
  /// When something was heard first.
  std::optional<mono_us> heard_since_;
  /// By `source_mode`; that of manual is not looked at.
  std::array<mode_watch, mode_count> watches_;
};

} // namespace ringside::failover
