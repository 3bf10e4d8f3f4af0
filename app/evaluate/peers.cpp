#include "app/evaluate/baselines.hpp"

#include "domain/scoring/peer/engine.hpp"

#include <algorithm>

namespace ringside::evaluate {

namespace {

using scoring::column;
using scoring::corner_tally;
namespace peer = scoring::peer;

/// What the peers read of a row; misses have no word with them.
peer::round_counts counts_of(const corner_tally& t) {
  auto both = [&](column c) { return bout::ratio{t[c], t[c]}; };
  peer::round_counts out;
  out.box.knockdowns = t[column::knockdowns];
  out.box.significant = {significant_landed(t), significant_landed(t)};
  out.box.head = both(column::head);
  out.box.body = both(column::body);
  out.box.leg = both(column::leg);
  out.box.distance = both(column::distance);
  out.box.clinch = both(column::clinch);
  out.box.ground = both(column::ground);
  out.box.total = {total_landed(t), total_landed(t)};
  out.box.takedowns = {t[column::takedowns],
                       t[column::takedowns] + t[column::takedowns_failed]};
  out.box.submission_attempts = t[column::submissions];
  out.box.reversals = t[column::reversals];
  out.control_s = t[column::control_minutes] / 1'000;
  return out;
}

forecast forecast_by(peer::engine which, const fit::labelled_round& r) {
  constexpr round_ms length{300'000};
  per_corner<peer::round_counts> counts{counts_of(r.tally.corners.red),
                                        counts_of(r.tally.corners.blue)};
  auto v = peer::judge(which, counts, length);
  auto lead = !v.winner ? 0 : *v.winner == corner::red ? 1 : -1;
  auto steps = v.card.red > v.card.blue ? v.card.red - v.card.blue
                                        : v.card.blue - v.card.red;
  return certain(lead, std::max(steps, 1));
}

} // namespace

std::vector<baseline> peer_baselines() {
  std::vector<baseline> out;
  for (auto which : peer::all_engines)
    out.push_back(
      {std::string{ringside::text_of(which)},
       [which](const fit::labelled_round& r) { return forecast_by(which, r); },
       false});
  return out;
}

} // namespace ringside::evaluate
