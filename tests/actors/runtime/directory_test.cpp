#include "actors/runtime/directory.hpp"

#include "actors/runtime/stable_ref.hpp"

#include "tests/actors/runtime/test_actors.hpp"
#include "tests/support/actor_fixture.hpp"

namespace ringside::test {

namespace {

struct directory_fixture : actor_fixture {
  caf::actor spawn_worker(const std::string& name) {
    child_context context{name, 1, services};
    auto who = track(sys->spawn(worker, context, worker_options{}));
    run();
    return who;
  }
};

TEST(actor_name, is_a_path_of_ids) {
  for (auto* name : {"node", "node/journal", "bout/b-1/seat/3"})
    EXPECT_TRUE(valid_actor_name(name)) << name;
  for (auto* name : {"", "/", "node/", "/node", "a//b", "a b", "a/../b"})
    EXPECT_FALSE(valid_actor_name(name)) << name;
}

TEST_F(directory_fixture, resolves_what_was_bound) {
  auto& names = services->names;
  EXPECT_FALSE(names.resolve("bout/1"));
  names.bind("bout/1", spawn_worker("bout/1"));
  EXPECT_EQ(*ask<int>(names.resolve("bout/1"), echo{3}), 3);
}

TEST_F(directory_fixture, gives_the_same_reference_for_a_name) {
  auto& names = services->names;
  auto early = names.open("bout/1");
  auto held = send_request<int>(early, echo{8});
  run();
  names.bind("bout/1", spawn_worker("bout/1"));
  run();
  ASSERT_TRUE(held->has_value());
  EXPECT_EQ(names.resolve("bout/1"), early);
}

TEST_F(directory_fixture, lists_by_prefix_in_order) {
  auto& names = services->names;
  for (auto* name : {"bout/2", "bout/1", "node", "bouts"})
    names.open(name);
  EXPECT_EQ(names.list("bout/"),
            (std::vector<std::string>{"bout/1", "bout/2"}));
  EXPECT_EQ(names.list().size(), 4u);
  EXPECT_TRUE(names.list("zone").empty());
}

TEST_F(directory_fixture, forgets_removed_names) {
  auto& names = services->names;
  auto old = names.open("bout/1");
  names.remove("bout/1");
  names.remove("bout/1");
  EXPECT_FALSE(names.resolve("bout/1"));
  EXPECT_EQ(names.peek("bout/1"), nullptr);
  EXPECT_EQ(ask<int>(old, echo{1}).reason().code, ec::unavailable);
  EXPECT_NE(names.open("bout/1"), old);
}

using typed_echo = caf::typed_actor<caf::replies_to<echo>::with<int>>;

TEST_F(directory_fixture, resolves_typed_handles) {
  auto fun
    = [](typed_echo::pointer self, log_sink log) -> typed_echo::behavior_type {
    harden(self, std::move(log), "typed");
    return {[](const echo& x) { return x.n * 2; }};
  };
  auto who = track(sys->spawn(fun, book.sink()));
  services->names.bind("typed", caf::actor_cast<caf::actor>(who));
  auto handle = services->names.resolve<typed_echo>("typed");
  ASSERT_TRUE(handle);
  EXPECT_EQ(*ask<int>(handle, echo{4}), 8);
  EXPECT_FALSE(services->names.resolve<typed_echo>("nobody"));
}

TEST_F(directory_fixture, is_usable_from_many_threads) {
  auto& names = services->names;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&names] {
      for (int i = 0; i < 500; ++i) {
        auto name = "bout/" + std::to_string(i % 50);
        names.open(name);
        names.resolve(name);
        names.list("bout/1");
        if (i % 7 == 0)
          names.remove(name);
      }
    });
  for (auto& thread : threads)
    thread.join();
  EXPECT_LE(names.list("bout/").size(), 50u);
}

} // namespace

} // namespace ringside::test
