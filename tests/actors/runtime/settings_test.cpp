#include "actors/runtime/settings.hpp"

#include <caf/all.hpp>
#include <caf/policy/work_sharing.hpp>
#include <caf/scheduler/coordinator.hpp>
#include <gtest/gtest.h>

namespace ringside {

namespace {

TEST(settings, reach_a_live_system) {
  caf::actor_system_config cfg;
  runtime_settings settings;
  settings.max_threads = 3;
  apply_settings(cfg, settings);
  caf::actor_system sys{cfg};
  using sharing = caf::scheduler::coordinator<caf::policy::work_sharing>;
  EXPECT_NE(dynamic_cast<sharing*>(&sys.scheduler()), nullptr);
  EXPECT_EQ(sys.scheduler().num_workers(), 3u);
  EXPECT_EQ(sys.scheduler().max_throughput(), 30u);
}

TEST(settings, turn_on_dead_peer_detection) {
  caf::actor_system_config cfg;
  apply_settings(cfg, {});
  using caf::get_or;
  EXPECT_EQ(get_or(cfg, "middleman.heartbeat-interval", caf::timespan{}),
            caf::timespan{std::chrono::seconds{1}});
  EXPECT_EQ(get_or(cfg, "middleman.connection-timeout", caf::timespan{}),
            caf::timespan{std::chrono::seconds{4}});
  EXPECT_EQ(get_or(cfg, "middleman.workers", std::size_t{0}), 2u);
}

TEST(settings, leave_a_core_for_the_network_but_keep_two_workers) {
  runtime_settings settings;
  EXPECT_GE(worker_threads(settings), 2u);
  settings.max_threads = 1;
  EXPECT_EQ(worker_threads(settings), 1u);
}

TEST(settings, can_ask_for_the_testing_scheduler) {
  caf::actor_system_config cfg;
  runtime_settings settings;
  settings.scheduler = scheduler_kind::testing;
  apply_settings(cfg, settings);
  caf::actor_system sys{cfg};
  EXPECT_NE(dynamic_cast<caf::scheduler::test_coordinator*>(&sys.scheduler()),
            nullptr);
}

} // namespace

} // namespace ringside
