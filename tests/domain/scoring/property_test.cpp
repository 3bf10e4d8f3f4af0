#include "app/config/load_profiles.hpp"
#include "tests/domain/scoring/sample.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include <rapidcheck/gtest.h>

namespace ringside::scoring {
namespace {

using namespace test;

constexpr std::int32_t million = 1'000'000;

/// The profiles that ship and the one with every shape.
const std::vector<profile>& profiles() {
  static const auto all = [] {
    auto loaded = config::load_profiles(RINGSIDE_SOURCE_DIR "/config/scoring");
    EXPECT_TRUE(loaded) << (loaded ? "" : loaded.reason().detail);
    auto out = loaded ? *loaded : std::vector<profile>{};
    out.push_back(sample_profile());
    return out;
  }();
  return all;
}

std::vector<bout::fact> some_facts() {
  auto n = *rc::gen::inRange(0, 120);
  // One corner often does more than the other.
  auto bias = *rc::gen::inRange(0, 11);
  std::vector<bout::fact> facts;
  for (int i = 0; i < n; ++i) {
    auto c = *rc::gen::inRange(0, 10) < bias ? corner::red : corner::blue;
    facts.emplace_back(any_fact(c, *rc::gen::inRange(0, any_kinds)));
  }
  return facts;
}

round_tally some_tally() {
  auto t = tally_of(some_facts());
  for (auto c : both_corners)
    set_control(t, c, {*rc::gen::inRange(0, 150'000)});
  return t;
}

const profile& some_profile() {
  return profiles()[*rc::gen::inRange<std::size_t>(0, profiles().size())];
}

outlook mirrored(const outlook& o) {
  auto m = o;
  auto swap = [](auto& pair) { std::swap(pair.red, pair.blue); };
  swap(m.wins);
  swap(m.wide);
  swap(m.wider);
  swap(m.card);
  if (o.card_winner)
    m.card_winner = opponent(*o.card_winner);
  m.lead_milli = -o.lead_milli;
  for (auto& a : m.aspects)
    a = -a;
  return m;
}

} // namespace

RC_GTEST_PROP(scoring, exchanged_corners_mirror_the_assessment, ()) {
  const auto& p = some_profile();
  auto t = some_tally();
  RC_ASSERT(look_at(p, {}, scoring::mirrored(t))
            == mirrored(look_at(p, {}, t)));
}

RC_GTEST_PROP(scoring, the_chances_add_up, ()) {
  const auto& p = some_profile();
  auto o = look_at(p, {}, some_tally());
  RC_ASSERT(o.wins.red.count + o.wins.blue.count + o.even.count == million);
  RC_ASSERT(o.even.count >= 0);
  for (auto c : both_corners) {
    RC_ASSERT(o.wins[c].count >= 0);
    RC_ASSERT(o.wide[c] <= o.wins[c]);
    RC_ASSERT(o.wider[c] <= o.wide[c]);
    RC_ASSERT(o.wider[c].count >= 0);
  }
}

RC_GTEST_PROP(scoring, one_more_good_thing_never_hurts_its_owner, ()) {
  const auto& p = some_profile();
  auto t = some_tally();
  auto c = *rc::gen::element(corner::red, corner::blue);
  auto before = look_at(p, {}, t);
  add(t, helpful_fact(c, *rc::gen::inRange(0, helpful_kinds)));
  auto after = look_at(p, {}, t);
  RC_ASSERT(after.wins[c] >= before.wins[c]);
  RC_ASSERT(after.wins[opponent(c)] <= before.wins[opponent(c)]);
  RC_ASSERT(after.wide[c] >= before.wide[c]);
  RC_ASSERT(after.wide[opponent(c)] <= before.wide[opponent(c)]);
  RC_ASSERT(after.card[opponent(c)] <= before.card[opponent(c)]);
}

RC_GTEST_PROP(scoring, more_control_never_hurts_its_owner, ()) {
  const auto& p = some_profile();
  auto t = some_tally();
  auto c = *rc::gen::element(corner::red, corner::blue);
  auto before = look_at(p, {}, t);
  auto now = t.corners[c][column::control_minutes];
  set_control(t, c, {now + *rc::gen::inRange(1, 60'000)});
  auto after = look_at(p, {}, t);
  RC_ASSERT(after.wins[c] >= before.wins[c]);
  RC_ASSERT(after.wide[c] >= before.wide[c]);
}

RC_GTEST_PROP(scoring, the_order_of_facts_does_not_matter, ()) {
  const auto& p = some_profile();
  auto facts = some_facts();
  auto t = tally_of(facts);
  auto shuffled = facts;
  for (std::size_t i = shuffled.size(); i > 1; --i)
    std::swap(shuffled[i - 1], shuffled[*rc::gen::inRange<std::size_t>(0, i)]);
  RC_ASSERT(tally_of(shuffled) == t);
  RC_ASSERT(look_at(p, {}, tally_of(shuffled)) == look_at(p, {}, t));
}

RC_GTEST_PROP(scoring, an_undo_leaves_no_trace, ()) {
  const auto& p = some_profile();
  auto t = some_tally();
  auto before = t;
  auto extra = some_facts();
  for (const auto& f : extra)
    add(t, f);
  for (std::size_t i = extra.size(); i-- > 0;)
    remove(t, extra[(i * 7) % extra.size()]);
  if (extra.size() % 7 != 0)
    RC_ASSERT(t == before);
  for (const auto& f : extra) {
    auto with = before;
    add(with, f);
    remove(with, f);
    RC_ASSERT(with == before);
    RC_ASSERT(look_at(p, {}, with) == look_at(p, {}, before));
  }
}

RC_GTEST_PROP(scoring, the_breakdown_adds_up_to_the_lead, ()) {
  const auto& p = some_profile();
  auto a = assess(p, mma_rules(), some_tally());
  std::int64_t sum = 0;
  for (const auto& line : a.breakdown)
    sum += line.lead_milli;
  // Each of the four lines is rounded.
  RC_ASSERT(std::abs(sum - a.lead_milli) <= 3);
}

RC_GTEST_PROP(scoring, one_strike_moves_the_card_by_one_step_at_most, ()) {
  const auto& p = some_profile();
  auto t = some_tally();
  auto c = *rc::gen::element(corner::red, corner::blue);
  auto steps = [](const outlook& o) {
    return (o.card.red.count - o.card.blue.count) / whole_points(1).count;
  };
  auto before = look_at(p, {}, t);
  add(t, helpful_fact(c, *rc::gen::inRange(0, 5)));
  auto after = look_at(p, {}, t);
  auto moved = std::abs(steps(after) - steps(before));
  // From a round for one corner to a round for the other is no step between.
  auto turned = before.card_winner != after.card_winner;
  RC_ASSERT(moved <= (turned ? 2 : 1));
  if (turned && before.card_winner && after.card_winner)
    RC_ASSERT(before.too_close && after.too_close);
}

TEST(scoring_cases, case_14_live_and_replayed_are_equal_bit_by_bit) {
  constexpr int bouts = 10'000;
  std::uint64_t state = 1;
  auto roll = [&state](int n) {
    state = state * 6'364'136'223'846'793'005ULL + 1'442'695'040'888'963'407ULL;
    return static_cast<int>((state >> 33) % static_cast<std::uint64_t>(n));
  };
  for (int b = 0; b < bouts; ++b) {
    const auto& p = profiles()[static_cast<std::size_t>(
      roll(static_cast<int>(profiles().size())))];
    std::vector<timed_fact> standing;
    round_tally live;
    for (int i = roll(60); i > 0; --i) {
      // Now and then something is taken back.
      if (!standing.empty() && roll(6) == 0) {
        auto at
          = static_cast<std::size_t>(roll(static_cast<int>(standing.size())));
        remove(live, standing[at].what);
        standing.erase(standing.begin() + static_cast<std::ptrdiff_t>(at));
        continue;
      }
      auto& f = standing.emplace_back();
      f.what
        = any_fact(roll(2) == 0 ? corner::red : corner::blue, roll(any_kinds));
      f.at = {roll(300'000)};
      add(live, f.what);
    }
    auto again = recount(standing, {300'000});
    ASSERT_EQ(look_at(p, {}, live), look_at(p, {}, again)) << b;
  }
}

} // namespace ringside::scoring
