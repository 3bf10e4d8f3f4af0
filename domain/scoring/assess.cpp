#include "domain/scoring/assessment.hpp"
#include "domain/scoring/compare.hpp"
#include "domain/scoring/portable_math.hpp"

#include <algorithm>
#include <cmath>

namespace ringside::scoring {

namespace {

constexpr std::int32_t million = 1'000'000;

/// Chance of each side, the side of red first.
per_corner<double> chances(double z) noexcept {
  auto both = chances_of(z);
  return z >= 0 ? per_corner<double>{both.high, both.low}
                : per_corner<double>{both.low, both.high};
}

/// Who leads in counted techniques, and by how much.
std::int32_t technique_lead(const profile& p, const round_tally& t) noexcept {
  auto lead = amount_of(p.techniques, t.corners.red)
              - amount_of(p.techniques, t.corners.blue);
  return static_cast<std::int32_t>(std::lround(lead));
}

int steps_of_lead(const profile& p, std::int32_t lead) noexcept {
  auto steps = 1;
  for (const auto& row : p.rows)
    if (row.lead_min <= std::abs(lead))
      steps = row.steps;
  return steps;
}

int steps_of_chance(const wide_model& w, ppm wide, ppm wider) noexcept {
  if (wide.count < w.card_at_ppm)
    return 1;
  return wider.count < w.card_next_at_ppm ? 2 : 3;
}

/// Writes the card: `steps` points between `winner` and the other one.
void write_card(outlook& o, const rules::score_scale& scale,
                std::optional<corner> winner, int steps) noexcept {
  o.card = {scale.base, scale.base};
  o.card_winner = winner;
  if (!winner)
    return;
  auto loser = scale.base - whole_points(steps);
  o.card[opponent(*winner)] = std::max(loser, scale.loser_min);
}

std::optional<corner> leader(double z) noexcept {
  if (z == 0)
    return std::nullopt;
  return z > 0 ? corner::red : corner::blue;
}

/// The card by the table of leads; equal counts go to the more forceful.
void card_by_count(outlook& o, const profile& p,
                   const rules::score_scale& scale, const round_tally& t,
                   double z) noexcept {
  auto lead = technique_lead(p, t);
  if (lead != 0)
    write_card(o, scale, lead > 0 ? corner::red : corner::blue,
               steps_of_lead(p, lead));
  else
    write_card(o, scale, leader(z), 1);
}

void card_by_chance(outlook& o, const profile& p,
                    const rules::score_scale& scale, double z,
                    std::int32_t off_even_ppm) noexcept {
  auto winner = leader(z);
  if (scale.even_allowed && off_even_ppm <= p.even_card_ppm)
    winner.reset();
  auto steps
    = winner ? steps_of_chance(p.wide, o.wide[*winner], o.wider[*winner]) : 0;
  write_card(o, scale, winner, steps);
}

/// The chances of each outcome. Rounding down keeps them in order; what is
/// left over is even, or the leader's where no round can be even.
per_corner<double> set_wins(outlook& o, const profile& p, bool even_allowed,
                            double z) noexcept {
  auto red = chances(z);
  auto even_share = even_allowed ? p.even_share : 0.0;
  auto decided = 1 - even_share * 4 * red.red * red.blue;
  per_corner<double> wins{red.red * decided, red.blue * decided};
  for (auto c : both_corners)
    o.wins[c] = {ppm_floor(wins[c])};
  auto left = million - o.wins.red.count - o.wins.blue.count;
  auto ahead = leader(z);
  if (even_share == 0 && ahead)
    o.wins[*ahead].count += left;
  else
    o.even = {left};
  return wins;
}

void set_wide(outlook& o, const profile& p, const per_corner<double>& wins,
              const round_tally& t, std::string_view date) noexcept {
  auto lead = 0.0;
  for (const auto& what : p.wide.terms)
    lead += what.weight * compared(what, t);
  auto start = wide_intercept(p.wide, date);
  for (auto c : both_corners) {
    auto z = start + (c == corner::red ? lead : -lead);
    o.wide[c] = {ppm_floor(wins[c] * portable_logistic(z))};
    auto next = portable_logistic(z - p.wide.step_to_next);
    o.wider[c] = {ppm_floor(wins[c] * next)};
  }
}

} // namespace

outlook look_at(const profile& p, const rules::score_scale& scale,
                const round_tally& t, std::string_view date) {
  outlook o;
  std::array<double, aspect_count> aspects{};
  auto z = 0.0;
  for (const auto& what : p.terms) {
    auto weight = p.scale * what.weight;
    auto lead = weight * compared(what, t);
    spread(what, t, weight, lead, aspects);
    z += lead;
  }
  o.lead_milli = milli(z);
  for (std::size_t i = 0; i < aspect_count; ++i)
    o.aspects[i] = milli(aspects[i]);
  auto wins = set_wins(o, p, scale.even_allowed, z);
  set_wide(o, p, wins, t, date);
  auto off_even = ppm_floor(chances_of(z).high - 0.5);
  o.too_close = off_even <= p.close_band_ppm;
  if (p.method == method::technique_count)
    card_by_count(o, p, scale, t, z);
  else
    card_by_chance(o, p, scale, z, off_even);
  return o;
}

assessment assess(const profile& p, const rules::ruleset& rules,
                  const round_tally& t, std::string_view date) {
  auto o = look_at(p, rules.scale, t, date);
  assessment a;
  a.profile = p.id;
  a.version = p.version;
  a.calibration_version = p.calibration_version;
  a.wins = o.wins;
  a.even = o.even;
  a.wide = o.wide;
  a.wider = o.wider;
  a.card = o.card;
  a.card_winner = o.card_winner;
  a.too_close = o.too_close;
  a.lead_milli = o.lead_milli;
  for (const auto& [what, name] : criteria_of(rules))
    a.breakdown.push_back(
      {name, what, o.aspects[static_cast<std::size_t>(what)]});
  return a;
}

} // namespace ringside::scoring
