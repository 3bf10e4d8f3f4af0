#include "domain/base/dice.hpp"
#include "domain/base/portable_math.hpp"
#include "tests/domain/vision/fusion_scene.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace ringside::fusion {
namespace {

using test::finals_of;
using test::usual_harmonizer;
using test::without_revisions;

synthetic_fight short_fight(std::uint64_t seed) {
  return make_fight(usual_fight(seed, 60));
}

/// Other ways and other delays to the node, within the hold times.
synthetic_fight shuffled(synthetic_fight fight, std::uint64_t seed) {
  dice d{seed};
  auto table = test::usual_table();
  for (auto& r : fight.reports)
    r.at = {r.what.t_est.count + d.below(table[r.what.src].hold_us - 20'000)};
  for (auto& b : fight.beats)
    b.at = {b.what.at.count + d.below(70'000)};
  auto by_arrival = [](const auto& a, const auto& b) { return a.at < b.at; };
  std::sort(fight.reports.begin(), fight.reports.end(), by_arrival);
  std::sort(fight.beats.begin(), fight.beats.end(), by_arrival);
  return fight;
}

/// Decisions without the names: which event a report names depends on what
/// had to be said before all reports were there.
std::vector<fused_event> unnamed(std::vector<fused_event> events) {
  for (auto& e : events)
    e.event_id = {};
  return without_revisions(std::move(events));
}

TEST(fusion_property_test, the_order_of_arrival_does_not_matter) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    auto fight = short_fight(seed);
    fusion_settings silent;
    silent.announce_us = 0;
    auto quiet = finals_of(fight, silent);
    ASSERT_GT(quiet.size(), 20u);
    for (std::uint64_t other = 1; other <= 4; ++other) {
      auto again = shuffled(fight, 100 * seed + other);
      EXPECT_EQ(finals_of(again, silent), quiet) << "seed " << seed;
      EXPECT_EQ(unnamed(finals_of(again)), unnamed(quiet)) << "seed " << seed;
    }
  }
}

TEST(fusion_property_test, the_steps_of_the_clock_do_not_matter) {
  auto fight = short_fight(7);
  auto fine = usual_harmonizer();
  auto coarse = usual_harmonizer();
  EXPECT_EQ(unnamed(last_words(play(fight, *fine, milliseconds(5)))),
            unnamed(last_words(play(fight, *coarse, milliseconds(900)))));
}

TEST(fusion_property_test, the_same_report_twice_changes_nothing) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    auto fight = short_fight(seed);
    auto twice = fight;
    twice.reports.clear();
    for (const auto& r : fight.reports) {
      twice.reports.push_back(r);
      twice.reports.push_back(r);
      // And once more two seconds later.
      twice.reports.push_back({after(r.at, seconds(2)), r.what});
    }
    std::stable_sort(twice.reports.begin(), twice.reports.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
    EXPECT_EQ(finals_of(twice), finals_of(fight)) << "seed " << seed;
  }
}

TEST(fusion_property_test, the_corners_are_mirror_images) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    auto fight = short_fight(seed);
    auto mirrored = fight;
    for (auto& r : mirrored.reports)
      r.what.corner = opponent(*r.what.corner);
    auto events = finals_of(mirrored);
    for (auto& e : events)
      if (e.corner)
        e.corner = opponent(*e.corner);
    EXPECT_EQ(events, finals_of(fight)) << "seed " << seed;
  }
}

TEST(fusion_property_test, a_source_speaks_once_for_an_event) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed)
    for (const auto& e : finals_of(short_fight(seed))) {
      std::set<source_index> sources;
      for (const auto& v : e.sources)
        EXPECT_TRUE(sources.insert(v.from.src).second) << "seed " << seed;
    }
}

TEST(fusion_property_test, taking_a_report_away_never_makes_it_surer) {
  dice d{5};
  for (int round = 0; round < 300; ++round) {
    std::vector<report> reports;
    for (source_index src = 0; src < 7; ++src)
      if (d.chance(700'000))
        reports.push_back(test::seen(
          src, 1, 1'000 + portable::normal(d) * (src < 4 ? 20 : 80),
          corner::red, static_cast<int>(d.chance(800'000) ? 2 : d.below(8))));
    auto fuse = [](const std::vector<report>& some) {
      test::scene s;
      s.beat_all(0, 3'000);
      for (const auto& r : some)
        s.through->take(r);
      return s.finish();
    };
    auto whole = fuse(reports);
    if (whole.size() != 1 || whole[0].sources.size() != reports.size())
      continue;
    for (std::size_t i = 0; i < reports.size(); ++i) {
      auto fewer = reports;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      for (const auto& e : fuse(fewer))
        EXPECT_LE(e.p, whole[0].p) << "round " << round;
    }
  }
}

TEST(fusion_property_test, case_26_two_bouts_never_touch) {
  auto first = short_fight(11);
  auto second = short_fight(12);
  // The same moments in both bouts, to the microsecond.
  auto twins = std::min(first.reports.size(), second.reports.size());
  for (std::size_t i = 0; i < twins; ++i)
    second.reports[i].what.t_est = first.reports[i].what.t_est;
  for (std::size_t i = 0; i < twins; ++i)
    second.reports[i].at = first.reports[i].at;
  auto alone_first = finals_of(first);
  auto alone_second = finals_of(second);
  auto a = usual_harmonizer();
  auto b = usual_harmonizer();
  std::vector<fused_event> out_a;
  std::vector<fused_event> out_b;
  std::vector<arrival<fused_event>> said_a;
  std::vector<arrival<fused_event>> said_b;
  std::size_t next_a = 0;
  std::size_t next_b = 0;
  std::size_t beat_a = 0;
  std::size_t beat_b = 0;
  auto feed = [](const synthetic_fight& f, harmonizer& h, std::size_t& next,
                 std::size_t& beat, mono_us now) {
    for (; beat < f.beats.size() && f.beats[beat].at <= now; ++beat)
      h.beat(f.beats[beat].what);
    for (; next < f.reports.size() && f.reports[next].at <= now; ++next)
      h.take(f.reports[next].what);
  };
  for (mono_us now; now < first.end; now = after(now, milliseconds(20))) {
    feed(first, *a, next_a, beat_a, now);
    feed(second, *b, next_b, beat_b, now);
    a->advance(now, out_a);
    b->advance(now, out_b);
  }
  a->finish(out_a);
  b->finish(out_b);
  for (auto& e : out_a)
    said_a.push_back({{}, e});
  for (auto& e : out_b)
    said_b.push_back({{}, e});
  EXPECT_EQ(last_words(said_a), alone_first);
  EXPECT_EQ(last_words(said_b), alone_second);
}

TEST(fusion_property_test, case_28_matched_plus_unmatched_and_nothing_twice) {
  for (auto how : strategy_names())
    for (std::uint64_t seed = 1; seed <= 2; ++seed) {
      auto fight = short_fight(seed);
      auto through = usual_harmonizer({}, how);
      auto said = play(fight, *through);
      const auto& n = through->counters();
      EXPECT_EQ(n.taken, fight.reports.size()) << how;
      EXPECT_EQ(n.taken, n.in_events + n.in_clutter + n.duplicates) << how;
      EXPECT_EQ(through->undecided(), 0u) << how;
      std::set<report_key> used;
      std::uint64_t evidence_count = 0;
      for (const auto& e : last_words(said))
        for (const auto& v : e.sources) {
          EXPECT_TRUE(used.insert(v.from).second)
            << how << ": a report in two events";
          ++evidence_count;
        }
      EXPECT_EQ(evidence_count, n.in_events) << how;
    }
}

TEST(fusion_property_test, case_28_everything_said_is_settled_in_the_end) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    auto fight = short_fight(seed);
    auto through = usual_harmonizer();
    std::map<report_key, fused_event> last;
    for (const auto& [at, e] : play(fight, *through)) {
      auto known = last.find(e.event_id);
      if (known == last.end()) {
        EXPECT_EQ(e.rev, 1u) << "seed " << seed;
      } else {
        EXPECT_EQ(e.rev, known->second.rev + 1) << "seed " << seed;
        EXPECT_NE(known->second.state, event_state::final)
          << "seed " << seed << ": decided twice";
      }
      last[e.event_id] = e;
    }
    for (const auto& [id, e] : last)
      EXPECT_NE(e.state, event_state::provisional) << "seed " << seed;
  }
}

} // namespace
} // namespace ringside::fusion
