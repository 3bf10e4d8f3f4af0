#include "tests/domain/vision/fusion_scene.hpp"

#include <gtest/gtest.h>

namespace ringside::fusion {
namespace {

using test::scene;
using test::seen;

TEST(harmonizer_test, one_strike_seen_by_all_is_one_event) {
  scene s;
  s.beat_all(0, 3'000);
  for (source_index src = 0; src < 7; ++src)
    EXPECT_EQ(s.through->take(seen(src, 1, 1'000 + src)), admission::taken);
  auto events = s.at(3'000);
  ASSERT_EQ(events.size(), 1u);
  const auto& e = events[0];
  EXPECT_EQ(e.state, event_state::final);
  EXPECT_EQ(e.standing, standing::sure);
  EXPECT_EQ(e.corner, corner::red);
  EXPECT_EQ(e.kind, 2);
  EXPECT_EQ(e.sources.size(), 7u);
  EXPECT_EQ(e.event_id, (report_key{0, 1}));
  EXPECT_NEAR(static_cast<double>(e.t.count), 1'001'500, 1'500);
  EXPECT_LT(e.t_err_us, 15'000);
  EXPECT_GT(e.p.count, 999'000);
}

TEST(harmonizer_test, a_camera_that_is_alone_among_four_is_hardly_believed) {
  scene s;
  s.beat_all(0, 3'000);
  s.through->take(seen(0, 1, 1'000));
  auto events = s.at(3'000);
  for (const auto& e : events)
    EXPECT_LT(e.p.count, 200'000);
  // Alone because nobody else could see: that is another matter.
  scene alone;
  alone.beat_all(0, 3'000, 0b1);
  alone.through->take(seen(0, 1, 1'000));
  events = alone.at(3'000);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_GT(events[0].p.count, 800'000);
}

TEST(harmonizer_test, is_provisional_first_and_final_under_the_same_id) {
  scene s;
  s.beat_all(0, 3'000);
  for (source_index src = 0; src < 4; ++src)
    s.through->take(seen(src, 1, 1'000 + 3 * src));
  EXPECT_TRUE(s.at(1'100).empty());
  auto first = s.at(1'160);
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(first[0].state, event_state::provisional);
  EXPECT_EQ(first[0].rev, 1u);
  EXPECT_TRUE(s.at(1'200).empty()) << "nothing new, nothing said";
  s.through->take(seen(4, 1, 1'050));
  s.through->take(seen(5, 1, 930));
  auto later = s.at(1'400);
  ASSERT_EQ(later.size(), 1u);
  EXPECT_EQ(later[0].event_id, first[0].event_id);
  EXPECT_EQ(later[0].rev, 2u);
  EXPECT_EQ(later[0].sources.size(), 6u);
  auto last = s.at(1'790);
  ASSERT_EQ(last.size(), 1u);
  EXPECT_EQ(last[0].state, event_state::final);
  EXPECT_EQ(last[0].event_id, first[0].event_id);
  EXPECT_EQ(last[0].rev, 3u);
  EXPECT_EQ(s.through->undecided(), 0u);
}

TEST(harmonizer_test, silence_that_becomes_due_lowers_what_was_said) {
  fusion_settings settings;
  settings.miss_weight = {1'000'000};
  scene s{test::usual_harmonizer(settings)};
  // Two of four cameras, before the operators could have pressed.
  s.beat_all(0, 3'000);
  s.through->take(seen(2, 1, 1'000, corner::red, 2));
  s.through->take(seen(3, 1, 1'075, corner::red, 5));
  auto first = s.at(1'230);
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(first[0].state, event_state::provisional);
  auto last = s.at(2'500);
  ASSERT_EQ(last.size(), 1u);
  EXPECT_EQ(last[0].event_id, first[0].event_id);
  EXPECT_GT(last[0].rev, first[0].rev);
  EXPECT_LT(last[0].p, first[0].p);
}

TEST(harmonizer_test, both_fighters_at_the_same_instant_are_two_events) {
  scene s;
  s.beat_all(0, 3'000);
  for (source_index src = 0; src < 4; ++src) {
    s.through->take(seen(src, 1, 1'000, corner::red, 1));
    s.through->take(seen(src, 2, 1'000, corner::blue, 4));
  }
  auto events = s.at(3'000);
  ASSERT_EQ(events.size(), 2u);
  EXPECT_NE(events[0].corner, events[1].corner);
  EXPECT_NE(events[0].event_id, events[1].event_id);
}

TEST(harmonizer_test, two_strikes_of_one_hand_after_the_other_stay_two) {
  scene s;
  s.beat_all(0, 3'000);
  for (source_index src = 0; src < 4; ++src) {
    s.through->take(seen(src, 1, 1'000 + src, corner::red, 1));
    s.through->take(seen(src, 2, 1'120 + src, corner::red, 2));
  }
  auto events = s.at(3'000);
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].sources.size(), 4u);
  EXPECT_EQ(events[1].sources.size(), 4u);
}

TEST(harmonizer_test, a_dead_source_holds_nobody_up) {
  scene s;
  // Camera 3 fell silent long ago; the others go on.
  s.beat_all(0, 0);
  for (std::int64_t ms = 500; ms <= 6'000; ms += 500)
    for (source_index src = 0; src < 7; ++src)
      if (src != 3)
        s.through->beat({src, {ms * 1'000}, true});
  for (source_index src = 0; src < 3; ++src)
    s.through->take(seen(src, 1, 5'000));
  auto events = s.at(5'800);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].state, event_state::final);
  EXPECT_GT(events[0].p.count, 990'000);
}

TEST(harmonizer_test, waits_a_while_for_an_overdue_heartbeat) {
  scene s;
  s.beat_all(0, 1'000);
  for (source_index src = 0; src < 3; ++src)
    s.through->take(seen(src, 1, 1'000));
  for (std::int64_t ms = 1'500; ms <= 2'500; ms += 500)
    for (source_index src = 0; src < 7; ++src)
      if (src != 6)
        s.through->beat({src, {ms * 1'000}, true});
  for (const auto& e : s.at(1'790))
    EXPECT_EQ(e.state, event_state::provisional);
  // Silent for more than 1.2 s: dead.
  auto events = s.at(2'210);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].state, event_state::final);
}

TEST(harmonizer_test, a_camera_may_say_a_strike_with_every_picture) {
  scene s;
  s.beat_all(0, 3'000);
  std::uint64_t seq = 0;
  auto say = [&](double ms, corner by) {
    for (auto i = 0; i < 100; ++i, ++seq)
      for (source_index src = 0; src < 4; ++src)
        EXPECT_EQ(s.through->take(seen(src, seq + 1, ms + i % 3, by)),
                  admission::taken);
  };
  say(1'000, corner::red);
  say(1'100, corner::blue);
  auto first = s.at(1'165);
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(first[0].corner, corner::red);
  auto second = s.at(1'265);
  ASSERT_EQ(second.size(), 1u);
  EXPECT_EQ(second[0].corner, corner::blue);
  auto last = s.at(3'000);
  ASSERT_EQ(last.size(), 2u);
  for (const auto& e : last) {
    EXPECT_EQ(e.state, event_state::final);
    EXPECT_EQ(e.sources.size(), 4u);
  }
  const auto& c = s.through->counters();
  EXPECT_EQ(c.taken, 800u);
  EXPECT_EQ(c.duplicates, 792u);
}

TEST(harmonizer_test, waits_for_no_life_sign_of_one_who_gives_none) {
  auto table = test::usual_table();
  for (source_index src = 4; src < 7; ++src)
    table[src].beats = false;
  scene s{test::usual_harmonizer({}, "block_bayes", table)};
  // The operators' last words were a strike before this one.
  s.beat_all(0, 1'000);
  for (std::int64_t ms = 1'500; ms <= 2'500; ms += 500)
    for (source_index src = 0; src < 4; ++src)
      s.through->beat({src, {ms * 1'000}, true});
  for (source_index src = 0; src < 3; ++src)
    s.through->take(seen(src, 1, 1'000));
  auto events = s.at(1'790);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].state, event_state::final);
}

TEST(harmonizer_test, bad_reports_are_refused_and_counted) {
  scene s;
  auto bad = seen(7, 1, 1'000);
  EXPECT_EQ(s.through->take(bad), admission::invalid);
  bad = seen(0, 0, 1'000);
  EXPECT_EQ(s.through->take(bad), admission::invalid);
  bad = seen(0, 1, 1'000, corner::red, 8);
  EXPECT_EQ(s.through->take(bad), admission::invalid);
  bad = seen(0, 1, 1'000);
  bad.err_us = -1;
  EXPECT_EQ(s.through->take(bad), admission::invalid);
  bad = seen(0, 1, 1'000);
  bad.conf = ppm{1'000'001};
  EXPECT_EQ(s.through->take(bad), admission::invalid);
  bad = seen(0, 1, 1'000);
  bad.t_est = {INT64_MIN};
  EXPECT_EQ(s.through->take(bad), admission::invalid);
  EXPECT_EQ(s.through->counters().invalid, 6u);
  EXPECT_EQ(s.through->undecided(), 0u);
}

TEST(harmonizer_test, wrong_settings_and_tables_are_refused) {
  auto refused = [](fusion_settings settings, source_table table,
                    std::string_view how) {
    return !harmonizer::make(settings, std::move(table), make_strategy(how));
  };
  EXPECT_TRUE(refused({}, {}, "block_bayes"));
  EXPECT_TRUE(refused({}, test::usual_table(), "no_such_strategy"));
  auto table = test::usual_table();
  table[2].confusion[0] += 1'000;
  EXPECT_TRUE(refused({}, table, "block_bayes"));
  table = test::usual_table();
  table[0].p_d = {1'000'000};
  EXPECT_TRUE(refused({}, table, "block_bayes"));
  fusion_settings settings;
  settings.kinds = 17;
  EXPECT_TRUE(refused(settings, test::usual_table(), "block_bayes"));
  settings = {};
  settings.strike_rate_uhz = 0;
  EXPECT_TRUE(refused(settings, test::usual_table(), "block_bayes"));
}

TEST(harmonizer_test, a_flood_is_bounded_and_stays_alone) {
  scene s;
  s.beat_all(0, 3'000);
  std::uint64_t seq = 0;
  std::size_t refused = 0;
  for (int i = 0; i < 6'000; ++i) {
    auto r = seen(0, ++seq, 1'000 + i * 0.2);
    // Surer each time, so that none is a mere repetition.
    r.conf = ppm{i};
    if (s.through->take(r) == admission::overloaded)
      ++refused;
  }
  EXPECT_EQ(refused, 6'000 - pending_max);
  EXPECT_EQ(s.through->undecided(), pending_max);
  auto events = s.finish();
  EXPECT_EQ(s.through->undecided(), 0u);
  for (const auto& e : events)
    EXPECT_LT(e.p.count, 500'000) << "one source alone convinces nobody";
}

TEST(harmonizer_test, memory_does_not_grow_with_the_bout) {
  scene s;
  std::vector<fused_event> out;
  std::size_t most = 0;
  for (std::int64_t second = 1; second < 3'600; ++second) {
    s.beat_all(second * 1'000, second * 1'000 + 500);
    for (source_index src = 0; src < 7; ++src)
      s.through->take(seen(src, static_cast<std::uint64_t>(second),
                           static_cast<double>(second) * 1'000 + src));
    out.clear();
    s.through->advance({second * 1'000'000}, out);
    most = std::max(most, s.through->undecided());
  }
  EXPECT_LE(most, 14u);
  EXPECT_EQ(s.through->counters().taken, 7u * 3'599);
}

} // namespace
} // namespace ringside::fusion
