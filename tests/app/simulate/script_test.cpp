#include "app/simulate/script.hpp"
#include "app/simulate/script_event.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ringside::simulate {
namespace {

const std::string head = R"(id: sample
title: A sample
ruleset: mma_abc_2025
scheduled_rounds: 1
fighters: {red: A, blue: B}
judges: [One, Two, Three]
rounds:
  - events:
)";

/// A script with these lines of events, from line 9 on.
std::string with(const std::string& events,
                 const std::string& cards = "[10-9, 10-9, 9-10]") {
  return head + events + "    cards: " + cards + "\n";
}

std::string refused(const std::string& text) {
  auto s = parse_script(text, "sample.yaml");
  EXPECT_FALSE(s);
  return s ? "" : s.reason().detail;
}

void expect_refused(const std::string& events, const std::string& part) {
  auto why = refused(with(events));
  EXPECT_NE(why.find("sample.yaml:9"), std::string::npos) << why;
  EXPECT_NE(why.find(part), std::string::npos) << why;
}

TEST(script, reads_events_in_order_with_numbered_marks) {
  auto s = parse_script(
    with(
      "      - {at: \"2:00\", until: \"3:00\", type: control, corner: red}\n"
      "      - {at: \"0:10\", until: \"1:10\", type: strike, corner: blue,"
      " times: 3}\n"
      "      - {at: \"1:00\", until: \"1:30\", type: control, corner: blue}\n"
      "      - {at: \"4:00\", type: deduction, corner: red, points: 1,"
      " reason: groin}\n"),
    "x");
  ASSERT_TRUE(s) << s.reason().detail;
  const auto& plan = s->rounds[0].plan;
  ASSERT_EQ(plan.desks.blue.size(), 5u);
  EXPECT_EQ(plan.desks.blue[0].at.count, 10'000);
  EXPECT_EQ(plan.desks.blue[1].at.count, 40'000);
  EXPECT_EQ(plan.desks.blue[2].mark, 1);
  EXPECT_EQ(plan.desks.blue[3].at.count, 70'000);
  EXPECT_EQ(plan.desks.blue[4].mark, 2);
  EXPECT_EQ(plan.desks.red[0].mark, 3);
  EXPECT_EQ(plan.desks.red[1].mark, 4);
  EXPECT_EQ(plan.marks, 4);
  EXPECT_EQ(plan.referee.size(), 1u);
  EXPECT_EQ(s->rounds[0].cards.size(), 3u);
}

TEST(script, names_file_line_and_nearest_key) {
  expect_refused(
    "      - {at: \"1:00\", type: strike, corner: red, tecnique: jab}\n",
    "technique");
  auto why = refused(head + "      []\n    card: [10-9]\n");
  EXPECT_NE(why.find("'rounds[0].card'"), std::string::npos) << why;
  EXPECT_NE(why.find("cards"), std::string::npos) << why;
}

TEST(script, refuses_wrong_events_by_line) {
  expect_refused("      - {at: \"1:00\", type: strike, corner: purple}\n",
                 "red or blue");
  expect_refused("      - {at: \"5:00\", type: strike, corner: red}\n",
                 "end of the round");
  expect_refused("      - {at: \"1:75\", type: strike, corner: red}\n",
                 "must be a time");
  expect_refused("      - {at: \"-1:00\", type: strike, corner: red}\n",
                 "must be a time");
  expect_refused("      - {at: \"1:00\", type: bite, corner: red}\n", "type");
  expect_refused("      - {at: \"1:00\", type: control, corner: red}\n",
                 "until");
  expect_refused("      - {at: \"1:00\", until: \"0:30\", type: control,"
                 " corner: red}\n",
                 "between");
  expect_refused("      - {at: \"1:00\", type: strike, corner: red,"
                 " times: 0}\n",
                 "between 1 and 200");
  expect_refused("      - {at: \"1:00\", type: foul, corner: red}\n", "code");
}

TEST(script, refuses_two_in_control_at_once) {
  auto why = refused(
    with("      - {at: \"1:00\", until: \"2:00\", type: control, corner: red}\n"
         "      - {at: \"1:59\", until: \"2:30\", type: control,"
         " corner: blue}\n"));
  EXPECT_NE(why.find("sample.yaml:10"), std::string::npos) << why;
}

TEST(script, refuses_cards_that_are_none) {
  EXPECT_NE(refused(with("      []\n", "[10-9, 10-9]")).find("each"),
            std::string::npos);
  EXPECT_NE(
    refused(with("      []\n", "[10-9, 10-9, ten-nine]")).find("ten-nine"),
    std::string::npos);
  EXPECT_NE(refused(with("      []\n", "[10-9, 10-9, 10--9]")).find("10--9"),
            std::string::npos);
}

TEST(script, refuses_too_few_rounds_without_a_finish) {
  auto text = with("      []\n");
  text.replace(text.find("rounds: 1"), 9, "rounds: 3");
  EXPECT_NE(refused(text).find("as many as scheduled"), std::string::npos);
  text.replace(text.find("    cards"), std::string::npos,
               "    finish: {at: \"1:00\", winner: red, method: ko}\n");
  auto s = parse_script(text, "x");
  ASSERT_TRUE(s) << s.reason().detail;
  EXPECT_EQ(s->rounds[0].length.count, 60'000);
}

TEST(script, refuses_what_is_no_yaml_and_no_file) {
  auto broken = parse_script("id: [", "x");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.reason().code, ec::malformed);
  auto missing = load_script("/nowhere/at/all.yaml");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.reason().code, ec::io_error);
}

TEST(script, clock_is_read_exactly) {
  EXPECT_EQ(parse_clock("3:12")->count, 192'000);
  EXPECT_EQ(parse_clock("0:04.5")->count, 4'500);
  EXPECT_EQ(parse_clock("10:00.007")->count, 600'007);
  for (const auto* text :
       {"", ":", "3", "3:1", "3:60", "a:00", "3:00.", "3:00.1234", "1:00:00"})
    EXPECT_FALSE(parse_clock(text)) << text;
}

} // namespace
} // namespace ringside::simulate
