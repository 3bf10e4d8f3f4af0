#include "domain/rules/finish.hpp"
#include "tests/domain/rules/fixture.hpp"

#include <gtest/gtest.h>

namespace ringside::rules::test {

TEST(finish, every_kind_is_either_a_finish_or_comes_from_cards) {
  int finishes = 0;
  for (std::size_t i = 0; i < enum_names<result_kind>::value.size(); ++i)
    finishes += is_finish(static_cast<result_kind>(i));
  // 24 kinds less nine that need cards or points.
  EXPECT_EQ(finishes, 15);
}

TEST(finish, every_shipped_method_gives_a_result) {
  for (const auto& rules : shipped_catalog().all())
    for (const auto& method : rules.finish_methods) {
      auto kind = parse_enum<result_kind>(method).value();
      std::optional<corner> winner;
      if (winner_rule_of(kind) != winner_rule::forbidden)
        winner = corner::blue;
      auto got = derive_finish(rules, {method, winner});
      ASSERT_TRUE(got) << rules.id << " " << method;
      EXPECT_EQ(got->kind, kind);
      EXPECT_EQ(got->winner, winner);
      EXPECT_TRUE(got->cards.empty());
    }
}

TEST(finish, could_not_continue_goes_with_and_without_a_winner) {
  auto rules = shipped("mma_abc_2025");
  EXPECT_TRUE(derive_finish(rules, {"could_not_continue", corner::red}));
  EXPECT_TRUE(derive_finish(rules, {"could_not_continue", std::nullopt}));
  EXPECT_FALSE(derive_finish(rules, {"no_contest", corner::red}));
}

TEST(finish, a_decision_is_no_finish) {
  auto got = derive_finish(shipped("mma_abc_2025"),
                           {"unanimous_decision", corner::red});
  ASSERT_FALSE(got);
  EXPECT_EQ(got.reason().code, ec::not_in_ruleset);
}

TEST(finish, without_one_the_cards_decide) {
  std::vector<judge_card> cards(3, card({{9, 10}, {9, 10}, {10, 9}}));
  decision_scope scope;
  scope.scheduled_rounds = scope.rounds_counted = 3;
  auto got
    = derive_result(shipped("mma_abc_2025"), std::nullopt, cards, {}, scope);
  ASSERT_TRUE(got);
  EXPECT_EQ(got->kind, result_kind::unanimous_decision);
  EXPECT_EQ(got->winner, corner::blue);
}

TEST(overturn, must_change_something) {
  auto rules = shipped("mma_abc_2025");
  auto old = derive_finish(rules, {"ko", corner::red});
  ASSERT_TRUE(old);
  auto same
    = overturn(rules, *old, {"collusion", result_kind::ko, corner::red});
  ASSERT_FALSE(same);
  EXPECT_EQ(same.reason().code, ec::invalid_value);
  auto other = overturn(
    rules, *old, {"collusion", result_kind::disqualification, corner::blue});
  ASSERT_TRUE(other);
  EXPECT_EQ(other->winner, corner::blue);
  EXPECT_NE(other->explanation.find("from ko"), std::string::npos);
}

} // namespace ringside::rules::test
