#include "domain/vision/analytics/pace.hpp"

#include <algorithm>

namespace ringside::analytics {

namespace {

constexpr std::int64_t gaps_min = 5;
/// So many describe a round; more would overflow the squares.
constexpr std::int64_t gaps_max = 10'000;
/// Longer pauses count as this long, milliseconds.
constexpr std::int64_t gap_max_ms = 60'000;
/// Mean gaps, milliseconds.
constexpr std::int64_t high_below_ms = 2'000;
constexpr std::int64_t low_above_ms = 5'000;
/// A spread of the gaps above 1.5 of their mean is bursts; its square is 2.25.
constexpr std::int64_t bursts_percent = 225;

/// One takedown or submission attempt weighs as much as so many strikes, and
/// one strike as so many microseconds of control.
constexpr std::int64_t grapple_strikes = 5;
constexpr std::int64_t strike_us = 2'000'000;
constexpr std::int64_t work_min = 5;

} // namespace

void pace_meter::take(const act& a) {
  auto& s = sides_[a.by];
  auto& n = s.counts;
  if (a.what == action::knockdown)
    ++n.knockdowns;
  if (a.what == action::submission)
    ++n.submissions;
  if (a.what == action::takedown) {
    ++n.takedown_attempts;
    n.takedowns += a.landed ? 1 : 0;
  }
  if (!is_strike(a))
    return;
  ++n.thrown;
  n.landed += a.landed ? 1 : 0;
  n.significant += a.landed && a.severity >= significant_from ? 1 : 0;
  if (s.last && s.gaps < gaps_max) {
    auto gap = std::clamp<std::int64_t>(elapsed(*s.last, a.at).count / 1'000, 0,
                                        gap_max_ms);
    ++s.gaps;
    s.sum += gap;
    s.squares += gap * gap;
  }
  s.last = std::max(s.last.value_or(a.at), a.at);
}

void pace_meter::take(const position_interval& i) {
  auto us = std::max<std::int64_t>(elapsed(i.start, i.end).count, 0);
  if (i.position.phase == phase_kind::hold)
    sides_[i.position.holder].counts.control_us += us;
  if (i.position.phase == phase_kind::clinch)
    for (auto c : both_corners)
      sides_[c].counts.clinch_us += us;
}

tempo pace_meter::tempo_of(const side& s) {
  if (s.gaps < gaps_min)
    return tempo::unknown;
  // Spread² / mean² = n·squares/sum² - 1, from whole numbers.
  if (s.sum > 0
      && (s.gaps * s.squares / s.sum - s.sum) * 100 / s.sum >= bursts_percent)
    return tempo::bursts;
  auto mean = s.sum / s.gaps;
  if (mean < high_below_ms)
    return tempo::high;
  return mean > low_above_ms ? tempo::low : tempo::steady;
}

style pace_meter::style_of(const pace_figures& f) {
  auto strikes = std::int64_t{f.thrown};
  auto shots = std::int64_t{f.takedown_attempts} * grapple_strikes;
  auto chokes = std::int64_t{f.submissions} * grapple_strikes;
  auto work = shots + chokes + f.control_us / strike_us;
  if (strikes + work < work_min)
    return style::unknown;
  auto share = strikes * 100 / (strikes + work);
  if (share > 75)
    return style::striker;
  if (share >= 50)
    return style::balanced;
  return shots > chokes + f.control_us / strike_us / 2 ? style::wrestler
                                                       : style::grappler;
}

pace_figures pace_meter::figures(corner c, std::int64_t length_us) const {
  auto out = sides_[c].counts;
  if (length_us > 0)
    out.pace_milli = std::int64_t{out.thrown} * 1'000 * 60'000'000 / length_us;
  out.tempo = tempo_of(sides_[c]);
  out.style = style_of(out);
  return out;
}

} // namespace ringside::analytics
