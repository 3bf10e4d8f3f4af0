#include "tests/actors/runtime/test_actors.hpp"
#include "tests/support/actor_fixture.hpp"

using namespace std::chrono_literals;

namespace ringside::test {

namespace {

using lines = std::vector<std::string>;

struct start_fixture : actor_fixture {
  worker_options options() {
    worker_options result;
    result.book = pages;
    return result;
  }

  child_spec child(const std::string& name) {
    return worker_child(name, options());
  }

  caf::actor start(supervisor_spec spec) {
    spec.name = "node";
    return track(spawn_root(services, std::move(spec)));
  }

  caf::actor name(const std::string& text) {
    return services->names.resolve(text);
  }

  diary_ptr pages = std::make_shared<diary>();
};

TEST_F(start_fixture, starts_in_order_and_stops_in_reverse) {
  auto root = start({.children = {child("a"), child("b"), child("c")}});
  EXPECT_TRUE(ask<is_ready>(root, get_ready{}));
  EXPECT_EQ(pages->take(), (lines{"+a", "+b", "+c"}));
  EXPECT_EQ(*ask<int>(name("b"), echo{1}), 1);
  caf::anon_send_exit(root, caf::exit_reason::user_shutdown);
  run();
  EXPECT_EQ(pages->take(), (lines{"-c", "-b", "-a"}));
  EXPECT_EQ(sys->registry().running(), 0u);
  EXPECT_EQ(ask<int>(name("a"), echo{1}).reason().code, ec::unavailable);
}

TEST_F(start_fixture, waits_for_each_child_to_be_ready) {
  auto slow = options();
  slow.mute_starts = 1;
  auto spec = worker_child("a", slow);
  spec.ready_timeout = 100ms;
  auto root = start({.children = {spec, child("b")}});
  auto ready = send_request<is_ready>(root, get_ready{});
  advance(99ms, 1ms);
  EXPECT_EQ(pages->take(), (lines{"+a"}));
  EXPECT_FALSE(ready->has_value());
  // Never ready in time is a crash; the second incarnation is better.
  advance(1ms, 1ms);
  EXPECT_EQ(pages->take(), (lines{"-a", "+a", "+b"}));
  EXPECT_TRUE(ready->has_value());
  auto tree = ask<actor_status>(root, get_status{});
  EXPECT_EQ(tree->children[0].restarts, 1u);
  EXPECT_NE(tree->children[0].last_failure.find("not ready"),
            std::string::npos);
}

TEST_F(start_fixture, holds_messages_until_the_child_is_ready) {
  auto held = send_request<int>(services->names.open("a"), whoami{});
  auto slow = options();
  slow.mute_starts = 1;
  auto spec = worker_child("a", slow);
  spec.ready_timeout = 100ms;
  start({.children = {spec}});
  advance(50ms);
  EXPECT_FALSE(held->has_value());
  advance(60ms);
  ASSERT_TRUE(held->has_value());
  EXPECT_EQ(***held, 2);
}

TEST_F(start_fixture, restarts_a_child_that_crashes_while_starting) {
  auto bad = options();
  bad.bad_starts = 2;
  auto root = start({.children = {worker_child("a", bad), child("b")}});
  advance(100ms);
  EXPECT_EQ(pages->take(), (lines{"+a", "+a", "+a", "+b"}));
  EXPECT_EQ(*ask<int>(name("a"), whoami{}), 3);
  auto tree = ask<actor_status>(root, get_status{});
  EXPECT_EQ(tree->children[0].restarts, 2u);
  EXPECT_EQ(tree->children[0].last_failure, "runtime_error: bad start");
}

TEST_F(start_fixture, gives_up_when_a_child_never_starts) {
  auto bad = options();
  bad.bad_starts = 1'000;
  auto root = start({.intensity = {3, 10'000ms},
                     .children = {child("x"), worker_child("a", bad)}});
  auto ready = send_request<is_ready>(root, get_ready{});
  advance(5s);
  EXPECT_EQ(pages->take(), (lines{"+x", "+a", "+a", "+a", "+a", "-x"}));
  ASSERT_TRUE(ready->has_value());
  EXPECT_EQ((*ready)->reason().code, ec::unavailable);
  EXPECT_EQ(book.count(severity::alarm), 1u);
  EXPECT_EQ(sys->registry().running(), 0u);
}

TEST_F(start_fixture, restarts_a_child_that_says_it_cannot_start) {
  auto calls = std::make_shared<int>(0);
  auto fun = [](caf::event_based_actor* self, log_sink log,
                bool bad) -> caf::behavior {
    harden(self, std::move(log), "picky");
    return {
      [bad](const get_ready&) -> caf::result<is_ready> {
        if (bad)
          return refusal(ec::unavailable, "no store");
        return is_ready{};
      },
      [](const echo& x) { return x.n; },
    };
  };
  auto spec = child("a");
  spec.spawn = [=](const child_context& context) -> caf::actor {
    return context.services->system.spawn(fun, context.services->log,
                                          ++*calls == 1);
  };
  auto root = start({.children = {spec}});
  run();
  EXPECT_EQ(*ask<int>(name("a"), echo{1}), 1);
  EXPECT_EQ(*calls, 2);
  auto tree = ask<actor_status>(root, get_status{});
  EXPECT_EQ(tree->children[0].last_failure, "not ready: no store");
}

TEST_F(start_fixture, lets_a_branch_that_gives_up_stop_in_order) {
  auto bad = options();
  bad.bad_starts = 1'000;
  auto nested = supervisor_child(
    {.name = "node/arena",
     .intensity = {0, 10'000ms},
     .children = {child("b"), child("c"), worker_child("d", bad)}});
  start({.intensity = {0, 10'000ms}, .children = {child("a"), nested}});
  run();
  EXPECT_EQ(pages->take(), (lines{"+a", "+b", "+c", "+d", "-c", "-b", "-a"}));
  EXPECT_EQ(book.count(severity::alarm), 2u);
}

TEST_F(start_fixture, treats_a_failing_factory_as_a_crash) {
  auto calls = std::make_shared<int>(0);
  auto spec = child("a");
  spec.spawn = [calls, good = spec.spawn](const child_context& context) {
    if (++*calls == 1)
      throw std::runtime_error("no disk");
    if (*calls == 2)
      return caf::actor{};
    return good(context);
  };
  auto root = start({.children = {spec}});
  advance(100ms);
  EXPECT_EQ(*calls, 3);
  EXPECT_EQ(*ask<int>(name("a"), echo{1}), 1);
  EXPECT_TRUE(book.contains("no disk"));
  EXPECT_TRUE(book.contains("returned no actor"));
}

TEST_F(start_fixture, kills_a_child_that_ignores_the_exit) {
  auto deaf = options();
  deaf.stubborn = true;
  auto spec = worker_child("a", deaf);
  spec.shutdown_timeout = 200ms;
  auto root = start({.children = {spec, child("b")}});
  run();
  pages->take();
  caf::anon_send_exit(root, caf::exit_reason::user_shutdown);
  advance(199ms, 1ms);
  EXPECT_EQ(pages->take(), (lines{"-b"}));
  advance(1ms, 1ms);
  EXPECT_EQ(pages->take(), (lines{"-a"}));
  EXPECT_EQ(sys->registry().running(), 0u);
}

TEST_F(start_fixture, stops_in_the_middle_of_a_start) {
  auto slow = options();
  slow.mute_starts = 1;
  auto root
    = start({.children = {child("a"), worker_child("b", slow), child("c")}});
  run();
  EXPECT_EQ(pages->take(), (lines{"+a", "+b"}));
  caf::anon_send_exit(root, caf::exit_reason::user_shutdown);
  run();
  EXPECT_EQ(pages->take(), (lines{"-b", "-a"}));
}

TEST_F(start_fixture, handles_what_was_queued_before_the_stop) {
  auto root = start({.children = {child("a")}});
  run();
  pages->take();
  for (int i = 0; i < 3; ++i)
    caf::anon_send(name("a"), note{i});
  caf::anon_send_exit(root, caf::exit_reason::user_shutdown);
  run();
  EXPECT_EQ(pages->take(), (lines{"a=0", "a=1", "a=2", "-a"}));
}

TEST_F(start_fixture, takes_its_children_along_when_it_is_killed) {
  auto nested = supervisor_child(
    {.name = "node/arena", .children = {child("b"), child("c")}});
  auto root = start({.children = {child("a"), nested}});
  run();
  EXPECT_EQ(pages->take(), (lines{"+a", "+b", "+c"}));
  caf::anon_send_exit(root, caf::exit_reason::kill);
  run();
  EXPECT_EQ(pages->take().size(), 3u);
  EXPECT_EQ(sys->registry().running(), 0u);
}

TEST_F(start_fixture, starts_and_stops_nested_supervisors_in_order) {
  auto nested = supervisor_child(
    {.name = "node/arena", .children = {child("b"), child("c")}});
  auto root = start({.children = {child("a"), nested, child("d")}});
  run();
  EXPECT_EQ(pages->take(), (lines{"+a", "+b", "+c", "+d"}));
  caf::anon_send_exit(root, caf::exit_reason::user_shutdown);
  run();
  EXPECT_EQ(pages->take(), (lines{"-d", "-c", "-b", "-a"}));
}

} // namespace

} // namespace ringside::test
