#include "domain/advice/hybrid_round.hpp"
#include "tests/domain/bout/ring.hpp"
#include "tests/support/scoring_profiles.hpp"

#include <gtest/gtest.h>

/// What the journal keeps of hybrid scoring, and facts as reports of people.
namespace ringside::advice {
namespace {

namespace hybrid = scoring::hybrid;

using bout::test::ring;
using hybrid::act;

const bout_id hybrid_bout{"b1"};

audit::entry_fields hybrid_entry(std::string_view kind, json::value data) {
  audit::entry_fields e;
  e.kind = kind;
  e.data = std::move(data);
  e.seq = 12;
  return e;
}

hybrid::evidence seen(std::string name) {
  hybrid::evidence e;
  e.id = std::move(name);
  e.act_id = "e7";
  e.reporter = "cam1";
  e.corner = corner::blue;
  e.act = act::control;
  e.severity = {500'000};
  e.confidence = {900'000};
  e.at = {61'000};
  e.lasted = {4'000};
  return e;
}

TEST(hybrid_entry, evidence_and_locks_come_back_from_their_data) {
  hybrid_book book;
  hybrid_news news;
  news.round = 2;
  news.coverage = hybrid::change_coverage{hybrid::coverage::both, "up"};
  news.reports = {seen("c1"), seen("c2")};
  ASSERT_TRUE(apply_hybrid_entry(
    book, hybrid_entry(kind_hybrid_evidence, evidence_data(news)), 40));
  hybrid_news taken_back;
  taken_back.round = 2;
  taken_back.withdrawn = {{"c2", "the referee"}};
  ASSERT_TRUE(apply_hybrid_entry(
    book, hybrid_entry(kind_hybrid_evidence, evidence_data(taken_back)), 41));
  const auto& record = book.of(2);
  EXPECT_EQ(record.watched, hybrid::coverage::both);
  EXPECT_EQ(record.heard, 2);
  ASSERT_EQ(record.reports.size(), 1u);
  EXPECT_EQ(record.reports.at("c1"), seen("c1"));
  EXPECT_TRUE(record.withdrawn.contains("c2"));
  hybrid_lock lock{3, 17, 2, std::string(64, 'a'), 99, {{"state", "locked"}}};
  ASSERT_TRUE(apply_hybrid_entry(
    book, hybrid_entry(kind_hybrid_locked, lock_data(2, lock)), 99));
  EXPECT_EQ(book.of(2).locks, std::vector{lock});
  EXPECT_EQ(book.entries, 3u);
  EXPECT_EQ(book.of(1), hybrid_record{});
}

TEST(hybrid_entry, damaged_entries_are_corrupt_and_change_nothing) {
  hybrid_book book;
  auto corrupt = [&book](std::string_view kind, json::object data) {
    auto r = apply_hybrid_entry(book, hybrid_entry(kind, std::move(data)), 1);
    return !r && r.reason().code == ec::corrupt;
  };
  EXPECT_TRUE(corrupt("surprise", {}));
  EXPECT_TRUE(corrupt(kind_hybrid_evidence, {}));
  EXPECT_TRUE(corrupt(kind_hybrid_evidence, {{"round", 1}, {"more", 1}}));
  EXPECT_TRUE(
    corrupt(kind_hybrid_evidence,
            {{"round", 1}, {"reports", json::array{json::object{}}}}));
  EXPECT_TRUE(corrupt(kind_hybrid_locked, {{"round", 1}}));
  EXPECT_EQ(book, hybrid_book{});
}

/// An entry of the journal that holds this must not be too long.
result<std::string> as_entry(std::string_view kind, const json::value& data) {
  auto text = json::to_text(data);
  audit::entry_draft draft;
  draft.log = "ringside.example/audit/main";
  auto chain = hybrid_chain(bout_id{std::string(48, 'b')}).str();
  draft.bout = chain;
  draft.actor = "source:a1";
  draft.kind = kind;
  draft.data = text;
  return audit::format_entry(draft);
}

TEST(hybrid_entry, the_biggest_ones_fit_into_an_entry) {
  hybrid_news news;
  news.round = 30;
  auto longest = seen(std::string(64, 'i'));
  longest.act_id = longest.reporter = std::string(64, 'r');
  longest.act = act::knockdown_near_finish;
  longest.lasted = {3'600'000};
  news.reports.assign(hybrid_news_max, longest);
  news.coverage = hybrid::change_coverage{hybrid::coverage::camera_only,
                                          std::string(2'000, 'w')};
  auto made = as_entry(kind_hybrid_evidence, evidence_data(news));
  EXPECT_TRUE(made) << made.reason().detail;

  ring r;
  r.ready().bell();
  auto f = *test::plain_in_force();
  f.hybrids.emplace("hybrid", *test::plain_hybrid());
  f.normalisers.emplace("plain_weights", *test::plain_weights());
  scoring::bout_tally none;
  hybrid_book book;
  auto lock = make_lock({hybrid_bout, r.s, none, book, 1}, f);
  ASSERT_TRUE(lock);
  // Each of its numbers may become fifteen digits longer.
  auto data = lock_data(1, *lock);
  auto text = json::to_text(data);
  EXPECT_LT(text.size() + 110 * 15, limits::entry_bytes_max - 1'000) << text;
  EXPECT_TRUE(as_entry(kind_hybrid_locked, data));
}

TEST(hybrid_people, facts_become_acts) {
  ring r;
  r.ready().bell();
  scoring::bout_tally tallies;
  auto log = [&r](bout::fact what) {
    r.pass(1'000);
    r.must(bout::test::op, bout::log_fact{std::move(what), {}});
  };
  auto punch = std::get<bout::strike>(bout::test::jab(corner::blue).what);
  punch.quality = bout::strike_quality::solid;
  log(punch);
  punch.target = bout::strike_target::unknown;
  punch.quality = bout::strike_quality::light;
  log(punch);
  punch.significant = false;
  log(punch);
  punch.landed = false;
  log(punch);
  log(bout::knockdown{corner::red, "flash"});
  log(bout::takedown{corner::red, false});
  log(bout::submission_attempt{corner::red, bout::submission_depth::deep});
  log(bout::control_start{corner::red, "top"});
  log(bout::control_end{corner::red});
  bout::state s;
  for (const auto& e : r.log) {
    tallies.add(s, e);
    bout::apply(s, e, r.lookup);
  }
  hybrid_book book;
  auto all = human_evidence({hybrid_bout, r.s, tallies, book, 1});
  std::string text;
  for (const auto& e : all) {
    EXPECT_EQ(e.source, hybrid::source::human);
    EXPECT_EQ(e.confidence, ppm{1'000'000});
    text += std::string{text_of(e.act)} + " "
            + std::to_string(e.severity.count / 10'000) + " "
            + std::string{to_string(e.corner)} + "\n";
  }
  EXPECT_EQ(text, "strike_head 100 blue\n"
                  "strike 25 blue\n"
                  "strike_light 25 blue\n"
                  "knockdown_flash 50 red\n"
                  "takedown_attempt 50 red\n"
                  "submission_attempt 75 red\n"
                  "control 50 red\n");
  EXPECT_EQ(all.back().lasted, round_ms{1'000});
  EXPECT_EQ(all.front().id, "human." + all.front().act_id);
}

TEST(hybrid_profiles, are_known_by_kind_and_old_entries_stay_readable) {
  calibration_state s;
  profile_list all{test::loaded(test::plain_profile()),
                   test::loaded(test::plain_hybrid(), 2),
                   test::loaded(test::plain_weights(), 3)};
  auto marks = marks_of(all);
  auto data = profiles_data(marks, "start");
  ASSERT_TRUE(
    apply_calibration_entry(s, hybrid_entry(kind_profiles_loaded, data), 4));
  EXPECT_EQ(s.profiles, marks);
  // What is about scoring is written as it always was.
  const auto& rows = *data.find("profiles")->as_array();
  for (std::size_t i = 0; i < rows.size(); ++i)
    EXPECT_EQ(rows[i].find("kind") == nullptr,
              marks[i].kind == profile_kind::scoring);
  auto f = put_in_force(s, all);
  ASSERT_TRUE(check_in_force(*f));
  auto basis = hybrid_in(*f);
  ASSERT_TRUE(basis);
  EXPECT_EQ(basis.config->calibration_version, 1);
  EXPECT_EQ(basis.profile->id, "plain_weights");
  // The same id of another kind is another profile.
  auto same_name = test::plain_hybrid();
  same_name->id = "plain_weights";
  EXPECT_TRUE(check_profiles(s, {mark_of(test::loaded(same_name, 9))}));
}

} // namespace
} // namespace ringside::advice
