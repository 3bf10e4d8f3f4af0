#include "tests/actors/runtime/test_actors.hpp"
#include "tests/support/actor_fixture.hpp"

using namespace std::chrono_literals;

namespace ringside::test {

namespace {

using lines = std::vector<std::string>;

/// node -> a, node/arena -> b.
struct admin_fixture : actor_fixture {
  void SetUp() override {
    auto branch
      = supervisor_child({.name = "node/arena", .children = {child("b")}});
    root = track(
      spawn_root(services, {.name = "node", .children = {child("a"), branch}}));
    run();
    pages->take();
  }

  void TearDown() override {
    root = nullptr;
    actor_fixture::TearDown();
  }

  child_spec child(const std::string& name,
                   restart_policy policy = restart_policy::permanent) {
    worker_options options;
    options.book = pages;
    return worker_child(name, options, policy);
  }

  caf::actor name(const std::string& text) {
    return services->names.resolve(text);
  }

  caf::actor root;
  diary_ptr pages = std::make_shared<diary>();
};

// -- status -------------------------------------------------------------------

TEST_F(admin_fixture, shows_the_whole_tree) {
  auto tree = ask<actor_status>(name("node"), get_status{});
  ASSERT_TRUE(tree);
  EXPECT_EQ(tree->name, "node");
  EXPECT_TRUE(tree->supervisor);
  EXPECT_EQ(tree->state, child_state::running);
  ASSERT_EQ(tree->children.size(), 2u);
  EXPECT_EQ(tree->children[0].name, "a");
  EXPECT_EQ(tree->children[0].state, child_state::running);
  EXPECT_EQ(tree->children[0].last_failure, "");
  auto& arena = tree->children[1];
  EXPECT_TRUE(arena.supervisor);
  ASSERT_EQ(arena.children.size(), 1u);
  EXPECT_EQ(arena.children[0].name, "b");
}

TEST_F(admin_fixture, shows_the_numbers_of_the_probes) {
  for (int i = 0; i < 10; ++i)
    caf::anon_send(name("a"), note{i});
  EXPECT_EQ(services->probes.open("a")->snapshot().depth, 10u);
  sched->advance_time(1ms);
  run();
  auto tree = ask<actor_status>(root, get_status{});
  auto& numbers = tree->children[0].probe;
  EXPECT_EQ(numbers.handled, 11u) << "get_ready and ten notes";
  EXPECT_EQ(numbers.depth, 0u);
  EXPECT_EQ(numbers.depth_max, 10u);
  EXPECT_EQ(numbers.queue_wait.max_ns, 1'000'000u);
  EXPECT_GT(tree->probe.handled, 0u) << "supervisors are metered too";
}

TEST_F(admin_fixture, keeps_the_numbers_of_a_name_over_restarts) {
  caf::anon_send(name("a"), note{1});
  caf::anon_send(name("a"), crash{});
  run();
  EXPECT_EQ(*ask<int>(name("a"), whoami{}), 2);
  auto tree = ask<actor_status>(root, get_status{});
  EXPECT_EQ(tree->children[0].restarts, 1u);
  EXPECT_EQ(tree->children[0].last_failure, "runtime_error: boom");
  EXPECT_EQ(tree->children[0].probe.handled, 5u)
    << "get_ready, note, crash; get_ready, whoami";
}

TEST_F(admin_fixture, describes_what_it_knows_of_a_branch_that_is_stuck) {
  auto mute
    = [](caf::event_based_actor* self, const log_sink& log) -> caf::behavior {
    harden(self, log, "mute");
    auto promise = std::make_shared<caf::response_promise>();
    return {[=](const get_status&) -> caf::result<actor_status> {
      *promise = self->make_response_promise();
      return caf::delegated<actor_status>{};
    }};
  };
  child_spec spec;
  spec.name = "node/mute";
  spec.kind = child_kind::supervisor;
  spec.spawn = [mute](const child_context& context) -> caf::actor {
    return context.services->system.spawn(mute, context.services->log);
  };
  EXPECT_TRUE(ask<child_done>(root, add_child{spec}));
  auto tree = send_request<actor_status>(root, get_status{});
  advance(499ms, 1ms);
  EXPECT_FALSE(tree->has_value());
  advance(2ms, 1ms);
  ASSERT_TRUE(tree->has_value());
  EXPECT_EQ((**tree)->children.size(), 3u);
}

// -- restart ------------------------------------------------------------------

TEST_F(admin_fixture, restarts_a_child_by_name) {
  auto held = send_request<child_done>(root, restart_child{"a"});
  run();
  ASSERT_TRUE(held->has_value());
  EXPECT_TRUE(**held);
  EXPECT_EQ(pages->take(), (lines{"-a", "+a"}));
  EXPECT_EQ(*ask<int>(name("a"), whoami{}), 2);
  EXPECT_EQ(ask<actor_status>(root, get_status{})->children[0].restarts, 1u);
}

TEST_F(admin_fixture, finds_a_child_in_the_branches) {
  EXPECT_TRUE(ask<child_done>(root, restart_child{"b"}));
  EXPECT_EQ(pages->take(), (lines{"-b", "+b"}));
  auto reply = ask<child_done>(root, restart_child{"nobody"});
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.reason().code, ec::not_found);
}

TEST_F(admin_fixture, brings_a_finished_child_back) {
  auto spec = child("t", restart_policy::transient);
  EXPECT_TRUE(ask<child_done>(root, add_child{spec}));
  caf::anon_send(name("t"), leave{});
  run();
  EXPECT_FALSE(ask<int>(name("t"), echo{1}));
  EXPECT_TRUE(ask<child_done>(root, restart_child{"t"}));
  EXPECT_EQ(*ask<int>(name("t"), whoami{}), 2);
}

TEST_F(admin_fixture, replaces_a_child_that_even_kill_cannot_stop) {
  // A handler that never returns, played by an actor that is never scheduled.
  caf::anon_send(name("a"), note{1});
  ASSERT_EQ(sched->jobs.size(), 1u);
  auto* frozen = sched->jobs.front();
  sched->jobs.pop_front();
  auto done = send_request<child_done>(root, restart_child{"a"});
  advance(2'500ms);
  EXPECT_FALSE(done->has_value());
  advance(1s);
  EXPECT_TRUE(done->has_value());
  EXPECT_TRUE(book.contains("a is stuck and was abandoned"));
  EXPECT_EQ(*ask<int>(name("a"), whoami{}), 2);
  sched->jobs.push_back(frozen);
  run();
  EXPECT_EQ(*ask<int>(name("a"), whoami{}), 2) << "the old one unbound it";
}

// -- dynamic children ---------------------------------------------------------

TEST_F(admin_fixture, adds_and_removes_children) {
  EXPECT_TRUE(ask<child_done>(root, add_child{child("bout/1")}));
  EXPECT_EQ(*ask<int>(name("bout/1"), echo{2}), 2);
  auto again = ask<child_done>(root, add_child{child("bout/1")});
  EXPECT_EQ(again.reason().code, ec::wrong_state);
  pages->take();
  EXPECT_TRUE(ask<child_done>(root, remove_child{"bout/1"}));
  EXPECT_EQ(pages->take(), (lines{"-bout/1"}));
  EXPECT_FALSE(name("bout/1"));
  auto gone = ask<child_done>(root, remove_child{"bout/1"});
  EXPECT_EQ(gone.reason().code, ec::not_found);
  EXPECT_TRUE(ask<child_done>(root, add_child{child("bout/1")}));
  EXPECT_EQ(*ask<int>(name("bout/1"), whoami{}), 1);
}

TEST_F(admin_fixture, refuses_bad_children) {
  auto spec = child("bout/1");
  spec.name = "no name";
  EXPECT_EQ(ask<child_done>(root, add_child{spec}).reason().code,
            ec::invalid_value);
  spec = child("bout/1");
  spec.spawn = nullptr;
  EXPECT_EQ(ask<child_done>(root, add_child{spec}).reason().code,
            ec::invalid_value);
}

TEST_F(admin_fixture, starts_a_bout_while_another_one_is_loading) {
  worker_options slow;
  slow.mute_starts = 1;
  auto first
    = send_request<child_done>(root, add_child{worker_child("bout/1", slow)});
  EXPECT_TRUE(ask<child_done>(root, add_child{child("bout/2")}));
  EXPECT_FALSE(first->has_value());
}

TEST_F(admin_fixture, removes_a_child_that_is_backing_off) {
  for (int i = 0; i < 2; ++i) {
    caf::anon_send(name("a"), crash{});
    run();
  }
  EXPECT_EQ(ask<actor_status>(root, get_status{})->children[0].state,
            child_state::restarting);
  EXPECT_TRUE(ask<child_done>(root, remove_child{"a"}));
  advance(1s);
  EXPECT_FALSE(name("a"));
  EXPECT_EQ(ask<actor_status>(root, get_status{})->children.size(), 1u);
}

} // namespace

} // namespace ringside::test
