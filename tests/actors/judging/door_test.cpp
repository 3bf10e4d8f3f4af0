#include "actors/judging/door.hpp"

#include "tests/support/actor_fixture.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace ringside {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// What reached the BOUT, the HUB and the sender.
struct seen {
  std::vector<std::uint64_t> passed;
  std::vector<protocol::set_topic> topics;
  std::vector<protocol::command_answer> answers;
};

caf::behavior listen(caf::event_based_actor*, std::shared_ptr<seen> into) {
  return {
    [into](const protocol::submit& x) { into->passed.push_back(x.tag); },
    [into](const protocol::set_topic& x) { into->topics.push_back(x); },
  };
}

protocol::answer_sink::behavior_type collect(protocol::answer_sink::pointer,
                                             std::shared_ptr<seen> into) {
  return {
    [into](const protocol::command_answer& x) { into->answers.push_back(x); }};
}

class door_fixture : public test::actor_fixture {
protected:
  void SetUp() override {
    auto rest = track(sys->spawn(listen, got));
    services->names.bind("bout/b1/bout", rest);
    services->names.bind("node/hub", rest);
    sink = track(sys->spawn(collect, got));
    door_config config;
    config.name = "bout/b1/seat/1";
    config.bout = bout_id{"b1"};
    config.burst = 5;
    config.per_second = 2;
    config.repeat = milliseconds{60};
    door = track(sys->spawn(door_behavior, door_deps{services, config}));
    advance(milliseconds{10});
  }

  void send(const std::string& account, int times) {
    bout::command c;
    c.by = {role::judge, account};
    c.body = bout::start_clock{};
    auto shared = std::make_shared<const bout::command>(c);
    for (auto n = 0; n < times; ++n)
      caf::anon_send(caf::actor_cast<caf::actor>(door),
                     protocol::submit{sink, ++tag, bout_id{"b1"}, shared});
    run();
  }

  /// A strike that was tapped at `at_ms` on the node's timeline; the number
  /// makes its id. True if it reached the BOUT.
  bool tap(std::uint8_t id, std::int64_t at_ms, corner c = corner::red,
           const std::string& account = "o1") {
    bout::command x;
    x.id.bytes[0] = id;
    x.by = {role::operator_, account};
    x.occurred = bout::claimed_time{mono_us{at_ms * 1'000}, 500};
    x.body = bout::log_fact{bout::strike{c, "jab"}, {}};
    auto before = got->passed.size();
    caf::anon_send(caf::actor_cast<caf::actor>(door),
                   protocol::submit{sink, ++tag, bout_id{"b1"},
                                    std::make_shared<const bout::command>(x)});
    run();
    return got->passed.size() > before;
  }

  void sign(protocol::contact what) {
    caf::anon_send(caf::actor_cast<caf::actor>(door), std::move(what));
    run();
  }

  protocol::presence present() {
    auto got_one = ask<protocol::presence>(door, protocol::get_presence{});
    EXPECT_TRUE(got_one);
    return got_one ? *got_one : protocol::presence{};
  }

  std::shared_ptr<seen> got = std::make_shared<seen>();
  protocol::answer_sink sink;
  door_impl door;
  std::uint64_t tag = 0;
};

TEST_F(door_fixture, lets_a_burst_through_and_then_so_many_per_second) {
  send("j1", 8);
  EXPECT_EQ(got->passed.size(), 5u);
  ASSERT_EQ(got->answers.size(), 3u);
  EXPECT_EQ(std::get<error>(got->answers.front().outcome).code,
            ec::rate_limited);
  advance(seconds{1});
  send("j1", 8);
  EXPECT_EQ(got->passed.size(), 7u);
  advance(seconds{60});
  send("j1", 8);
  EXPECT_EQ(got->passed.size(), 12u);
}

TEST_F(door_fixture, case_03_a_held_key_is_one_mark) {
  EXPECT_TRUE(tap(1, 1'000));
  for (std::uint8_t i = 0; i < 90; ++i)
    EXPECT_FALSE(tap(static_cast<std::uint8_t>(2 + i), 1'033 + i * 33)) << i;
  ASSERT_EQ(got->answers.size(), 90u);
  for (const auto& x : got->answers)
    EXPECT_EQ(std::get<error>(x.outcome).code, ec::rate_limited);
  // The key was released; the hand has its tokens still.
  EXPECT_TRUE(tap(100, 4'200));
  // Sent again, a repeat is no mark either.
  EXPECT_FALSE(tap(91, 1'033 + 89 * 33));
  // A mark that passed may come again: the BOUT knows its id.
  EXPECT_TRUE(tap(100, 4'200));
}

TEST_F(door_fixture, case_03_hands_are_not_held_keys) {
  EXPECT_TRUE(tap(1, 1'000));
  EXPECT_TRUE(tap(2, 1'060)) << "as fast as a hand gets";
  EXPECT_TRUE(tap(3, 1'070, corner::blue)) << "another mark";
  EXPECT_TRUE(tap(4, 1'061, corner::red, "o2")) << "another person";
  EXPECT_TRUE(tap(5, 900)) << "taps may arrive late";
}

TEST_F(door_fixture, case_03_one_flooding_account_takes_nothing_from_another) {
  send("j1", 50);
  send("j2", 5);
  EXPECT_EQ(got->passed.size(), 10u);
}

TEST_F(door_fixture, a_client_unheard_for_the_lease_is_gone) {
  sign({"j1", "s1", "tablet", true});
  EXPECT_TRUE(present().entries.at(0).present);
  ASSERT_EQ(got->topics.size(), 1u);
  EXPECT_EQ(got->topics.back().topic, "bout/b1/presence");
  advance(milliseconds{4'500});
  EXPECT_TRUE(present().entries.at(0).present);
  advance(milliseconds{1'600});
  EXPECT_FALSE(present().entries.at(0).present);
  EXPECT_EQ(got->topics.size(), 2u);
  EXPECT_GE(present().entries.at(0).age_ms, 5'000);
}

TEST_F(door_fixture, the_end_of_an_old_connection_is_not_that_of_the_new_one) {
  sign({"j1", "s1", "tablet", true});
  sign({"j1", "s2", "phone", true});
  sign({"j1", "s1", "tablet", false});
  EXPECT_TRUE(present().entries.at(0).present);
  EXPECT_EQ(present().entries.at(0).device, "phone");
  sign({"j1", "s2", "phone", false});
  EXPECT_FALSE(present().entries.at(0).present);
}

TEST_F(door_fixture, life_signs_without_news_are_not_published) {
  for (auto n = 0; n < 10; ++n) {
    sign({"j1", "s1", "tablet", true});
    advance(seconds{1});
  }
  EXPECT_EQ(got->topics.size(), 1u);
}

TEST_F(door_fixture, tells_a_new_hub_who_is_there) {
  sign({"j1", "s1", "tablet", true});
  caf::anon_send(caf::actor_cast<caf::actor>(door), protocol::hub_started{});
  run();
  ASSERT_EQ(got->topics.size(), 2u);
  EXPECT_EQ(got->topics.at(0).state, got->topics.at(1).state);
}

TEST_F(door_fixture, the_account_unheard_longest_makes_room) {
  for (auto n = 0; n < 70; ++n) {
    sign({"a" + std::to_string(n), "s", "d", true});
    advance(milliseconds{10});
  }
  auto all = present();
  EXPECT_EQ(all.entries.size(), door_state::accounts_max);
  for (const auto& e : all.entries)
    EXPECT_NE(e.account, "a0");
}

} // namespace
} // namespace ringside
