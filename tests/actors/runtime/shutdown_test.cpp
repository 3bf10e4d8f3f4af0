#include "actors/runtime/shutdown.hpp"

#include "tests/actors/runtime/test_actors.hpp"
#include "tests/support/actor_fixture.hpp"

#include <future>

using namespace std::chrono_literals;

namespace ringside::test {

namespace {

using lines = std::vector<std::string>;

/// Shutdown on the virtual clock: waiting means running the scheduler.
struct shutdown_fixture : actor_fixture {
  shutdown_options options() {
    shutdown_options result;
    result.grace = 1'000ms;
    result.kill_grace = 500ms;
    result.log = book.sink();
    result.wait = [this](down_latch& latch, std::chrono::milliseconds span) {
      advance(span);
      return latch.remaining().empty();
    };
    result.on_stuck = [this](const lines& names) { stuck = names; };
    return result;
  }

  child_spec child(const std::string& name, bool stubborn = false) {
    worker_options what;
    what.book = pages;
    what.stubborn = stubborn;
    return worker_child(name, what);
  }

  diary_ptr pages = std::make_shared<diary>();
  lines stuck;
};

TEST_F(shutdown_fixture, is_orderly_and_drains) {
  auto root = track(spawn_root(
    services, {.name = "node", .children = {child("a"), child("b")}}));
  run();
  pages->take();
  caf::anon_send(services->names.resolve("a"), note{1});
  EXPECT_EQ(shut_down(root, "node", options()), shutdown_result::orderly);
  EXPECT_EQ(pages->take(), (lines{"a=1", "-b", "-a"}));
  EXPECT_EQ(sys->registry().running(), 0u);
}

TEST_F(shutdown_fixture, stops_the_stores_after_the_tree) {
  auto root
    = track(spawn_root(services, {.name = "node", .children = {child("a")}}));
  worker_options what;
  what.book = pages;
  auto store
    = track(sys->spawn(worker, child_context{"store", 1, services}, what));
  run();
  pages->take();
  auto how = options();
  how.afterwards = {{"store", store}};
  EXPECT_EQ(shut_down(root, "node", how), shutdown_result::orderly);
  EXPECT_EQ(pages->take(), (lines{"-a", "-store"}));
}

TEST_F(shutdown_fixture, kills_what_does_not_end_in_time) {
  auto deaf = child("a", true);
  deaf.shutdown_timeout = 10s;
  auto root = track(spawn_root(services, {.name = "node", .children = {deaf}}));
  run();
  EXPECT_EQ(shut_down(root, "node", options()), shutdown_result::killed);
  EXPECT_EQ(sys->registry().running(), 0u);
  EXPECT_TRUE(stuck.empty());
}

TEST_F(shutdown_fixture, counts_an_actor_that_is_gone_already) {
  auto root = track(spawn_root(services, {.name = "node", .children = {}}));
  run();
  caf::anon_send_exit(root, caf::exit_reason::kill);
  run();
  EXPECT_EQ(shut_down(root, "node", options()), shutdown_result::orderly);
}

/// A real thread in a handler that does not return.
TEST(shutdown, calls_the_watchdog_when_a_detached_actor_is_stuck) {
  log_book book;
  hooked_config cfg;
  apply_settings(cfg, {});
  caf::actor_system sys{cfg};
  std::promise<void> inside;
  std::promise<void> release;
  auto gate = release.get_future().share();
  auto fun = [](caf::event_based_actor* self, log_sink log,
                std::shared_future<void> wait,
                std::promise<void>* entered) -> caf::behavior {
    harden(self, std::move(log), "stuck");
    return {[=](const note&) {
      entered->set_value();
      wait.wait();
    }};
  };
  auto who = sys.spawn<caf::detached>(fun, book.sink(), gate, &inside);
  caf::anon_send(who, note{1});
  inside.get_future().wait();
  shutdown_options how;
  how.grace = 30ms;
  how.kill_grace = 30ms;
  how.log = book.sink();
  lines stuck;
  how.on_stuck = [&](const lines& names) { stuck = names; };
  EXPECT_EQ(shut_down(who, "stuck", how), shutdown_result::stuck);
  EXPECT_EQ(stuck, (lines{"stuck"}));
  EXPECT_EQ(book.count(severity::alarm), 1u);
  // Now it can go: the kill is in its mailbox.
  down_latch latch;
  latch.watch(who, "stuck");
  release.set_value();
  EXPECT_TRUE(latch.wait_for(5s));
}

TEST(shutdown_death, aborts_by_default) {
  auto stuck = [] {
    hooked_config cfg;
    apply_settings(cfg, {});
    caf::actor_system sys{cfg};
    auto fun = [](caf::event_based_actor* self, int) -> caf::behavior {
      self->set_exit_handler([](caf::scheduled_actor*, caf::exit_msg&) {
        // nop
      });
      return {[](const note&) { std::this_thread::sleep_for(10s); }};
    };
    auto who = sys.spawn(fun, 0);
    caf::anon_send(who, note{1});
    shutdown_options how;
    how.grace = 20ms;
    how.kill_grace = 20ms;
    how.log = [](const log_event& line) {
      std::fprintf(stderr, "%s\n", line.text.c_str());
    };
    shut_down(who, "node", how);
  };
  ::testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_DEATH(stuck(), "stuck: node");
}

} // namespace

} // namespace ringside::test
