#include "actors/ops/health.hpp"
#include "actors/protocol/journal_messages.hpp"

#include "tests/support/actor_fixture.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

namespace ringside {
namespace {

using protocol::health_level;
using std::chrono::seconds;

struct stand_in {
  std::optional<error> read_only;
  bool silent = false;
  int topics = 0;
};

caf::behavior play_both(caf::event_based_actor* self,
                        std::shared_ptr<stand_in> it) {
  return {
    [self, it](const protocol::get_journal_state&)
      -> caf::result<protocol::journal_state> {
      if (it->silent)
        return self->make_response_promise<protocol::journal_state>();
      protocol::journal_state s;
      s.read_only = it->read_only;
      return s;
    },
    [it](const protocol::set_topic&) { ++it->topics; },
  };
}

class health_fixture : public test::actor_fixture {
protected:
  void SetUp() override {
    auto both = track(sys->spawn(play_both, it));
    services->names.bind("node/journal", both);
    services->names.bind("node/hub", both);
    health_deps deps{services, {"journal", "listener"}, {}};
    deps.probes.push_back(
      {"disk", [this] {
         return protocol::report_health{"disk", disk, "as told"};
       }});
    actor = track(sys->spawn(health_behavior, std::move(deps)));
    run();
  }

  protocol::component_health of(const std::string& name) {
    auto all = ask<protocol::health_view>(actor, protocol::get_health{});
    EXPECT_TRUE(all);
    for (const auto& c : all->components)
      if (c.component == name)
        return c;
    ADD_FAILURE() << "no component " << name;
    return {};
  }

  bool ready() {
    auto all = ask<protocol::health_view>(actor, protocol::get_health{});
    return all && all->ready;
  }

  void report(const std::string& component, health_level level) {
    caf::anon_send(caf::actor_cast<caf::actor>(actor),
                   protocol::report_health{component, level, "because"});
    run();
  }

  std::shared_ptr<stand_in> it = std::make_shared<stand_in>();
  health_level disk = health_level::ok;
  health_impl actor;
};

TEST_F(health_fixture, is_ready_when_everything_expected_has_reported) {
  EXPECT_FALSE(ready());
  EXPECT_EQ(of("listener").reason, "has not reported yet");
  report("listener", health_level::ok);
  EXPECT_TRUE(ready());
  report("listener", health_level::degraded);
  EXPECT_TRUE(ready());
  report("listener", health_level::failed);
  EXPECT_FALSE(ready());
}

TEST_F(health_fixture, sees_a_read_only_journal_and_its_recovery) {
  it->read_only = refuse(ec::read_only, "the disk is full");
  advance(seconds{1});
  EXPECT_EQ(of("journal").level, health_level::failed);
  EXPECT_EQ(of("journal").reason, "the disk is full");
  it->read_only.reset();
  advance(seconds{1});
  EXPECT_EQ(of("journal").level, health_level::ok);
}

TEST_F(health_fixture, a_silent_journal_is_degraded) {
  it->silent = true;
  advance(seconds{3});
  EXPECT_EQ(of("journal").level, health_level::degraded);
}

TEST_F(health_fixture, runs_its_probes_every_second) {
  EXPECT_EQ(of("disk").level, health_level::ok);
  disk = health_level::failed;
  advance(seconds{1});
  EXPECT_EQ(of("disk").level, health_level::failed);
  EXPECT_LT(of("disk").since_ms, 1'000);
  advance(seconds{5});
  EXPECT_GE(of("disk").since_ms, 4'000);
}

TEST_F(health_fixture, publishes_changes_only_and_again_when_asked) {
  advance(seconds{2});
  auto before = it->topics;
  advance(seconds{5});
  EXPECT_EQ(it->topics, before);
  report("listener", health_level::ok);
  EXPECT_EQ(it->topics, before + 1);
  caf::anon_send(caf::actor_cast<caf::actor>(actor), protocol::hub_started{});
  run();
  EXPECT_EQ(it->topics, before + 2);
}

} // namespace
} // namespace ringside
