#include "domain/wire/view.hpp"

#include "tests/domain/wire/audiences.hpp"
#include "tests/domain/wire/bout_script.hpp"

#include <gtest/gtest.h>

namespace ringside::wire {
namespace {

using kind = audience::kind;

const bout_id the_bout{"b1"};

/// The text of one key of a snapshot, or `-`.
std::string part(const bout::state& s, const audience& who,
                 std::string_view key) {
  auto view = render_all(s, the_bout, who);
  auto found = view.find(key);
  return found == view.end() ? "-" : json::to_text(found->second);
}

TEST(view, tells_who_fights_under_which_rules) {
  bout_script b;
  b.begin();
  EXPECT_EQ(part(b.state, open_public, "red"),
            R"({"name":"Ada","record":"9-0"})");
  EXPECT_EQ(part(b.state, open_public, "ruleset"),
            R"({"discipline":"mma","id":"unified_mma",)"
            R"("title":"Unified Rules","version":1})");
  EXPECT_EQ(part(b.state, open_public, "scheduled_rounds"), "3");
  EXPECT_EQ(part(b.state, open_public, "phase"), R"("created")");
  EXPECT_EQ(part(b.state, open_public, "version"), "4");
}

TEST(view, gives_the_clock_as_its_last_mark) {
  bout_script b;
  b.begin();
  EXPECT_EQ(part(b.state, open_public, "clock"),
            R"({"at_mark_ms":0,"length_ms":0,"mark_us":0,"round":0,)"
            R"("running":false})");
  b.add(bout::round_opened{1});
  b.add(bout::clock_started{1, {}});
  b.add(bout::clock_stopped{1, {60'000}, ""}, the_operator, 60'000'000);
  b.add(bout::clock_started{1, {60'000}}, the_operator, 5'000'000);
  EXPECT_EQ(part(b.state, open_public, "clock"),
            R"({"at_mark_ms":60000,"length_ms":300000,"mark_us":65006000,)"
            R"("round":1,"running":true})");
  b.add(bout::round_closed{1, {61'000}}, the_operator, 1'000'000);
  EXPECT_EQ(part(b.state, open_public, "clock"),
            R"({"at_mark_ms":61000,"length_ms":300000,"mark_us":66006000,)"
            R"("round":1,"running":false})");
}

TEST(view, counts_a_round_in_fightmetric_columns) {
  bout_script b;
  b.begin();
  b.add(bout::round_opened{1});
  bout::strike jab;
  jab.technique = "jab";
  jab.target = bout::strike_target::head;
  b.add(bout::fact_logged{jab, 1, {1'000}, 0});
  jab.landed = false;
  b.add(bout::fact_logged{jab, 1, {2'000}, 0});
  b.add(bout::fact_logged{bout::knockdown{corner::red, "hard"}, 1, {3'000}, 0});
  auto view = render_all(b.state, the_bout, open_public);
  const auto& red = *view.find("round_1")->second.find("red");
  EXPECT_EQ(*red.find("sig_landed")->as_int(), 1);
  EXPECT_EQ(*red.find("sig_att")->as_int(), 2);
  EXPECT_EQ(*red.find("head_att")->as_int(), 2);
  EXPECT_EQ(*red.find("kd")->as_int(), 1);
  EXPECT_EQ(*red.find("td_att")->as_int(), 0);
  EXPECT_EQ(red.find("presses"), nullptr);
}

TEST(view, leaves_running_control_to_the_client) {
  bout_script b;
  b.begin();
  b.add(bout::round_opened{1});
  b.add(bout::clock_started{1, {0}});
  b.add(
    bout::fact_logged{bout::control_start{corner::red, "top"}, 1, {10'000}, 0},
    the_operator, 10'000'000);
  b.add(
    bout::fact_logged{
      bout::control_start{corner::blue, "back"}, 1, {25'000}, 0},
    the_operator, 15'000'000);
  auto round = render_all(b.state, the_bout, open_public)["round_1"];
  EXPECT_EQ(*round.find("red")->find("ctrl_ms")->as_int(), 15'000);
  EXPECT_EQ(*round.find("blue")->find("ctrl_ms")->as_int(), 0);
  EXPECT_EQ(json::to_text(*round.find("control")),
            R"({"open":{"corner":"blue","kind":"back","since_ms":25000}})");
  b.add(bout::round_closed{1, {30'000}}, the_operator, 5'000'000);
  round = render_all(b.state, the_bout, open_public)["round_1"];
  EXPECT_EQ(*round.find("blue")->find("ctrl_ms")->as_int(), 5'000);
  EXPECT_EQ(json::to_text(*round.find("control")), "{}");
}

TEST(view, counts_control_that_is_over_in_an_open_round) {
  bout_script b;
  b.begin();
  b.add(bout::round_opened{1});
  b.add(bout::clock_started{1, {0}});
  b.add(
    bout::fact_logged{bout::control_start{corner::red, "top"}, 1, {10'000}, 0},
    the_operator, 10'000'000);
  b.add(bout::fact_logged{bout::control_end{corner::red}, 1, {25'000}, 0},
        the_operator, 15'000'000);
  auto round = render_all(b.state, the_bout, open_public)["round_1"];
  EXPECT_EQ(*round.find("red")->find("ctrl_ms")->as_int(), 15'000);
  EXPECT_EQ(json::to_text(*round.find("control")), "{}");
}

TEST(view, adds_up_complete_rounds_less_deductions) {
  bout_script b;
  b.begin().fight(1).judge_and_lock(1).fight(2);
  b.add(bout::fact_logged{
    bout::deduction{corner::red, {10}, "grabbing"}, 1, {0}, 0});
  b.add(bout::card_filed{1, 2, scores(10, 8), "control", false});
  auto cards = render_all(b.state, the_bout, control)["cards"];
  EXPECT_EQ(json::to_text(*cards.find("totals")),
            R"([{"blue_x10":90,"red_x10":90,"rounds":1,"seat":1},)"
            R"({"blue_x10":90,"red_x10":90,"rounds":1,"seat":2},)"
            R"({"blue_x10":90,"red_x10":90,"rounds":1,"seat":3}])");
  EXPECT_EQ(cards.find("round_2")->as_array()->size(), 0U);
  EXPECT_EQ(cards.find("round_1")->as_array()->size(), 3U);
  auto own = render_all(b.state, the_bout, {kind::judge, 1})["cards"];
  EXPECT_EQ(json::to_text(*own.find("round_2")),
            R"([{"blue_x10":80,"event_id":"e16","reason":"control",)"
            R"("red_x10":100,"seat":1}])");
  EXPECT_EQ(json::to_text(*own.find("totals")), "[]");
}

TEST(view, shows_the_finish_at_once_and_the_result_when_it_is_due) {
  bout_script b;
  b.begin();
  b.add(bout::round_opened{1});
  b.add(bout::finish_recorded{
    corner::blue, rules::result_kind::submission_tap, 1, {125'000}});
  rules::outcome result;
  result.kind = rules::result_kind::submission_tap;
  result.winner = corner::blue;
  b.add(bout::result_derived{result});
  EXPECT_EQ(part(b.state, open_public, "finish"),
            R"({"corner":"blue","method":"submission_tap","round":1,)"
            R"("round_ms":125000})");
  EXPECT_EQ(part(b.state, open_public, "result"), "{}");
  EXPECT_EQ(part(b.state, control, "result"),
            R"({"kind":"submission_tap","official":false,"overturned":false,)"
            R"("winner":"blue"})");
  b.add(bout::result_approved{});
  b.add(bout::result_published{});
  EXPECT_EQ(part(b.state, open_public, "result"),
            R"({"kind":"submission_tap","official":true,"overturned":false,)"
            R"("winner":"blue"})");
}

TEST(view, keeps_notes_and_protests_with_control) {
  bout_script b;
  b.begin();
  b.add(bout::note_added{"cut over the eye", 1});
  b.add(bout::protest_raised{"late bell", corner::red});
  for (const auto& who : all_audiences()) {
    auto seen = who.who == kind::control;
    EXPECT_EQ(part(b.state, who, "notes") != "-", seen);
    EXPECT_EQ(part(b.state, who, "protests") != "-", seen);
  }
  EXPECT_EQ(part(b.state, control, "protests"),
            R"([{"by":"red","event_id":"e6","text":"late bell"}])");
}

TEST(view, names_accounts_and_devices_to_control_only) {
  bout_script b;
  b.begin();
  EXPECT_NE(part(b.state, control, "seats").find("tablet"), std::string::npos);
  for (const auto& who : all_audiences())
    if (who.who != kind::control) {
      EXPECT_EQ(part(b.state, who, "seats"),
                R"([{"bound":true,"filed":[],"name":"Judge 1","seat":1},)"
                R"({"bound":true,"filed":[],"name":"Judge 2","seat":2},)"
                R"({"bound":true,"filed":[],"name":"Judge 3","seat":3}])");
    }
}

TEST(view, renders_only_what_is_asked_for) {
  bout_script b;
  b.begin().fight(1);
  auto view = render(b.state, the_bout, control,
                     section_set{}.add(section::clock).add_round(1));
  std::string keys;
  for (const auto& [key, unused] : view)
    keys += key + " ";
  EXPECT_EQ(keys, "bout_id clock round_1 version ");
}

TEST(view, of_nothing_is_empty_but_whole) {
  for (const auto& who : all_audiences()) {
    auto view = render_all(bout::state{}, the_bout, who);
    EXPECT_EQ(*view["phase"].as_string(), "none");
    EXPECT_TRUE(json::parse(json::to_text(view)));
  }
}

TEST(section_sets, keep_rounds_and_sections_apart) {
  auto s = section_set{}.add_round(1).add_round(0).add_round(99);
  EXPECT_TRUE(s.has_round(1));
  EXPECT_FALSE(s.has_round(0));
  EXPECT_FALSE(s.has_round(99));
  EXPECT_FALSE(s.has(section::protests));
  EXPECT_TRUE(section_set{}.empty());
  auto both = s | section_set{}.add(section::result);
  EXPECT_TRUE(both.has_round(1) && both.has(section::result));
  EXPECT_TRUE(section_set{}.add_rounds().has_round(30));
  EXPECT_FALSE(section_set{}.add_rounds().has(section::protests));
}

} // namespace
} // namespace ringside::wire
