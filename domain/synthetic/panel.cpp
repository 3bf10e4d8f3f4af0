#include "domain/synthetic/panel.hpp"

#include "domain/base/check.hpp"
#include "domain/synthetic/portable_math.hpp"

#include <algorithm>
#include <cmath>

namespace ringside::synthetic {

namespace {

constexpr double milli = 1'000;

double lean_of(const panel_choice& m, double x, double shared) noexcept {
  return m.intercept_milli / milli + m.slope_milli / milli * x
         + m.shared_milli / milli * shared;
}

/// The score of a round won by `steps` whole points, as far as the scale goes.
rules::round_score score_of(const rules::score_scale& scale, corner winner,
                            int steps) noexcept {
  rules::round_score s;
  s.raw[winner] = scale.base;
  s.raw[opponent(winner)]
    = std::max(scale.base - whole_points(steps), scale.loser_min);
  return s;
}

} // namespace

double wide_log_odds(const scoring::outlook& o, corner winner) noexcept {
  constexpr double most = 14;
  auto wide = std::max(static_cast<double>(o.wide[winner].count), 0.5);
  auto rest = std::max(static_cast<double>(o.wins[winner].count) - wide, 0.5);
  return std::clamp(ln(wide) - ln(rest), -most, most);
}

std::array<rules::round_score, judges_max>
draw_cards(const judge_model& m, const scoring::outlook& o,
           const rules::score_scale& scale, int judges, dice& d) {
  RINGSIDE_CHECK(judges >= 0 && judges <= static_cast<int>(judges_max));
  std::array<rules::round_score, judges_max> out{};
  auto lead = static_cast<double>(o.lead_milli) / milli;
  auto seen = lean_of(m.winner, lead, normal(d));
  auto shared_wide = normal(d);
  for (auto j = 0; j < judges; ++j) {
    auto& card = out[static_cast<std::size_t>(j)];
    auto lean = seen + normal(d);
    auto wide_noise = normal(d);
    auto further = d.chance(m.wider_ppm);
    if (scale.even_allowed && std::abs(lean) < m.even_milli / milli) {
      card.raw = {scale.base, scale.base};
      continue;
    }
    auto winner = lean > 0 ? corner::red : corner::blue;
    auto wide
      = lean_of(m.wide, wide_log_odds(o, winner), shared_wide) + wide_noise > 0;
    card = score_of(scale, winner, !wide ? 1 : further ? 3 : 2);
  }
  return out;
}

} // namespace ringside::synthetic
