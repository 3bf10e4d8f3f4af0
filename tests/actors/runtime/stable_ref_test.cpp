#include "actors/runtime/stable_ref.hpp"

#include "tests/actors/runtime/test_actors.hpp"
#include "tests/support/actor_fixture.hpp"

namespace ringside::test {

namespace {

struct stable_ref_fixture : actor_fixture {
  stable_ref_fixture() {
    handle = caf::make_actor<stable_ref, caf::actor>(
      sys->next_actor_id(), sys->node(), sys.get(), actor_cfg, "bout/1",
      book.sink(), hold_max);
    ref
      = static_cast<stable_ref*>(caf::actor_cast<caf::abstract_actor*>(handle));
  }

  ~stable_ref_fixture() override {
    handle = nullptr;
  }

  caf::actor spawn_worker(std::uint64_t incarnation) {
    child_context context{"bout/1", incarnation, services};
    worker_options options;
    options.book = pages;
    auto who = track(sys->spawn(worker, context, options));
    run();
    return who;
  }

  void bind(const caf::actor& who) {
    ref->bind(caf::actor_cast<caf::strong_actor_ptr>(who));
  }

  void TearDown() override {
    ref->retire();
    actor_fixture::TearDown();
    handle = nullptr;
  }

  static constexpr std::size_t hold_max = 4;
  caf::actor_config actor_cfg;
  diary_ptr pages = std::make_shared<diary>();
  caf::actor handle;
  stable_ref* ref = nullptr;
};

TEST_F(stable_ref_fixture, forwards_and_replies_come_back) {
  bind(spawn_worker(1));
  EXPECT_EQ(*ask<int>(handle, echo{5}), 5);
}

TEST_F(stable_ref_fixture, survives_the_crash_of_its_target) {
  bind(spawn_worker(1));
  EXPECT_FALSE(ask<int>(handle, crash{}));
  auto held = send_request<int>(handle, whoami{});
  run();
  EXPECT_FALSE(held->has_value());
  EXPECT_EQ(ref->held(), 1u);
  bind(spawn_worker(2));
  run();
  ASSERT_TRUE(held->has_value());
  EXPECT_EQ(***held, 2);
  EXPECT_EQ(*ask<int>(handle, whoami{}), 2);
}

TEST_F(stable_ref_fixture, holds_from_the_moment_the_mailbox_closes) {
  bind(spawn_worker(1));
  auto boom = send_request<int>(handle, crash{});
  auto behind = send_request<int>(handle, echo{1});
  run();
  ASSERT_TRUE(behind->has_value());
  EXPECT_EQ((*behind)->reason().code, ec::unavailable);
  // The retry of a client must not spin against the dead actor.
  auto retry = send_request<int>(handle, echo{1});
  run();
  EXPECT_FALSE(retry->has_value());
  bind(spawn_worker(2));
  run();
  ASSERT_TRUE(retry->has_value());
  EXPECT_TRUE(**retry);
}

TEST_F(stable_ref_fixture, delivers_what_it_held_in_order) {
  for (int i = 1; i <= 4; ++i)
    caf::anon_send(handle, note{i});
  auto who = spawn_worker(1);
  pages->take();
  bind(who);
  caf::anon_send(handle, note{5});
  run();
  EXPECT_EQ(pages->take(),
            (std::vector<std::string>{"bout/1=1", "bout/1=2", "bout/1=3",
                                      "bout/1=4", "bout/1=5"}));
}

TEST_F(stable_ref_fixture, bounces_and_drops_above_the_cap) {
  for (int i = 0; i < 6; ++i)
    caf::anon_send(handle, note{i});
  EXPECT_EQ(ref->held(), hold_max);
  EXPECT_EQ(ref->dropped(), 2u);
  auto reply = ask<int>(handle, echo{1});
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.reason().code, ec::overloaded);
  EXPECT_EQ(ref->bounced(), 1u);
}

TEST_F(stable_ref_fixture, refuses_when_nobody_is_coming) {
  auto early = send_request<int>(handle, echo{1});
  run();
  caf::anon_send(handle, note{1});
  ref->refuse();
  run();
  ASSERT_TRUE(early->has_value());
  EXPECT_EQ((*early)->reason().code, ec::unavailable);
  EXPECT_EQ(ref->dropped(), 1u);
  EXPECT_EQ(ask<int>(handle, echo{1}).reason().code, ec::unavailable);
  bind(spawn_worker(1));
  EXPECT_EQ(*ask<int>(handle, echo{1}), 1);
}

TEST_F(stable_ref_fixture, never_holds_an_exit_message) {
  caf::anon_send_exit(handle, caf::exit_reason::kill);
  bind(spawn_worker(1));
  EXPECT_EQ(*ask<int>(handle, echo{1}), 1);
}

TEST_F(stable_ref_fixture, passes_an_exit_message_to_its_target) {
  bind(spawn_worker(1));
  caf::anon_send_exit(handle, caf::exit_reason::kill);
  run();
  caf::anon_send(handle, note{1});
  EXPECT_EQ(ref->held(), 1u);
}

TEST_F(stable_ref_fixture, holds_after_binding_a_dead_actor) {
  auto who = spawn_worker(1);
  caf::anon_send_exit(who, caf::exit_reason::kill);
  run();
  bind(who);
  caf::anon_send(handle, note{1});
  EXPECT_EQ(ref->held(), 1u);
}

TEST_F(stable_ref_fixture, is_down_for_its_watchers_only_when_retired) {
  auto downs = std::make_shared<int>(0);
  auto fun = [](caf::event_based_actor* self, caf::actor what,
                std::shared_ptr<int> n) -> caf::behavior {
    self->set_down_handler(
      [n](caf::scheduled_actor*, caf::down_msg&) { ++*n; });
    self->monitor(what);
    return {[](const echo& x) { return x.n; }};
  };
  track(sys->spawn(fun, handle, downs));
  bind(spawn_worker(1));
  EXPECT_FALSE(ask<int>(handle, crash{}));
  EXPECT_EQ(*downs, 0);
  ref->retire();
  run();
  EXPECT_EQ(*downs, 1);
}

} // namespace

} // namespace ringside::test
