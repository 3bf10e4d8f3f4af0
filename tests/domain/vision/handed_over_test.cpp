#include "tests/domain/vision/fusion_scene.hpp"

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

/// An arena turns from one camera to another: what the other one saw while
/// nobody listened comes late, and every strike is one event all the same.
namespace ringside::fusion {
namespace {

using test::scene;
using test::seen;

report handed(source_index src, std::uint64_t seq, double ms,
              corner by = corner::red) {
  auto r = seen(src, seq, ms, by);
  r.handed_over = true;
  return r;
}

/// Camera 0 saw a strike at 1 s; camera 1 was on standby. It is long decided.
scene decided_strike() {
  scene s;
  for (auto ms = 0; ms <= 4'000; ms += 500)
    s.through->beat({0, {ms * 1'000}, true});
  s.through->take(seen(0, 1, 1'000));
  EXPECT_EQ(s.at(4'000).size(), 1u);
  return s;
}

TEST(handed_over, what_is_known_is_evidence) {
  auto s = decided_strike();
  EXPECT_EQ(s.through->take(handed(1, 1, 1'010)), admission::handed_over);
  auto events = s.at(4'010);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].rev, 2u);
  ASSERT_EQ(events[0].sources.size(), 2u);
  EXPECT_TRUE(events[0].sources[1].late);
  EXPECT_EQ(events[0].sources[1].llr_milli, 0);
  EXPECT_TRUE(s.at(5'000).empty());
}

TEST(handed_over, what_nobody_else_saw_is_an_event_at_once) {
  auto s = decided_strike();
  s.through->take(handed(1, 1, 2'000));
  s.through->take(handed(2, 1, 2'010));
  auto events = s.at(4'010);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].state, event_state::final);
  ASSERT_EQ(events[0].sources.size(), 2u) << "one for both";
  EXPECT_TRUE(events[0].sources[0].late && events[0].sources[1].late);
  EXPECT_NE(events[0].sources[0].llr_milli, 0);
  EXPECT_GE(events[0].p.count, 900'000);
  EXPECT_EQ(s.through->undecided(), 0u);
}

TEST(handed_over, what_comes_in_time_is_like_any_other) {
  auto s = decided_strike();
  EXPECT_EQ(s.through->take(handed(1, 1, 3'990)), admission::taken);
  auto events = s.finish();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_FALSE(events[0].sources[0].late);
}

TEST(handed_over, the_closest_pair_goes_first) {
  auto s = decided_strike();
  // Camera 0 missed the strike before; camera 1 saw both.
  s.through->take(handed(1, 1, 910));
  s.through->take(handed(1, 2, 1'002));
  auto events = s.at(4'010);
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].t.count / 10'000, 100);
  EXPECT_EQ(events[0].sources.size(), 2u);
  EXPECT_EQ(events[1].t.count, 910'000);
}

TEST(handed_over, a_stutter_is_no_second_event) {
  auto s = decided_strike();
  s.through->take(handed(1, 1, 1'000));
  s.through->take(handed(1, 2, 1'040));
  EXPECT_EQ(s.at(4'010).size(), 1u);
  s.through->take(handed(1, 3, 2'000));
  s.through->take(handed(1, 4, 2'040));
  EXPECT_EQ(s.at(4'020).size(), 1u);
}

TEST(handed_over, the_same_again_changes_nothing) {
  auto s = decided_strike();
  s.through->take(handed(1, 1, 2'000));
  s.at(4'010);
  EXPECT_EQ(s.through->take(handed(1, 1, 2'000)), admission::repeated);
  EXPECT_TRUE(s.at(4'020).empty());
  EXPECT_EQ(s.through->take(handed(2, 1, 2'000)), admission::handed_over);
  EXPECT_EQ(s.at(4'030).size(), 1u) << "evidence of the new event";
}

TEST(handed_over, what_may_be_in_a_forgotten_event_is_none) {
  auto s = decided_strike();
  for (auto ms = 4'500; ms <= 20'000; ms += 500)
    s.through->beat({0, {ms * 1'000}, true});
  s.at(20'000);
  s.through->take(handed(1, 1, 1'010));
  EXPECT_TRUE(s.at(20'010).empty());
  EXPECT_EQ(s.through->counters().late_unmatched, 1u);
}

/// How a fight with an outage is seen.
struct outage {
  /// Milliseconds: the active camera dies, the arena turns to the other one.
  int dead = 0;
  int turned = 0;
  std::vector<int> strikes;
  /// Seen by the active one, and by the one on standby.
  std::vector<bool> active;
  std::vector<bool> standby;
};

outage any_outage() {
  auto below = [](int n) {
    return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, n));
  };
  outage x;
  x.dead = 4'000 + below(8'000);
  x.turned = x.dead + below(5'500);
  for (int t = 1'000 + below(500); t < 20'000; t += 260 + below(900)) {
    x.strikes.push_back(t);
    x.active.push_back(t < x.dead && below(10) < 7);
    x.standby.push_back(below(10) < 7);
  }
  return x;
}

/// Plays it in steps of 10 ms with 60 ms of way; the final events.
std::vector<fused_event> play(const outage& x, harmonizer& through) {
  auto jitter = [] {
    return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(-25, 26));
  };
  constexpr int way = 60;
  struct arriving {
    int at;
    report what;
  };
  std::vector<arriving> all;
  for (std::size_t i = 0; i < x.strikes.size(); ++i) {
    auto t = x.strikes[i];
    if (x.active[i])
      all.push_back({t + way, seen(0, i + 1, t + jitter())});
    if (!x.standby[i] || t + way < x.turned - 6'000)
      continue;
    auto late = t + way < x.turned;
    auto r = seen(1, i + 1, t + jitter());
    r.handed_over = late;
    all.push_back({late ? x.turned : t + way, r});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.at < b.at; });
  std::vector<arrival<fused_event>> said;
  std::vector<fused_event> out;
  auto next = all.begin();
  for (int now = 0; now < 24'000; now += 10) {
    auto last = x.dead - x.dead % 500;
    if (now % 500 == 0)
      if (auto src = now <= last ? 0 : 1; src == 0 || now >= x.turned)
        through.beat({static_cast<source_index>(src), {now * 1'000}, true});
    if (now >= x.turned && now < x.turned + 10)
      through.beat({0, {last * 1'000}, false});
    for (; next != all.end() && next->at <= now; ++next)
      through.take(next->what);
    through.advance({now * 1'000}, out);
    for (auto& e : out)
      said.push_back({{now * 1'000}, std::move(e)});
    out.clear();
  }
  through.finish(out);
  for (auto& e : out)
    said.push_back({{}, std::move(e)});
  return last_words(said);
}

RC_GTEST_PROP(handed_over_property, every_strike_is_one_event, ()) {
  auto x = any_outage();
  auto through = test::usual_harmonizer();
  auto finals = play(x, *through);
  std::size_t wanted = 0;
  for (std::size_t i = 0; i < x.strikes.size(); ++i) {
    auto t = x.strikes[i];
    auto kept = x.standby[i] && t + 60 >= x.turned - 6'000;
    auto here = std::count_if(finals.begin(), finals.end(), [t](const auto& e) {
      return std::abs(e.t.count - t * 1'000) < 120'000;
    });
    auto seen_by_any = x.active[i] || kept;
    wanted += seen_by_any ? 1 : 0;
    RC_ASSERT(here == (seen_by_any ? 1 : 0));
  }
  RC_ASSERT(finals.size() == wanted);
  const auto& c = through->counters();
  RC_ASSERT(c.taken == c.in_events + c.in_clutter + c.duplicates);
  RC_ASSERT(c.late_unmatched == 0 && c.in_clutter == 0);
}

} // namespace
} // namespace ringside::fusion
