#include "actors/ops/clock.hpp"
#include "actors/protocol/journal_messages.hpp"

#include "domain/audit/json.hpp"
#include "tests/support/actor_fixture.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace ringside {
namespace {

using std::chrono::seconds;

constexpr std::int64_t base_us = 1'000'000'000;

struct listener {
  std::vector<persistence::append_batch> batches;
  protocol::report_health last;
};

caf::behavior play(caf::event_based_actor*, std::shared_ptr<listener> it) {
  return {
    [it](const protocol::append& x) {
      it->batches.push_back(x.batch);
      return protocol::append_answer{protocol::appended{}};
    },
    [it](const protocol::report_health& x) { it->last = x; },
  };
}

class clock_fixture : public test::actor_fixture {
protected:
  void SetUp() override {
    auto both = track(sys->spawn(play, heard));
    services->names.bind("node/journal", both);
    services->names.bind("node/health", both);
    started = sched->clock().now();
    clock_deps deps{services, {mono_us{base_us}, started}, [this] {
                      return utc_ns{now_us() * 1'000 + stepped_ns};
                    }};
    actor = track(sys->spawn(clock_behavior, std::move(deps)));
    run();
  }

  std::int64_t now_us() {
    return timeline{mono_us{base_us}, started}.at(sched->clock().now()).count;
  }

  protocol::clock_reading reading(std::string session, std::int64_t err_us) {
    protocol::clock_reading r;
    r.session = std::move(session);
    r.account = "a1";
    r.who = role::operator_;
    r.line.ref_us = 500;
    r.line.err_us = err_us;
    r.at = mono_us{now_us()};
    return r;
  }

  void tell(protocol::clock_reading r) {
    caf::anon_send(caf::actor_cast<caf::actor>(actor), std::move(r));
    run();
  }

  json::value view() {
    auto answer = ask<protocol::text_answer>(actor, protocol::get_clocks{});
    EXPECT_TRUE(answer);
    auto parsed = json::parse(std::get<std::string>(answer->outcome),
                              {1'024 * 1'024, 16});
    EXPECT_TRUE(parsed);
    return *parsed;
  }

  std::string words(const char* key) {
    auto all = view();
    std::string out;
    for (const auto& c : *all.find("clocks")->as_array())
      out += *c.find(key)->as_string() + " ";
    return out;
  }

  std::shared_ptr<listener> heard = std::make_shared<listener>();
  caf::actor_clock::time_point started;
  std::int64_t stepped_ns = 0;
  clock_impl actor;
};

TEST_F(clock_fixture, lists_the_worst_clock_first) {
  tell(reading("fine", 2'000));
  tell(reading("bad", 50'000));
  tell(reading("so_so", 20'000));
  EXPECT_EQ(words("session"), "bad so_so fine ");
  EXPECT_EQ(words("status"), "red amber green ");
}

TEST_F(clock_fixture, a_silent_clock_turns_red_and_is_forgotten_at_last) {
  tell(reading("s", 2'000));
  advance(seconds{31}, seconds{1});
  EXPECT_EQ(words("status"), "red ");
  advance(seconds{15 * 60}, seconds{1});
  EXPECT_EQ(words("status"), "");
}

TEST_F(clock_fixture, forgets_a_session_that_ended) {
  tell(reading("s", 2'000));
  caf::anon_send(caf::actor_cast<caf::actor>(actor), protocol::clock_gone{"s"});
  run();
  EXPECT_EQ(words("session"), "");
}

TEST_F(clock_fixture, keeps_no_more_than_its_limit) {
  for (std::size_t n = 0; n < clock_state::clocks_max + 3; ++n)
    tell(reading(std::to_string(n), 2'000));
  auto all = view();
  EXPECT_EQ(all.find("clocks")->as_array()->size(), clock_state::clocks_max);
  EXPECT_EQ(*all.find("not_listed")->as_int(), 3);
}

TEST_F(clock_fixture, writes_a_step_of_the_wall_clock_down) {
  advance(seconds{5}, seconds{1});
  EXPECT_TRUE(heard->batches.empty());
  EXPECT_EQ(heard->last.level, protocol::health_level::ok);
  stepped_ns = 1'000'000'000;
  advance(seconds{5}, seconds{1});
  ASSERT_EQ(heard->batches.size(), 1u);
  EXPECT_EQ(heard->batches[0].bout, protocol::clock_bout);
  ASSERT_EQ(heard->batches[0].drafts.size(), 1u);
  EXPECT_EQ(heard->batches[0].drafts[0].kind, "clock_stepped");
  // Else no journal takes it.
  EXPECT_EQ(heard->batches[0].drafts[0].actor, "admin:node");
  EXPECT_EQ(heard->last.level, protocol::health_level::degraded);
  EXPECT_NE(heard->last.reason.find("1000 ms"), std::string::npos);
  EXPECT_EQ(view().find("server")->find("steps")->as_array()->size(), 1u);
  advance(seconds{3'601}, seconds{10});
  EXPECT_EQ(heard->last.level, protocol::health_level::ok);
}

} // namespace
} // namespace ringside
