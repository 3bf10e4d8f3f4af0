#include "tests/domain/vision/fusion_scene.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

/// What was shown and had to be taken back.
namespace ringside::fusion {
namespace {

using test::scene;
using test::seen;

/// Two cameras whose reports do not agree well: shown at first.
scene doubtful_strike() {
  fusion_settings settings;
  settings.miss_weight = {1'000'000};
  settings.accept = {300'000};
  settings.review = {250'000};
  settings.keep = {200'000};
  scene s{test::usual_harmonizer(settings)};
  s.beat_all(0, 3'000);
  s.through->take(seen(2, 1, 1'000, corner::red, 2));
  s.through->take(seen(3, 1, 1'080, corner::red, 5));
  return s;
}

TEST(revision_test, a_withdrawn_event_keeps_its_id_and_never_counts) {
  auto s = doubtful_strike();
  auto first = s.at(1'230);
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(first[0].state, event_state::provisional);
  // The operators' silence becomes due.
  auto last = s.at(2'500);
  ASSERT_EQ(last.size(), 1u);
  EXPECT_EQ(last[0].state, event_state::withdrawn);
  EXPECT_EQ(last[0].event_id, first[0].event_id);
  EXPECT_EQ(last[0].rev, 2u);
  EXPECT_EQ(s.through->counters().in_events, 0u);
  EXPECT_EQ(s.through->counters().in_clutter, 2u);
  std::vector<arrival<fused_event>> said{{{1'230'000}, first[0]},
                                         {{2'500'000}, last[0]}};
  EXPECT_TRUE(last_words(said).empty());
  EXPECT_TRUE(s.finish().empty());
  // Nor does late evidence bring it back.
  EXPECT_EQ(s.through->take(seen(0, 1, 1'040)), admission::late_unmatched);
  EXPECT_TRUE(s.finish().empty());
}

TEST(revision_test, a_lone_camera_among_silent_ones_is_not_even_shown) {
  scene s;
  s.beat_all(0, 3'000);
  s.through->take(seen(0, 1, 1'000));
  for (std::int64_t ms = 1'020; ms <= 1'300; ms += 20)
    EXPECT_TRUE(s.at(ms).empty()) << ms;
}

TEST(revision_test, what_is_withdrawn_is_in_no_final_event) {
  std::size_t withdrawn = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    auto fight = make_fight(usual_fight(seed, 120));
    auto through = test::usual_harmonizer();
    std::map<report_key, std::uint32_t> revs;
    std::set<report_key> gone;
    std::set<report_key> final;
    for (const auto& [at, e] : play(fight, *through)) {
      EXPECT_EQ(e.rev, ++revs[e.event_id]) << "seed " << seed;
      if (e.state == event_state::withdrawn)
        gone.insert(e.event_id);
      else
        gone.erase(e.event_id);
      if (e.state == event_state::final)
        final.insert(e.event_id);
    }
    withdrawn += gone.size();
    for (const auto& id : gone)
      EXPECT_FALSE(final.contains(id)) << "seed " << seed;
  }
  EXPECT_GT(withdrawn, 5u) << "else this test shows nothing";
}

} // namespace
} // namespace ringside::fusion
