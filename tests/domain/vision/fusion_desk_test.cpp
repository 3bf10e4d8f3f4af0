#include "domain/vision/desk/fusion_desk.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ringside::desk {
namespace {

using fusion::event_state;

fusion::fusion_plan plan() {
  fusion::fusion_plan p;
  p.id = "test";
  p.strategy = "block_bayes";
  p.kinds = {"jab", "cross", "hook"};
  p.settings.kinds = 3;
  p.sources.push_back({"camera", p.kinds, fusion::new_camera(3)});
  p.sources.push_back({"operator", p.kinds, fusion::new_human(3)});
  return p;
}

/// One bout, watched for some seconds.
struct scene {
  scene() {
    auto made = fusion_desk::make(plan());
    EXPECT_TRUE(made);
    desk.emplace(std::move(*made));
  }

  static intake::source_fact camera(const std::string& id) {
    intake::source_fact s;
    s.id = id;
    return s;
  }

  void see(const std::string& id, std::int64_t at_ms, std::uint8_t kind = 0) {
    fusion::report r;
    r.seq = ++seq;
    r.t_est = {at_ms * 1'000};
    r.err_us = 1'000;
    r.corner = corner::red;
    r.kind = kind;
    desk->take(camera(id), std::vector{r}, now);
  }

  bout::event press(bout::event_no no, std::int64_t at_ms) {
    bout::fact_logged logged;
    logged.what = bout::strike{corner::red, "jab"};
    return {no, {role::operator_, "a2"}, {at_ms * 1'000}, logged};
  }

  /// Lets time pass with life signs of two cameras; keeps what was said.
  void run_ms(std::int64_t n) {
    for (std::int64_t i = 0; i < n; i += 50) {
      now += mono_us{50'000};
      for (const auto* id : {"s1", "s2"})
        desk->beat(camera(id), now, true);
      for (auto& e : desk->advance(now, bout))
        said.push_back(e);
    }
  }

  std::vector<fused_fact> finals() const {
    std::vector<fused_fact> out;
    for (const auto& e : said)
      if (e.state == event_state::final)
        out.push_back(e);
    return out;
  }

  std::optional<fusion_desk> desk;
  mono_us now{10'000'000};
  std::uint64_t seq = 0;
  std::vector<fused_fact> said;
  bout::state bout;
};

TEST(fusion_desk, two_cameras_and_an_operator_see_one_strike) {
  scene s;
  s.run_ms(1'000);
  s.see("s1", 11'000);
  s.see("s2", 11'010);
  s.run_ms(300);
  s.desk->take(s.press(7, 11'310));
  s.run_ms(3'000);
  auto finals = s.finals();
  ASSERT_EQ(finals.size(), 1u);
  EXPECT_EQ(finals[0].sources.size(), 3u);
  EXPECT_EQ(finals[0].corner, corner::red);
  EXPECT_GE(finals[0].p.count, 900'000);
  auto text = json::to_text(json::value{fused_data(finals[0])});
  for (const auto* part :
       {R"("source":"source/s1")", R"("source":"source/s2")",
        R"("source":"account/a2")", R"("kind":"jab")", R"("state":"final")"})
    EXPECT_NE(text.find(part), std::string::npos) << text;
}

TEST(fusion_desk, what_is_shown_early_is_settled_under_the_same_id) {
  scene s;
  s.run_ms(1'000);
  s.see("s1", 11'000);
  s.see("s2", 11'005);
  s.run_ms(3'000);
  ASSERT_EQ(s.said.size(), 2u);
  EXPECT_EQ(s.said[0].state, event_state::provisional);
  EXPECT_EQ(s.said[1].state, event_state::final);
  EXPECT_EQ(s.said[0].id, s.said[1].id);
  EXPECT_LT(s.said[0].rev, s.said[1].rev);
  EXPECT_EQ(s.desk->counters().provisional, 1u);
  EXPECT_EQ(s.desk->counters().final_, 1u);
  EXPECT_EQ(s.desk->events().size(), 1u) << "the last revision";
}

TEST(fusion_desk, the_same_report_and_the_same_press_count_once) {
  scene s;
  s.run_ms(1'000);
  fusion::report r;
  r.seq = 64;
  r.t_est = {11'000'000};
  r.corner = corner::blue;
  r.kind = 1;
  for (int i = 0; i < 3; ++i) {
    s.desk->take(scene::camera("s1"), std::vector{r}, s.now);
    s.desk->take(s.press(9, 11'300));
  }
  auto stats = s.desk->stats();
  EXPECT_EQ(*stats.at("counters").find("taken")->as_int(), 2);
  EXPECT_EQ(*stats.at("counters").find("repeated")->as_int(), 4);
}

TEST(fusion_desk, only_logged_strikes_are_reports) {
  scene s;
  auto e = s.press(1, 11'000);
  e.body = bout::round_opened{1};
  s.desk->take(e);
  e = s.press(2, 11'000);
  std::get<bout::fact_logged>(e.body).what = bout::knockdown{};
  s.desk->take(e);
  EXPECT_EQ(*s.desk->stats().at("counters").find("taken")->as_int(), 0);
  // A technique that the plan does not know is a strike all the same.
  e = s.press(3, 11'000);
  std::get<bout::fact_logged>(e.body).what
    = bout::strike{corner::red, "spinning_backfist"};
  s.desk->take(e);
  EXPECT_EQ(*s.desk->stats().at("counters").find("taken")->as_int(), 1);
}

TEST(fusion_desk, sources_beyond_the_table_are_counted) {
  scene s;
  for (std::size_t i = 0; i <= camera_places; ++i)
    s.see("c" + std::to_string(i), 10'000);
  EXPECT_EQ(s.desk->counters().no_place, 1u);
  EXPECT_EQ(s.desk->stats().at("sources").as_array()->size(), camera_places);
}

/// What a journal of `s` has, as an earlier desk wrote it.
fused_book journal_of(const scene& s) {
  fused_book book;
  for (const auto& x : s.said)
    if (x.state == event_state::final)
      book.add(x);
  return book;
}

TEST(fusion_desk, an_entry_reads_back_as_it_was_written) {
  scene s;
  s.run_ms(1'000);
  s.see("s1", 11'000);
  s.see("s2", 11'010);
  s.desk->take(s.press(7, 11'310));
  s.run_ms(3'000);
  ASSERT_EQ(s.finals().size(), 1u);
  auto fact = s.finals()[0];
  fact.round = 2;
  fact.at = round_ms{1'500};
  audit::entry_fields entry;
  entry.kind = kind_fused;
  entry.data = fused_data(fact);
  auto back = read_fused(entry);
  ASSERT_TRUE(back) << back.reason().detail;
  EXPECT_EQ(*back, fact);
  auto broken = fused_data(fact);
  broken["state"] = "maybe";
  entry.data = broken;
  EXPECT_EQ(read_fused(entry).reason().code, ec::corrupt);
}

TEST(fusion_desk, one_that_takes_up_the_journal_makes_no_event_again) {
  scene s;
  s.run_ms(1'000);
  s.see("s1", 11'000);
  s.see("s2", 11'010);
  s.run_ms(3'000);
  auto book = journal_of(s);
  ASSERT_EQ(book.facts.size(), 1u);
  scene t;
  t.desk->resume(book);
  t.now = s.now;
  t.see("s1", 11'000);
  t.see("s2", 11'010);
  t.desk->take(t.press(7, 11'310));
  t.run_ms(3'000);
  ASSERT_EQ(t.finals().size(), 1u) << "the press is late evidence";
  EXPECT_EQ(t.finals()[0].id, book.facts[0].id);
  EXPECT_EQ(t.finals()[0].rev, book.facts[0].rev + 1);
  EXPECT_EQ(t.finals()[0].p, book.facts[0].p) << "and decides nothing";
}

TEST(fusion_desk, numbers_that_start_over_name_other_events) {
  scene s;
  s.run_ms(1'000);
  s.see("s1", 11'000);
  s.see("s2", 11'010);
  s.run_ms(3'000);
  scene t;
  t.desk->resume(journal_of(s));
  t.now = s.now;
  t.see("s1", 14'000);
  t.see("s2", 14'010);
  t.run_ms(3'000);
  ASSERT_EQ(t.finals().size(), 1u);
  EXPECT_NE(t.finals()[0].id, s.finals()[0].id);
  EXPECT_EQ(t.desk->counters().started_over, 2u);
  // And once more, on top of that.
  auto book = journal_of(s);
  book.add(t.finals()[0]);
  scene u;
  u.desk->resume(book);
  u.now = t.now;
  u.see("s1", 17'000);
  u.see("s2", 17'010);
  u.run_ms(3'000);
  ASSERT_EQ(u.finals().size(), 1u);
  EXPECT_EQ(book.find(u.finals()[0].id), nullptr);
}

TEST(fusion_desk, cameras_watch_until_the_last_one_is_gone) {
  scene s;
  EXPECT_FALSE(s.desk->cameras_watch(s.now));
  s.run_ms(500);
  EXPECT_TRUE(s.desk->cameras_watch(s.now));
  auto late = s.now + mono_us{2'900'000};
  EXPECT_TRUE(s.desk->cameras_watch(late));
  s.desk->beat(scene::camera("s1"), late, false);
  EXPECT_FALSE(s.desk->cameras_watch(late + mono_us{200'000}))
    << "one that does not see the fighters is none";
}

TEST(fusion_desk, a_plan_without_an_operator_is_refused) {
  auto p = plan();
  p.sources.pop_back();
  EXPECT_FALSE(fusion_desk::make(p));
}

TEST(fusion_desk, what_is_known_of_a_source_holds_from_its_first_report_on) {
  scene s;
  auto corner_of = [&s](std::size_t n) {
    return *s.desk->stats()
              .at("sources")
              .as_array()
              ->at(n)
              .find("trusted")
              ->find("corner_ppm")
              ->as_int();
  };
  s.run_ms(1'000);
  EXPECT_EQ(corner_of(0), 980'000);
  trust::trust_book book;
  trust::judged_bout earlier{bout_id{"b0"}, {{"source/s1", {}}}};
  earlier.sources[0].counts.corner_wrong = 180;
  book.add(earlier);
  s.desk->know(book);
  EXPECT_EQ(corner_of(0), 500'000) << "it has its place already";
  EXPECT_EQ(corner_of(1), 980'000);
  s.see("s1", 11'000);
  s.see("s2", 11'010);
  s.run_ms(3'000);
  s.desk->know({});
  EXPECT_EQ(corner_of(0), 500'000);
  ASSERT_EQ(s.finals().size(), 1u);
  EXPECT_EQ(s.finals()[0].parameters, 1);
}

TEST(fusion_desk, what_sources_showed_is_counted_once_for_each_event) {
  scene s;
  s.run_ms(1'000);
  for (int i = 0; i < 3; ++i) {
    s.see("s1", 11'000 + i * 4'000);
    s.see("s2", 11'005 + i * 4'000);
    s.see("s3", 11'010 + i * 4'000);
    s.run_ms(4'000);
  }
  auto judged = s.desk->judged();
  ASSERT_EQ(judged.size(), 3u);
  EXPECT_EQ(judged[0].source, "source/s1");
  EXPECT_EQ(judged[0].counts.matched, 3);
  EXPECT_EQ(judged[0].counts.corner_right, 3);
  EXPECT_EQ(judged[0].counts.false_alarms, 0);
  EXPECT_GT(judged[0].counts.view_ms, 12'000);
}

} // namespace
} // namespace ringside::desk
