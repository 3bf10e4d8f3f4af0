#include "domain/vision/analytics/raw_event.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ringside::analytics::test {

namespace {

raw_event punch(std::uint64_t seq, std::int64_t ms) {
  raw_event e;
  e.seq = seq;
  e.at.count = ms * 1'000;
  e.by = corner::blue;
  e.conf = {800'000};
  e.impact = impact_level::medium;
  return e;
}

std::string refusal(raw_event e) {
  event_gate gate;
  auto got = gate.take(e);
  if (got)
    return "taken";
  EXPECT_EQ(got.reason().code, ec::invalid_value);
  return got.reason().field;
}

} // namespace

TEST(raw_event, becomes_a_report_without_loss) {
  event_gate gate;
  auto e = punch(7, 1'000);
  e.err_us = 900;
  e.target = bout::strike_target::body;
  auto got = gate.take(e);
  ASSERT_TRUE(got && *got);
  const auto& r = **got;
  EXPECT_EQ(r.seq, 1u);
  EXPECT_EQ(r.at, e.at);
  EXPECT_EQ(r.err_us, 900);
  EXPECT_EQ(r.by, corner::blue);
  EXPECT_EQ(r.label_ppm[index(action::punch)], 1'000'000);
  EXPECT_EQ(r.target, bout::strike_target::body);
  EXPECT_EQ(r.conf, e.conf);
  EXPECT_TRUE(r.landed);
  EXPECT_EQ(r.severity.count, 500'000);
  EXPECT_TRUE(r.final);
}

TEST(raw_event, the_same_action_again_is_no_second_one) {
  event_gate gate;
  EXPECT_TRUE((*gate.take(punch(1, 1'000))).has_value());
  EXPECT_FALSE((*gate.take(punch(2, 1'060))).has_value());
  EXPECT_TRUE((*gate.take(punch(3, 1'300))).has_value());
  auto other = punch(4, 1'310);
  other.by = corner::red;
  EXPECT_TRUE((*gate.take(other)).has_value());
  auto kick = punch(5, 1'320);
  kick.what = action::kick;
  EXPECT_TRUE((*gate.take(kick)).has_value());
}

TEST(raw_event, a_number_is_never_taken_twice) {
  event_gate gate;
  ASSERT_TRUE(bool{gate.take(punch(5, 1'000))});
  for (std::uint64_t seq : {0, 4, 5}) {
    auto again = gate.take(punch(seq, 9'000));
    ASSERT_FALSE(bool{again});
    EXPECT_EQ(again.reason().field, "seq");
  }
}

TEST(raw_event, what_is_no_event_is_refused_with_the_field) {
  auto with = [](auto change) {
    auto e = punch(1, 1'000);
    change(e);
    return refusal(e);
  };
  EXPECT_EQ(with([](auto&) {}), "taken");
  EXPECT_EQ(with([](auto& e) { e.at.count = -1; }), "at");
  EXPECT_EQ(with([](auto& e) { e.err_us = 1'000'001; }), "err_us");
  EXPECT_EQ(with([](auto& e) { e.what = action::clinch; }), "what");
  EXPECT_EQ(with([](auto& e) { e.what = action::ground_control; }), "what");
  EXPECT_EQ(with([](auto& e) { e.what = static_cast<action>(77); }), "what");
  EXPECT_EQ(with([](auto& e) { e.by = static_cast<corner>(2); }), "by");
  EXPECT_EQ(with([](auto& e) { e.conf.count = 1'000'001; }), "conf");
  EXPECT_EQ(with([](auto& e) { e.view.count = -1; }), "conf");
  EXPECT_EQ(with([](auto& e) { e.impact = static_cast<impact_level>(5); }),
            "impact");
  EXPECT_EQ(with([](auto& e) { e.tier = knockdown_tier::hard; }), "tier");
  EXPECT_EQ(
    with([](auto& e) { e.target = static_cast<bout::strike_target>(9); }),
    "target");
}

TEST(raw_event, a_knockdown_without_a_tier_gets_one_from_its_impact) {
  event_gate gate;
  auto e = punch(1, 1'000);
  e.what = action::knockdown;
  e.impact = impact_level::critical;
  auto got = gate.take(e);
  ASSERT_TRUE(got && *got);
  EXPECT_EQ((*got)->tier, knockdown_tier::hard);
}

} // namespace ringside::analytics::test
