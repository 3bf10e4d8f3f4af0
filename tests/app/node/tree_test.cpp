#include "actors/protocol/feed_actors.hpp"
#include "domain/audit/json.hpp"
#include "persistence/journal_check.hpp"
#include "tests/support/node_fixture.hpp"

namespace ringside {
namespace {

using test::node_tree_fixture;
using test::screen;
using test::seen_frames;

TEST_F(node_tree_fixture, runs_a_bout_to_its_published_result) {
  fight();
  auto view = view_of_bout();
  EXPECT_NE(view.find("unanimous_decision"), std::string::npos) << view;
  EXPECT_NE(view.find("published"), std::string::npos) << view;
}

TEST_F(node_tree_fixture, repeats_the_first_answer) {
  create();
  auto open = make(timekeeper, bout::open_round{1});
  auto name = "bout/" + id.str() + "/desk/timekeeper";
  auto first = must(send(name, open, id));
  auto again = must(send(name, open, id));
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(again.version, first.version);
  EXPECT_EQ(again.position, first.position);
  open.digest[0] = 1;
  auto reused = answer_to(send(name, open, id));
  EXPECT_EQ(std::get<error>(reused.outcome).code, ec::command_id_reused);
}

TEST_F(node_tree_fixture, brings_a_killed_actor_back_with_its_state) {
  fight();
  auto before = view_of_bout();
  for (auto name : {"bout/" + id.str() + "/bout", std::string{"node/journal"},
                    std::string{"node/reader"}, std::string{"node/hub"},
                    std::string{"node/audit"}, std::string{"node/accounts"},
                    std::string{"bouts"}, "bout/" + id.str() + "/seat/1"}) {
    auto victim = services->names.open(name);
    caf::anon_send_exit(victim, caf::exit_reason::kill);
    advance(std::chrono::seconds{2});
    EXPECT_EQ(view_of_bout(), before) << "after " << name;
  }
}

TEST_F(node_tree_fixture, folds_the_same_after_a_restart_of_the_node) {
  fight();
  auto before = view_of_bout();
  caf::anon_send_exit(root, caf::exit_reason::user_shutdown);
  advance(std::chrono::seconds{5});
  start();
  auto bouts = services->names.open<protocol::bouts_actor>("bouts");
  auto woken = ask<protocol::text_answer>(bouts, protocol::wake_bout{id});
  ASSERT_TRUE(woken);
  settle();
  EXPECT_EQ(view_of_bout(), before);
}

TEST_F(node_tree_fixture, shows_every_step_on_a_screen) {
  create();
  auto seen = std::make_shared<seen_frames>();
  auto tv = track(sys->spawn(screen, seen));
  auto hub = services->names.open<protocol::hub_actor>("node/hub");
  protocol::stream_key key{"bout/" + id.str(),
                           {wire::audience::kind::control, 0}};
  caf::anon_send(caf::actor_cast<caf::actor>(hub), protocol::follow{key, tv});
  auto start = ask<protocol::join_answer>(hub, protocol::join{key, {}});
  ASSERT_TRUE(start);
  ASSERT_TRUE(std::holds_alternative<protocol::joined>(start->outcome));
  desk("timekeeper", timekeeper, bout::open_round{1});
  ASSERT_FALSE(seen->frames.empty());
  auto frame = json::parse(seen->frames.back(), {64 * 1024, 16});
  ASSERT_TRUE(frame) << frame.reason().detail;
  EXPECT_EQ(*frame->find("seq")->as_int(),
            static_cast<std::int64_t>(
              std::get<protocol::joined>(start->outcome).seq + 1));
}

TEST_F(node_tree_fixture, leaves_a_journal_that_verifies) {
  fight();
  advance(std::chrono::seconds{6});
  auto store = test::memory_world::open(world.disk, true);
  ASSERT_TRUE(store);
  audit::verify_options options;
  options.origin = world.origin;
  options.keys = {{world.key()->verifier()}};
  auto report = persistence::verify_store(**store, options, world.signed_last);
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->sound());
  EXPECT_GT(report->entries, 10u);
  EXPECT_EQ(report->signed_size, report->entries);
}

TEST_F(node_tree_fixture, refuses_while_the_disk_is_full_and_recovers) {
  create();
  auto name = "bout/" + id.str() + "/desk/timekeeper";
  world.disk->capacity(1);
  auto lost = make(timekeeper, bout::open_round{1});
  auto refused = answer_to(send(name, lost, id));
  ASSERT_TRUE(std::holds_alternative<error>(refused.outcome));
  world.disk->capacity(1'000'000'000);
  advance(std::chrono::seconds{5});
  EXPECT_FALSE(must(send(name, lost, id)).replayed);
}

} // namespace
} // namespace ringside
