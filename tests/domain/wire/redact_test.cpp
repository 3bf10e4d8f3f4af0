#include "domain/wire/view.hpp"

#include "tests/domain/wire/audiences.hpp"
#include "tests/domain/wire/bout_script.hpp"

#include <gtest/gtest.h>

namespace ringside::wire {
namespace {

using kind = audience::kind;

std::string text(const bout::event& e, const bout::state& s,
                 const audience& who) {
  auto seen = redact(e, s, who);
  return seen ? json::to_text(*seen) : "-";
}

TEST(redact, shows_a_public_event_whole_but_for_the_account) {
  bout_script b;
  b.begin();
  const auto& e = b.add(bout::round_opened{1});
  EXPECT_EQ(text(e, b.state, desk),
            R"({"at_us":5000,"by":"operator:ann","data":{"round":1},)"
            R"("event_id":"e5","type":"round_opened"})");
  EXPECT_EQ(text(e, b.state, open_public),
            R"({"at_us":5000,"by":"operator","data":{"round":1},)"
            R"("event_id":"e5","type":"round_opened"})");
}

TEST(redact, tells_that_a_card_was_filed_and_no_more) {
  bout_script b;
  b.begin().fight(1);
  auto e = b.add(bout::card_filed{1, 1, scores(10, 8), "dominance", false},
                 the_judge);
  EXPECT_EQ(*redact(e, b.state, control)->find("data"),
            (json::value{json::object{{"round", 1}, {"seat", 1}}}));
  EXPECT_EQ(json::to_text(*redact(e, b.state, {kind::judge, 1})->find("data")),
            R"({"blue_x10":80,"reason":"dominance","red_x10":100,)"
            R"("round":1,"seat":1})");
  EXPECT_EQ(*redact(e, b.state, {kind::judge, 2})->find("data"),
            *redact(e, b.state, control)->find("data"));
  for (int seat : {2, 3})
    b.add(bout::card_filed{seat, 1, scores(9, 10), "", false}, the_judge);
  EXPECT_NE(redact(e, b.state, control)->find("data")->find("red_x10"),
            nullptr);
  EXPECT_EQ(redact(e, b.state, desk)->find("data")->find("red_x10"), nullptr);
}

TEST(redact, keeps_notes_and_protests_with_control) {
  bout_script b;
  b.begin();
  for (auto body : {bout::event_body{bout::note_added{"x", 0}},
                    bout::event_body{bout::protest_raised{"y", {}}},
                    bout::event_body{bout::protest_ruled{6, true, "z"}}}) {
    auto e = b.add(body);
    for (const auto& who : all_audiences())
      EXPECT_EQ(redact(e, b.state, who).has_value(), who.who == kind::control);
  }
}

TEST(redact, hides_a_result_until_it_is_published) {
  bout_script b;
  b.begin().fight(1).judge_and_lock(1);
  rules::outcome result;
  result.explanation = "red by two cards";
  auto e = b.add(bout::result_derived{result}, the_supervisor);
  EXPECT_NE(text(e, b.state, control).find("two cards"), std::string::npos);
  for (const auto& who : all_audiences())
    if (who.who != kind::control) {
      EXPECT_EQ(*redact(e, b.state, who)->find("data"), json::value{});
    }
  b.add(bout::result_approved{});
  b.add(bout::result_published{});
  EXPECT_NE(text(e, b.state, open_public).find("two cards"), std::string::npos);
}

TEST(redact, shows_the_world_no_account_or_device) {
  bout_script b;
  b.begin();
  bout::bout_created with_account;
  with_account.judges = {{"Judge", "j-secret"}};
  bout::event created{1, the_supervisor, {1}, with_account};
  bout::event assigned{
    2, the_supervisor, {1}, bout::judge_assigned{1, {"Judge", "j-secret"}}};
  bout::event bound{3,
                    the_judge,
                    {1},
                    bout::seat_bound{1, "j-secret", "d-secret", true, "ill"}};
  for (const auto& e : {created, assigned, bound}) {
    EXPECT_EQ(text(e, b.state, open_public).find("secret"), std::string::npos);
    EXPECT_EQ(text(e, b.state, {kind::broadcast, 0}).find("secret"),
              std::string::npos);
    EXPECT_NE(text(e, b.state, desk).find("secret"), std::string::npos);
  }
  EXPECT_EQ(text(bound, b.state, desk).find("ill\""), std::string::npos);
  EXPECT_NE(text(bound, b.state, control).find("ill\""), std::string::npos);
}

TEST(redact, keeps_the_reason_for_an_unlock_with_control) {
  bout_script b;
  b.begin().fight(1).judge_and_lock(1);
  auto e = b.add(bout::round_unlocked{1, "com", "seat 2 meant 10-8"},
                 the_supervisor);
  for (const auto& who : all_audiences())
    EXPECT_EQ(text(e, b.state, who).find("10-8") != std::string::npos,
              who.who == kind::control);
}

TEST(redact, asks_only_the_judges_who_have_to_pick) {
  bout_script b;
  b.begin().fight(1).judge_and_lock(1);
  auto e = b.add(bout::picks_requested{{1, 3}}, the_supervisor);
  EXPECT_EQ(json::to_text(*redact(e, b.state, control)->find("data")),
            R"({"seats":[1,3]})");
  EXPECT_EQ(json::to_text(*redact(e, b.state, {kind::judge, 3})->find("data")),
            R"({"seats":[3]})");
  EXPECT_FALSE(redact(e, b.state, {kind::judge, 2}));
  EXPECT_FALSE(redact(e, b.state, {kind::judge, 0}));
  EXPECT_FALSE(redact(e, b.state, desk));
  EXPECT_FALSE(redact(e, b.state, open_public));
}

TEST(redact, hides_who_was_pressed_for) {
  auto set = plain_ruleset();
  set.unit = rules::scoring_unit::consensus_hits;
  bout_script b{set};
  b.begin();
  b.add(bout::round_opened{1});
  auto e = b.add(bout::fact_logged{bout::press{1, corner::blue}, 1, {5}, 0},
                 the_judge);
  EXPECT_NE(text(e, b.state, {kind::judge, 1}).find("blue"), std::string::npos);
  EXPECT_EQ(text(e, b.state, {kind::judge, 2}).find("blue"), std::string::npos);
  EXPECT_EQ(text(e, b.state, control).find("blue"), std::string::npos);
}

} // namespace
} // namespace ringside::wire
