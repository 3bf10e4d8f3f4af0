#include "tests/domain/vision/fusion_scene.hpp"

#include <gtest/gtest.h>

namespace ringside::fusion {
namespace {

using test::scene;
using test::seen;

/// A strike at 1 s that three cameras saw and that is decided.
scene decided_strike() {
  scene s;
  s.beat_all(0, 4'000);
  for (source_index src = 0; src < 3; ++src)
    s.through->take(seen(src, 1, 1'000 + src));
  auto events = s.at(2'500);
  EXPECT_EQ(events.size(), 1u);
  return s;
}

TEST(late_test, a_late_report_is_evidence_and_decides_nothing) {
  auto s = decided_strike();
  EXPECT_EQ(s.through->take(seen(3, 1, 1'010)), admission::late_evidence);
  auto events = s.at(2'600);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].rev, 2u);
  EXPECT_EQ(events[0].state, event_state::final);
  ASSERT_EQ(events[0].sources.size(), 4u);
  EXPECT_TRUE(events[0].sources[3].late);
  EXPECT_EQ(events[0].sources[3].llr_milli, 0);
  EXPECT_EQ(s.through->undecided(), 0u);
}

TEST(late_test, a_late_report_of_the_same_source_is_no_second_vote) {
  auto s = decided_strike();
  EXPECT_EQ(s.through->take(seen(0, 2, 1'010)), admission::late_unmatched);
  EXPECT_TRUE(s.at(2'600).empty());
}

TEST(late_test, a_late_report_of_the_other_corner_is_not_its_evidence) {
  auto s = decided_strike();
  EXPECT_EQ(s.through->take(seen(3, 1, 1'010, corner::blue)),
            admission::late_unmatched);
}

TEST(late_test, a_repeated_late_report_changes_nothing) {
  auto s = decided_strike();
  s.through->take(seen(3, 1, 1'010));
  s.at(2'600);
  EXPECT_EQ(s.through->take(seen(3, 1, 1'010)), admission::repeated);
  EXPECT_TRUE(s.at(2'700).empty());
}

TEST(late_test, what_is_long_decided_is_forgotten) {
  auto s = decided_strike();
  s.beat_all(4'500, 10'000);
  s.at(10'000);
  EXPECT_EQ(s.through->take(seen(3, 1, 1'010)), admission::late_unmatched);
}

} // namespace
} // namespace ringside::fusion
