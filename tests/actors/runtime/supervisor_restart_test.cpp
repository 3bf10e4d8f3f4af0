#include "actors/runtime/stable_ref.hpp"

#include "tests/actors/runtime/test_actors.hpp"
#include "tests/support/actor_fixture.hpp"

using namespace std::chrono_literals;

namespace ringside::test {

namespace {

using lines = std::vector<std::string>;

struct restart_fixture : actor_fixture {
  child_spec child(const std::string& name,
                   restart_policy policy = restart_policy::permanent) {
    worker_options options;
    options.book = pages;
    return worker_child(name, options, policy);
  }

  /// Starts a, b and c with this strategy and forgets the diary.
  caf::actor start(restart_strategy strategy,
                   restart_policy policy = restart_policy::permanent) {
    return start({.strategy = strategy,
                  .children = {child("a", policy), child("b", policy),
                               child("c", policy)}});
  }

  caf::actor start(supervisor_spec spec) {
    spec.name = "node";
    root = track(spawn_root(services, std::move(spec)));
    run();
    pages->take();
    return root;
  }

  void TearDown() override {
    root = nullptr;
    actor_fixture::TearDown();
  }

  caf::actor name(const std::string& text) {
    return services->names.resolve(text);
  }

  void crash_child(const std::string& text) {
    caf::anon_send(name(text), crash{});
    run();
  }

  actor_status tree() {
    return *ask<actor_status>(root, get_status{});
  }

  caf::actor root;
  diary_ptr pages = std::make_shared<diary>();
};

// -- strategies ---------------------------------------------------------------

TEST_F(restart_fixture, one_for_one_restarts_the_failed_child_only) {
  start(restart_strategy::one_for_one);
  crash_child("b");
  EXPECT_EQ(pages->take(), (lines{"-b", "+b"}));
  EXPECT_EQ(*ask<int>(name("b"), whoami{}), 2);
  EXPECT_EQ(*ask<int>(name("a"), whoami{}), 1);
}

TEST_F(restart_fixture, rest_for_one_restarts_the_later_ones_too) {
  start(restart_strategy::rest_for_one);
  crash_child("b");
  EXPECT_EQ(pages->take(), (lines{"-b", "-c", "+b", "+c"}));
  crash_child("c");
  advance(50ms);
  EXPECT_EQ(pages->take(), (lines{"-c", "+c"}));
  EXPECT_EQ(*ask<int>(name("a"), whoami{}), 1);
}

TEST_F(restart_fixture, one_for_all_restarts_everybody) {
  start(restart_strategy::one_for_all);
  crash_child("b");
  EXPECT_EQ(pages->take(), (lines{"-b", "-c", "-a", "+a", "+b", "+c"}));
  EXPECT_EQ(*ask<int>(name("a"), whoami{}), 2);
}

TEST_F(restart_fixture, survives_two_failures_at_once) {
  for (auto strategy :
       {restart_strategy::one_for_one, restart_strategy::rest_for_one,
        restart_strategy::one_for_all}) {
    start(strategy);
    caf::anon_send(name("a"), crash{});
    caf::anon_send(name("c"), crash{});
    advance(100ms);
    for (auto* who : {"a", "b", "c"})
      EXPECT_EQ(*ask<int>(name(who), echo{1}), 1);
    caf::anon_send_exit(root, caf::exit_reason::user_shutdown);
    run();
  }
}

// -- policies -----------------------------------------------------------------

TEST_F(restart_fixture, permanent_children_always_come_back) {
  start(restart_strategy::one_for_one);
  caf::anon_send(name("a"), leave{});
  run();
  EXPECT_EQ(pages->take(), (lines{"-a", "+a"}));
}

TEST_F(restart_fixture, transient_children_come_back_after_failures_only) {
  start(restart_strategy::one_for_one, restart_policy::transient);
  caf::anon_send(name("a"), leave{});
  crash_child("b");
  EXPECT_EQ(pages->take(), (lines{"-a", "-b", "+b"}));
  EXPECT_EQ(tree().children[0].state, child_state::stopped);
  EXPECT_EQ(ask<int>(name("a"), echo{1}).reason().code, ec::unavailable);
}

TEST_F(restart_fixture, temporary_children_are_forgotten) {
  start(restart_strategy::one_for_one, restart_policy::temporary);
  crash_child("b");
  EXPECT_EQ(pages->take(), (lines{"-b"}));
  EXPECT_EQ(tree().children.size(), 2u);
  EXPECT_FALSE(name("b"));
}

TEST_F(restart_fixture, restarts_a_killed_child) {
  start(restart_strategy::one_for_one);
  caf::anon_send_exit(name("a"), caf::exit_reason::kill);
  run();
  EXPECT_EQ(pages->take(), (lines{"-a", "+a"}));
  EXPECT_EQ(tree().children[0].last_failure, "kill");
}

// -- messages -----------------------------------------------------------------

TEST_F(restart_fixture, gives_held_messages_to_the_next_incarnation) {
  start(restart_strategy::one_for_one);
  crash_child("a");
  // The second failure in a period pauses before the restart.
  caf::anon_send(name("a"), crash{});
  run();
  EXPECT_EQ(tree().children[0].state, child_state::restarting);
  auto held = send_request<int>(name("a"), whoami{});
  run();
  EXPECT_FALSE(held->has_value());
  EXPECT_EQ(services->names.peek("a")->held(), 1u);
  advance(50ms);
  ASSERT_TRUE(held->has_value());
  EXPECT_EQ(***held, 3);
}

TEST_F(restart_fixture, tells_requesters_what_happened) {
  start(restart_strategy::one_for_one);
  auto boom = send_request<int>(name("a"), crash{"bad row"});
  auto behind = send_request<int>(name("a"), echo{1});
  run();
  EXPECT_NE((*boom)->reason().detail.find("bad row"), std::string::npos);
  EXPECT_EQ((*behind)->reason().code, ec::unavailable);
  EXPECT_EQ(tree().children[0].last_failure, "runtime_error: bad row");
}

// -- intensity ----------------------------------------------------------------

TEST_F(restart_fixture, gives_up_after_too_many_restarts) {
  start({.intensity = {2, 10'000ms}, .children = {child("a"), child("b")}});
  for (int i = 0; i < 2; ++i) {
    crash_child("a");
    advance(100ms);
    EXPECT_EQ(*ask<int>(name("a"), echo{1}), 1);
  }
  EXPECT_EQ(book.count(severity::alarm), 0u);
  crash_child("a");
  EXPECT_EQ(book.count(severity::alarm), 1u);
  EXPECT_TRUE(book.contains("gives up after 2 restarts: a: runtime_error"));
  EXPECT_EQ(pages->take().back(), "-b");
  EXPECT_EQ(sys->registry().running(), 0u);
}

TEST_F(restart_fixture, forgets_failures_older_than_the_period) {
  start({.intensity = {1, 1'000ms}, .children = {child("a")}});
  for (int i = 0; i < 5; ++i) {
    crash_child("a");
    advance(1'100ms);
  }
  EXPECT_EQ(*ask<int>(name("a"), whoami{}), 6);
  EXPECT_EQ(book.count(severity::alarm), 0u);
}

TEST_F(restart_fixture, pauses_longer_after_every_failure_up_to_a_bound) {
  start({.intensity = {100, 3'600'000ms},
         .backoff = {10ms, 80ms},
         .children = {child("a")}});
  std::vector<std::int64_t> pauses;
  for (int i = 0; i < 7; ++i) {
    auto begin = sched->clock().now();
    crash_child("a");
    auto back = send_request<int>(name("a"), echo{1});
    run();
    while (!back->has_value())
      advance(1ms, 1ms);
    pauses.push_back((sched->clock().now() - begin) / 1ms);
  }
  EXPECT_EQ(pauses, (std::vector<std::int64_t>{0, 10, 20, 40, 80, 80, 80}));
}

TEST_F(restart_fixture, holds_messages_of_children_after_it_gave_up) {
  auto branch = supervisor_child({.name = "node/arena",
                                  .intensity = {0, 10'000ms},
                                  .children = {child("b"), child("c")}});
  start({.children = {child("a"), branch}});
  auto c = name("c");
  caf::anon_send(name("a"), crash{});
  run();
  caf::anon_send(name("b"), crash{});
  run();
  // The second restart of the node pauses; c was stopped by the branch.
  auto held = send_request<int>(c, echo{3});
  run();
  EXPECT_FALSE(held->has_value());
  advance(50ms);
  ASSERT_TRUE(held->has_value());
  EXPECT_EQ(***held, 3);
}

// -- nesting ------------------------------------------------------------------

TEST_F(restart_fixture, passes_failures_up_and_rebuilds_the_branch) {
  auto branch = supervisor_child({.name = "node/arena",
                                  .intensity = {1, 10'000ms},
                                  .children = {child("b"), child("c")}});
  start({.children = {child("a"), branch}});
  crash_child("b");
  pages->take();
  crash_child("b");
  advance(100ms);
  EXPECT_EQ(pages->take(), (lines{"-b", "-c", "+b", "+c"}));
  EXPECT_EQ(book.count(severity::alarm), 1u);
  EXPECT_EQ(*ask<int>(name("b"), whoami{}), 1) << "a new branch counts anew";
  auto node = tree();
  EXPECT_EQ(node.children[1].restarts, 1u);
  EXPECT_EQ(node.children[1].last_failure.find("runtime_error: gave up on b"),
            0u);
}

TEST_F(restart_fixture, keeps_names_on_hold_while_a_branch_is_rebuilt) {
  auto branch
    = supervisor_child({.name = "node/arena", .children = {child("b")}});
  start({.strategy = restart_strategy::rest_for_one,
         .children = {child("a"), branch}});
  auto b = name("b");
  crash_child("a");
  pages->take();
  caf::anon_send(name("a"), crash{});
  run();
  EXPECT_EQ(pages->take(), (lines{"-a", "-b"}));
  auto held = send_request<int>(b, echo{3});
  run();
  EXPECT_FALSE(held->has_value()) << "refused although b is coming back";
  advance(50ms);
  ASSERT_TRUE(held->has_value());
  EXPECT_EQ(***held, 3);
}

} // namespace

} // namespace ringside::test
