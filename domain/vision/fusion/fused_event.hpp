#pragma once

#include "domain/base/enum_text.hpp"
#include "domain/vision/fusion/report.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace ringside::fusion {

/// Where an event stands. After `final` only its evidence may grow.
enum class event_state : std::uint8_t { provisional, final, withdrawn };

/// What a probability is good for.
enum class standing : std::uint8_t {
  /// Statistics only.
  faint,
  /// For the list that a person looks through.
  review,
  /// Shown.
  shown,
  /// May be counted, if the rule set lets cameras count at all.
  sure,
};

/// One report behind an event: the explanation that people see.
struct evidence {
  report_key from;
  /// Report's time, latency taken off, minus the event's time.
  std::int32_t dt_us = 0;
  /// What it added to the log odds, thousandths. The first report carries
  /// the prior.
  std::int32_t llr_milli = 0;
  /// Came after the decision of its time: it changed nothing (`llr_milli` is
  /// 0), or was handed over and made an event of its own.
  bool late = false;

  friend bool operator==(const evidence&, const evidence&) = default;
};

/// One strike as all sources together saw it. A later revision of the same
/// `event_id` replaces the earlier one.
struct fused_event {
  /// Its first report; unique, as no report is ever in two events.
  report_key event_id;
  std::uint32_t rev = 1;
  mono_us t;
  /// One standard deviation of `t`.
  std::int32_t t_err_us = 0;
  /// Nothing if no source could tell.
  std::optional<ringside::corner> corner;
  ppm corner_p;
  kind_index kind = 0;
  /// Posterior of the kinds; the first `kinds` of the table are used.
  std::array<std::int32_t, kinds_max> kind_ppm{};
  bout::strike_target target = bout::strike_target::unknown;
  /// Mean of the sources that gave one; negative if none did.
  ppm severity{-1};
  /// That it happened at all.
  ppm p;
  fusion::standing standing = fusion::standing::faint;
  event_state state = event_state::provisional;
  /// What the silence of sources in view took off, thousandths.
  std::int32_t silence_milli = 0;
  std::vector<evidence> sources;

  friend bool operator==(const fused_event&, const fused_event&) = default;
};

} // namespace ringside::fusion

template <>
struct ringside::enum_names<ringside::fusion::event_state> {
  static constexpr std::array<std::string_view, 3> value{"provisional", "final",
                                                         "withdrawn"};
};

template <>
struct ringside::enum_names<ringside::fusion::standing> {
  static constexpr std::array<std::string_view, 4> value{"faint", "review",
                                                         "shown", "sure"};
};
