#include "domain/scoring/bout_tally.hpp"
#include "tests/domain/bout/model.hpp"

#include <gtest/gtest.h>

#include <random>

namespace ringside::scoring {
namespace {

using bout::test::ring;

/// The tally of a bout from its events alone: what a restart does.
bout_tally restarted(const ring& r) {
  bout_tally t;
  bout::state s;
  for (const auto& e : r.log) {
    t.add(s, e);
    bout::apply(s, e, r.lookup);
  }
  return t;
}

/// One random bout; `each` sees it after every step.
template <class Each>
void random_bout(std::uint32_t seed, int steps, Each each) {
  std::mt19937 source{seed};
  bout::test::chooser choose = [&source](int n) {
    return static_cast<int>(source() % static_cast<unsigned>(n));
  };
  ring r{choose(2) == 0 ? bout::test::mma_rules()
                        : bout::test::extension_rules()};
  r.ready(1 + choose(2)).bell();
  auto seen = std::size_t{0};
  bout_tally live;
  bout::state before;
  for (int n = 0; n < steps; ++n) {
    bout::test::run(r, bout::test::any_step(r, choose));
    for (; seen < r.log.size(); ++seen) {
      live.add(before, r.log[seen]);
      bout::apply(before, r.log[seen], r.lookup);
    }
    each(r, live);
  }
}

void expect_recount(const ring& r, const bout_tally& live) {
  for (int n = 1; n <= bout::current_round_no(r.s); ++n)
    ASSERT_EQ(live.of(r.s, n), count_again(r.s, n, live.until(r.s, n)))
      << "round " << n << " after event " << r.s.version;
}

TEST(bout_tally, equals_a_recount_after_every_step) {
  for (std::uint32_t seed = 0; seed < 400 && !HasFatalFailure(); ++seed)
    random_bout(seed, 80, [](const ring& r, const bout_tally& live) {
      expect_recount(r, live);
    });
}

TEST(bout_tally, live_restarted_and_recounted_are_equal_in_10000_bouts) {
  std::size_t facts = 0;
  for (std::uint32_t seed = 0; seed < 10'000 && !HasFatalFailure(); ++seed) {
    ring last;
    bout_tally live;
    random_bout(seed + 1'000'000, 30, [&](const ring& r, const bout_tally& t) {
      if (r.s.version > last.s.version)
        last = r, live = t;
    });
    ASSERT_EQ(live, restarted(last)) << "seed " << seed;
    expect_recount(last, live);
    facts += last.s.facts.size();
  }
  // The bouts are not empty ones.
  EXPECT_GT(facts, 20'000u);
}

TEST(bout_tally, only_what_touches_a_round_gives_it_a_version) {
  ring r;
  r.ready().bell().pass(1'000);
  r.must(bout::test::op, bout::test::jab(corner::red));
  auto version = restarted(r).find(1)->version;
  EXPECT_EQ(version, r.s.version);
  r.pass(5'000);
  r.must(bout::test::op, bout::add_note{"seen", 1});
  EXPECT_EQ(restarted(r).find(1)->version, version);
  r.must(bout::test::supervisor, bout::retract_event{version, "wrong"});
  EXPECT_EQ(restarted(r).find(1)->version, r.s.version);
}

TEST(bout_tally, an_open_round_is_counted_to_its_latest_event) {
  ring r;
  r.ready().bell().pass(10'000);
  r.must(bout::test::op, bout::test::take_control(corner::red));
  r.pass(20'000);
  auto t = restarted(r);
  EXPECT_EQ(t.of(r.s, 1).corners.red[column::control_minutes], 0);
  r.must(bout::test::op, bout::test::jab(corner::red));
  t = restarted(r);
  EXPECT_EQ(t.until(r.s, 1), round_ms{30'000});
  EXPECT_EQ(t.of(r.s, 1).corners.red[column::control_minutes], 20'000);
}

TEST(bout_tally, case_11_control_that_runs_at_the_bell_ends_with_it) {
  ring r;
  r.ready().bell().pass(290'000);
  r.must(bout::test::op, bout::test::take_control(corner::blue));
  r.pass(60'000);
  r.must(bout::test::timekeeper, bout::close_round{1});
  auto t = restarted(r);
  EXPECT_EQ(t.of(r.s, 1).corners.blue[column::control_minutes], 10'000);
}

TEST(bout_tally, facts_stand_in_order_of_time_with_their_events) {
  ring r;
  r.ready().bell().pass(10'000);
  auto late = r.must(bout::test::op, bout::test::jab(corner::red));
  r.pass(1'000).tapped_ago(6'000);
  auto early = r.must(bout::test::op, bout::test::jab(corner::blue));
  auto facts = facts_of(r.s, 1);
  ASSERT_EQ(facts.size(), 2u);
  EXPECT_EQ(facts[0].no, early);
  EXPECT_EQ(facts[1].no, late);
  EXPECT_EQ(facts[0].fact.at, round_ms{5'000});
  EXPECT_TRUE(facts_of(r.s, 2).empty());
}

} // namespace
} // namespace ringside::scoring
