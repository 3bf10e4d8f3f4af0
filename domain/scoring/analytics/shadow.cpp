#include "domain/scoring/analytics/shadow.hpp"

#include <algorithm>

namespace ringside::scoring::analytics {

namespace {

using rules::round_score;

/// A margin that is this far off earns nothing.
constexpr points hopeless = whole_points(2);

points lead_of(const round_score& card) noexcept {
  return card.raw.red - card.raw.blue;
}

points median_lead(const std::vector<round_score>& cards) {
  std::vector<points> leads;
  for (const auto& c : cards)
    leads.push_back(lead_of(c));
  std::sort(leads.begin(), leads.end());
  return leads[leads.size() / 2];
}

points apart(points a, points b) noexcept {
  return a > b ? a - b : b - a;
}

shadow_round compare(int no, const round_score& own,
                     const std::vector<round_score>& official, corner winner,
                     const shadow_weights& w) {
  shadow_round r;
  r.round = no;
  r.winner_equal = winner_of(own) == winner;
  r.exact
    = r.winner_equal
      && std::find(official.begin(), official.end(), own) != official.end();
  r.lead_error = apart(lead_of(own), median_lead(official));
  if (!r.winner_equal)
    return r;
  // An exact card of a judge is right, whatever the median is.
  auto off = r.exact ? points{} : std::min(r.lead_error, hopeless);
  auto margin = static_cast<std::int64_t>(w.margin_ppm) * (hopeless - off).count
                / hopeless.count;
  r.score = {w.winner_ppm + static_cast<std::int32_t>(margin)};
  return r;
}

} // namespace

shadow_comparison
compare_shadow(const shadow_card& shadow,
               const std::vector<std::vector<round_score>>& official,
               const shadow_weights& weights) {
  shadow_comparison out;
  points own;
  points panel;
  std::int64_t errors = 0;
  std::int64_t scores = 0;
  for (std::size_t i = 0; i < official.size(); ++i) {
    auto winner = majority_of(official[i]);
    if (!winner)
      continue;
    if (i >= shadow.rounds.size() || !shadow.rounds[i]) {
      ++out.missing;
      continue;
    }
    auto r = compare(static_cast<int>(i) + 1, *shadow.rounds[i], official[i],
                     *winner, weights);
    own += lead_of(*shadow.rounds[i]);
    panel += median_lead(official[i]);
    errors += r.lead_error.count;
    scores += r.score.count;
    out.winners_equal += r.winner_equal ? 1 : 0;
    out.exact += r.exact ? 1 : 0;
    out.rounds.push_back(r);
  }
  auto n = static_cast<std::int64_t>(out.rounds.size());
  if (n == 0)
    return out;
  auto sign = [](points p) { return p.count > 0 ? 1 : p.count < 0 ? -1 : 0; };
  out.bout_winner_equal = sign(own) == sign(panel);
  out.lead_error_milli = errors * 100 / n;
  out.score = {static_cast<std::int32_t>(scores / n)};
  return out;
}

} // namespace ringside::scoring::analytics
