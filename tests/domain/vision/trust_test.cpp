#include "domain/vision/fusion/plan.hpp"
#include "domain/vision/trust/learned.hpp"
#include "domain/vision/trust/tally.hpp"
#include "domain/vision/trust/trust_entry.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <string>
#include <vector>

namespace ringside::trust {
namespace {

constexpr std::size_t kinds = 8;

/// Any bout, sensible or not.
source_counts any_counts() {
  auto n = [] {
    return *rc::gen::oneOf(rc::gen::inRange<std::int64_t>(0, 50),
                           rc::gen::inRange<std::int64_t>(0, 100'000'000));
  };
  source_counts c;
  c.matched = n();
  c.missed = n();
  c.false_alarms = n();
  c.view_ms = n();
  c.corner_right = n();
  c.corner_wrong = n();
  c.kind_right = n();
  c.kind_wrong = n();
  c.timed = n();
  c.latency_us = (n() - 50'000'000) * 1'000'000;
  return c;
}

fusion::source_parameters any_plan() {
  auto s = *rc::gen::arbitrary<bool>() ? fusion::new_camera(kinds)
                                       : fusion::new_human(kinds);
  s.p_d.count = *rc::gen::inRange(10'000, 990'001);
  s.corner_accuracy.count = *rc::gen::inRange(500'000, 1'000'000);
  s.false_rate_uhz = *rc::gen::inRange(100, 100'000'000);
  s.bias_us = *rc::gen::inRange(-1'000'000, 1'000'000);
  s.confusion
    = fusion::even_confusion(kinds, *rc::gen::inRange(200'000, 1'000'001));
  return s;
}

std::int64_t top_of(const fusion::source_parameters& s) {
  return s.confusion[0];
}

RC_GTEST_PROP(trust, nothing_known_leaves_the_plan_as_it_is, ()) {
  auto plan = any_plan();
  RC_ASSERT(learned(plan, kinds, {}) == plan);
}

RC_GTEST_PROP(trust, whatever_is_counted_the_solvers_can_work_with_it, ()) {
  auto plan = any_plan();
  source_counts all;
  for (int i = *rc::gen::inRange(1, 30); i > 0; --i)
    all += any_counts();
  auto s = learned(plan, kinds, all);
  RC_ASSERT(fusion::check({s}, kinds));
  RC_ASSERT(std::abs(s.bias_us - plan.bias_us) <= 400'000);
  RC_ASSERT(s.sigma_us == plan.sigma_us);
  for (std::size_t k = 0; k < kinds; ++k) {
    auto row = s.confusion.begin() + static_cast<std::ptrdiff_t>(k * kinds);
    RC_ASSERT(std::accumulate(row, row + kinds, 0) == 1'000'000);
  }
}

RC_GTEST_PROP(trust, more_of_the_same_never_turns_back, ()) {
  auto plan = any_plan();
  auto less = any_counts();
  auto more = less;
  auto extra = *rc::gen::inRange<std::int64_t>(1, 1'000);
  more.corner_wrong += extra;
  more.kind_wrong += extra;
  more.missed += extra;
  more.false_alarms += extra;
  auto a = learned(plan, kinds, less);
  auto b = learned(plan, kinds, more);
  // A count that was cut to what weighs at most is cut to whole ones.
  constexpr auto rounding = 6'000;
  RC_ASSERT(b.corner_accuracy.count <= a.corner_accuracy.count + rounding);
  RC_ASSERT(top_of(b) <= top_of(a) + rounding);
  RC_ASSERT(b.p_d.count <= a.p_d.count + rounding);
  RC_ASSERT(b.false_rate_uhz >= a.false_rate_uhz - 1);
}

TEST(trust, counts_outweigh_the_plan_only_so_far) {
  auto plan = fusion::new_camera(kinds);
  source_counts few;
  few.corner_wrong = 5;
  EXPECT_EQ(learned(plan, kinds, few).corner_accuracy.count, 784'000);
  source_counts many;
  many.matched = 100'000;
  many.corner_wrong = 100'000;
  many.view_ms = 10'000'000;
  auto s = learned(plan, kinds, many);
  EXPECT_EQ(s.corner_accuracy.count, 500'000) << "its word says nothing";
  EXPECT_EQ(s.p_d.count, 975'000);
  EXPECT_LT(s.false_rate_uhz, plan.false_rate_uhz);
}

TEST(trust, people_are_not_blamed_for_what_they_did_not_press) {
  source_counts c;
  c.missed = 1'000;
  auto person = fusion::new_human(kinds);
  EXPECT_EQ(learned(person, kinds, c).p_d, person.p_d);
  EXPECT_LT(learned(fusion::new_camera(kinds), kinds, c).p_d.count, 300'000);
}

TEST(trust, coarse_labels_are_learned_as_they_are) {
  auto person = fusion::new_human(4);
  const std::vector<fusion::kind_index> groups{0, 0, 1, 1};
  person.confusion = fusion::grouped_confusion(groups, 2, 700'000);
  source_counts c;
  c.kind_wrong = 180;
  auto s = learned(person, 4, c);
  EXPECT_TRUE(fusion::check({s}, 4));
  EXPECT_EQ(s.confusion[0], 500'000);
  c = {};
  c.kind_right = 180;
  EXPECT_EQ(learned(person, 4, c).confusion[0], 970'000);
}

// -- the chain ----------------------------------------------------------------

audit::entry_fields entry_of(const judged_bout& what) {
  audit::entry_fields e;
  e.kind = kind_trust;
  e.data = json::value{judged_data(what)};
  return e;
}

RC_GTEST_PROP(trust, the_order_of_bouts_and_repetitions_do_not_matter, ()) {
  std::vector<judged_bout> bouts;
  for (int i = *rc::gen::inRange(1, 8); i > 0; --i) {
    judged_bout b{bout_id{"b" + std::to_string(i)}, {}};
    for (const auto* name : {"source/s1", "source/s2", "account/o1"})
      if (*rc::gen::arbitrary<bool>())
        b.sources.push_back({name, any_counts()});
    bouts.push_back(b);
  }
  auto fold = [](const std::vector<judged_bout>& all) {
    trust_book book;
    for (const auto& b : all)
      RC_ASSERT(apply_trust_entry(book, entry_of(b)));
    return book;
  };
  auto one = fold(bouts);
  std::reverse(bouts.begin(), bouts.end());
  bouts.push_back(bouts[bouts.size() / 2]);
  auto other = fold(bouts);
  RC_ASSERT(one.sources == other.sources);
  RC_ASSERT(other.entries == one.entries + 1);
}

TEST(trust, what_cannot_be_read_changes_nothing) {
  trust_book book;
  auto bad = entry_of({bout_id{"b1"}, {{"source/s1", {}}}});
  (*bad.data.as_object())["more"] = 1;
  EXPECT_FALSE(apply_trust_entry(book, bad));
  bad = entry_of({bout_id{"b1"}, {{"source/s1", {}}}});
  bad.kind = "something";
  EXPECT_FALSE(apply_trust_entry(book, bad));
  bad = entry_of({bout_id{"b1"}, {{"source/s1", {}}}});
  auto& first = bad.data.as_object()->at("sources").as_array()->front();
  first.as_object()->erase("missed");
  EXPECT_FALSE(apply_trust_entry(book, bad));
  EXPECT_EQ(book, trust_book{});
}

// -- counting a bout ----------------------------------------------------------

/// Four cameras; each strike is reported by some.
struct watched {
  explicit watched(std::size_t n = 4) : table(n, fusion::new_camera(kinds)) {
  }

  void report(fusion::source_index src, std::optional<corner> who,
              fusion::kind_index kind = 0) {
    fusion::report r;
    r.src = src;
    r.seq = ++seq;
    r.corner = who;
    r.kind = kind;
    counts.heard(r);
    e.sources.push_back({{src, seq}, 4'000, 0, false});
  }

  void decide(std::int32_t p = 990'000, std::uint32_t in_view = 0xf) {
    e.p = {p};
    e.corner = corner::red;
    e.corner_p = {980'000};
    e.kind_ppm[0] = 950'000;
    counts.decided(e, in_view, table, kinds);
    e = {};
  }

  fusion::source_table table;
  tally counts;
  fusion::fused_event e;
  std::uint64_t seq = 0;
};

TEST(trust, a_strike_is_counted_for_each_source_by_what_the_others_saw) {
  watched w;
  w.table[1].bias_us = 30'000;
  w.report(0, corner::red);
  w.report(1, corner::red, 3);
  w.report(2, corner::blue);
  w.decide();
  EXPECT_EQ(w.counts.of(0).matched, 1);
  EXPECT_EQ(w.counts.of(0).corner_right, 1);
  EXPECT_EQ(w.counts.of(0).kind_right, 1);
  EXPECT_EQ(w.counts.of(0).latency_us, 4'000);
  EXPECT_EQ(w.counts.of(1).kind_wrong, 1);
  EXPECT_EQ(w.counts.of(1).latency_us, 34'000) << "of the clock, all of it";
  EXPECT_EQ(w.counts.of(2).corner_wrong, 1);
  EXPECT_EQ(w.counts.of(3).missed, 1);
}

TEST(trust, none_judges_itself_and_one_other_is_not_enough) {
  watched w;
  w.report(0, corner::red);
  w.report(1, corner::red);
  w.decide();
  EXPECT_TRUE(w.counts.of(0).empty());
  EXPECT_TRUE(w.counts.of(1).empty());
  EXPECT_EQ(w.counts.of(2).missed, 1) << "two others saw it";
}

TEST(trust, who_looked_away_or_came_late_is_counted_as_such) {
  watched w;
  w.report(0, corner::red);
  w.report(1, corner::red);
  w.report(2, corner::red);
  w.e.sources[2].late = true;
  w.decide(990'000, 0b0111);
  EXPECT_EQ(w.counts.of(2).missed, 1) << "too late to decide";
  EXPECT_EQ(w.counts.of(2).matched, 0);
  EXPECT_TRUE(w.counts.of(3).empty()) << "out of view";
}

TEST(trust, a_report_of_nothing_is_a_false_alarm) {
  watched w;
  w.report(2, corner::red);
  w.decide(300'000);
  EXPECT_EQ(w.counts.of(2).false_alarms, 1);
  EXPECT_TRUE(w.counts.of(0).empty()) << "right to say nothing";
}

TEST(trust, time_in_view_is_what_life_signs_cover) {
  tally t;
  auto beat = [&t](std::int64_t ms, bool in_view = true) {
    t.beat(0, mono_us{ms * 1'000}, in_view, milliseconds(1'200));
  };
  beat(0);
  beat(500);
  beat(400);
  EXPECT_EQ(t.of(0).view_ms, 500);
  beat(10'000);
  EXPECT_EQ(t.of(0).view_ms, 1'700) << "it was away";
  beat(10'500, false);
  beat(11'000, false);
  beat(11'500);
  beat(12'000);
  EXPECT_EQ(t.of(0).view_ms, 2'700);
}

} // namespace
} // namespace ringside::trust
