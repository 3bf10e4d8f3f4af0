#include "app/officials/crew.hpp"
#include "domain/base/dice.hpp"
#include "tests/support/live_node.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ringside::officials {
namespace {

token_maker tokens_of(test::live_node& node) {
  return [&node](const std::string& name, role who) {
    return node->make_token(name, who);
  };
}

bout::create_bout plain_bout() {
  bout::create_bout what;
  what.ruleset = "mma_abc_2025";
  what.fighters.red.name = "Red";
  what.fighters.blue.name = "Blue";
  what.judges = {{"One", ""}, {"Two", ""}, {"Three", ""}};
  return what;
}

} // namespace

TEST(place, is_read_from_an_address) {
  auto full = parse_url("http://localhost:8080/");
  ASSERT_TRUE(full);
  EXPECT_EQ(full->host, "127.0.0.1");
  EXPECT_EQ(full->port, 8080);
  EXPECT_EQ(parse_url("http://10.0.0.7")->port, 80);
  for (const auto* bad :
       {"https://localhost", "localhost:80", "http://", "http://h:0",
        "http://h:70000", "http://h:8x", "http://h/path", "http://u@h"})
    EXPECT_EQ(parse_url(bad).reason().code, ec::invalid_value) << bad;
}

TEST(dice, are_the_same_everywhere) {
  dice a{std::string_view{"made0001/1"}};
  dice b{std::string_view{"made0001/1"}};
  dice c{std::string_view{"made0001/2"}};
  std::vector<std::uint64_t> first;
  for (int i = 0; i < 100; ++i) {
    first.push_back(a.next());
    EXPECT_EQ(first.back(), b.next());
    EXPECT_LT(a.below(7), 7);
    EXPECT_LT(b.below(7), 7);
  }
  EXPECT_NE(first.front(), c.next());
  EXPECT_EQ(a.below(0), 0);
}

TEST(token_maker, says_that_a_token_is_no_admins) {
  test::live_node node;
  auto admin = node->make_token("Ada", role::admin);
  auto viewer = node->make_token("Vic", role::viewer);
  ASSERT_TRUE(admin && viewer);
  auto good = make_tokens_over_http(with_token(node.place(), *admin));
  EXPECT_TRUE(good("Tim", role::timekeeper));
  auto bad = make_tokens_over_http(with_token(node.place(), *viewer));
  auto refused = bad("Tim", role::timekeeper);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.reason().code, ec::forbidden);
}

TEST(crew, fights_a_round) {
  test::live_node node;
  auto people = crew::hire(node.place(), tokens_of(node), "Test", 3);
  ASSERT_TRUE(people) << people.reason().detail;
  auto& all = **people;
  auto id = all.create(plain_bout());
  ASSERT_TRUE(id) << id.reason().detail;
  ASSERT_TRUE(all.bind_seats(*id));
  ASSERT_TRUE(all.timekeeper().ask(*id, bout::open_round{1}));
  ASSERT_TRUE(all.timekeeper().ask(*id, bout::start_clock{}));
  auto again = all.timekeeper().ask(*id, bout::start_clock{});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.reason().code, ec::clock_running);
  auto view = all.read(*id, "");
  ASSERT_TRUE(view);
  ASSERT_NE(view->find("clock"), nullptr);
}

TEST(desk, does_nothing_twice_when_it_is_told_to_slow_down) {
  test::live_node node{[](config::node_config& c) {
    c.operator_rate = {100, 10};
  }};
  auto people = crew::hire(node.place(), tokens_of(node), "Test", 3);
  ASSERT_TRUE(people) << people.reason().detail;
  auto& all = **people;
  auto id = all.create(plain_bout());
  ASSERT_TRUE(id) << id.reason().detail;
  ASSERT_TRUE(all.timekeeper().ask(*id, bout::open_round{1}));
  ASSERT_TRUE(all.timekeeper().ask(*id, bout::start_clock{}));
  constexpr int strikes = 40;
  auto& hand = all.operator_of(corner::red);
  for (int i = 0; i < strikes; ++i)
    hand.post(*id, bout::log_fact{bout::strike{corner::red, "jab"}, {}});
  ASSERT_TRUE(hand.drain());
  EXPECT_GT(hand.resent(), 0u) << "the node was never strict";
  EXPECT_EQ(hand.ack_us().size(), std::size_t{strikes});
  auto counts = all.read(*id, "/statistics");
  ASSERT_TRUE(counts);
  const auto* red = counts->find("round_1")->find("red");
  EXPECT_EQ(*red->find("total_landed")->as_int(), strikes);
}

} // namespace ringside::officials
