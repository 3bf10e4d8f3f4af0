#include "app/simulate/real_rounds.hpp"

#include <string>
#include <utility>

namespace ringside::simulate {

namespace {

using scoring::column;
using synthetic::observed_bout;
using synthetic::observed_line;
using synthetic::observed_round;
using synthetic::stat;

constexpr int full_round_s = 300;

struct landed_and_missed {
  int landed = 0;
  int missed = 0;
};

landed_and_missed split(const replay::corner_counts& x,
                        const std::string& name) {
  auto landed = x.of(name + "_landed");
  return {landed, x.of(name + "_att") - landed};
}

observed_line observe(const replay::corner_counts& x) {
  observed_line line;
  auto set
    = [&line](stat s, int n) { line.counts[static_cast<std::size_t>(s)] = n; };
  auto both = [&](const std::string& name, stat landed, stat missed) {
    auto n = split(x, name);
    set(landed, n.landed);
    set(missed, n.missed);
  };
  both("sig_distance", stat::distance_landed, stat::distance_missed);
  both("sig_clinch", stat::clinch_landed, stat::clinch_missed);
  both("sig_ground", stat::ground_landed, stat::ground_missed);
  both("td", stat::takedowns, stat::takedowns_failed);
  auto all = split(x, "total");
  auto significant = split(x, "sig");
  set(stat::other_landed, all.landed - significant.landed);
  set(stat::other_missed, all.missed - significant.missed);
  set(stat::knockdowns, x.of("kd"));
  set(stat::submissions, x.of("sub_att"));
  set(stat::reversals, x.of("rev"));
  set(stat::control_s, x.control_s.value_or(0));
  auto leg = split(x, "sig_leg");
  auto body = split(x, "sig_body");
  line.legs_landed = leg.landed;
  line.legs_missed = leg.missed;
  line.body_landed = body.landed;
  line.body_missed = body.missed;
  line.points_taken = x.deducted;
  return line;
}

void fill(scoring::corner_tally& t, const observed_line& x) {
  auto landed = x.of(stat::distance_landed) + x.of(stat::clinch_landed)
                + x.of(stat::ground_landed);
  t[column::knockdowns] = x.of(stat::knockdowns);
  t[column::knockdowns_flash] = x.of(stat::knockdowns);
  t[column::leg] = x.legs_landed;
  t[column::body] = x.body_landed;
  t[column::head] = landed - x.legs_landed - x.body_landed;
  t[column::distance] = x.of(stat::distance_landed);
  t[column::clinch] = x.of(stat::clinch_landed);
  t[column::ground] = x.of(stat::ground_landed);
  t[column::other_landed] = x.of(stat::other_landed);
  t[column::significant_missed] = x.of(stat::distance_missed)
                                  + x.of(stat::clinch_missed)
                                  + x.of(stat::ground_missed);
  t[column::other_missed] = x.of(stat::other_missed);
  t[column::takedowns] = x.of(stat::takedowns);
  t[column::takedowns_failed] = x.of(stat::takedowns_failed);
  t[column::submissions] = x.of(stat::submissions);
  t[column::reversals] = x.of(stat::reversals);
}

} // namespace

observed_round observe(const replay::round_record& r) {
  observed_round out;
  for (auto c : both_corners) {
    out.lines[c] = observe(r.corners[c]);
    out.control_known = out.control_known && r.corners[c].control_s;
  }
  for (const auto& card : r.cards) {
    if (!card)
      continue;
    rules::round_score s;
    for (auto c : both_corners)
      s.raw[c] = whole_points((*card)[c] + r.corners[c].deducted);
    out.cards.push_back(s);
  }
  return out;
}

std::vector<observed_bout>
observe(const std::vector<replay::bout_record>& bouts) {
  std::vector<observed_bout> all;
  for (const auto& b : bouts) {
    observed_bout out;
    out.date = b.date;
    for (const auto& r : b.rounds)
      if (r.seconds == full_round_s)
        out.rounds.push_back(observe(r));
    if (!out.rounds.empty())
      all.push_back(std::move(out));
  }
  return all;
}

scoring::round_tally tally_of(const observed_round& r) {
  scoring::round_tally t;
  for (auto c : both_corners) {
    fill(t.corners[c], r.lines[c]);
    scoring::set_control(
      t, c, round_ms{r.lines[c].of(stat::control_s) * std::int64_t{1'000}});
  }
  return t;
}

std::vector<synthetic::judged_round>
judge_by(const std::vector<observed_bout>& bouts,
         const scoring::profile& engine, const rules::score_scale& scale) {
  std::vector<synthetic::judged_round> all;
  for (const auto& b : bouts)
    for (const auto& r : b.rounds)
      if (!r.cards.empty())
        all.push_back(
          {scoring::look_at(engine, scale, tally_of(r), b.date), r.cards});
  return all;
}

} // namespace ringside::simulate
