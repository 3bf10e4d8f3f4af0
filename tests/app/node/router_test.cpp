#include "tests/app/node/router_fixture.hpp"

#include <string>
#include <vector>

/// Cameras whose pictures vision workers look at, in a whole node under virtual
/// time. Case 30 of the defect catalogue.
namespace ringside {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using test::router_fixture;

TEST_F(router_fixture, pictures_go_to_workers_and_come_back_as_reports) {
  auto camera = add_camera();
  auto& w = add_worker();
  pass(milliseconds{100});
  auto answer = send(camera);
  EXPECT_TRUE(has(answer, R"("queued":1)")) << answer;
  EXPECT_TRUE(has(answer, R"("waiting":1)")) << answer;
  pass(milliseconds{300});
  film(5);
  pass(seconds{1});
  expect_all_in_order();
  EXPECT_EQ(w.jobs, 6u);
  EXPECT_TRUE(
    has(status(camera), R"("work":{"dead_letters":0,"waiting":0,"worked":6})"))
    << status(camera);
  EXPECT_EQ(of(w.id, "done"), "6");
}

TEST_F(router_fixture, case_30_a_killed_worker_loses_and_doubles_nothing) {
  for (int i = 0; i < 3; ++i)
    add_camera();
  auto& first = add_worker();
  auto& second = add_worker();
  first.takes = second.takes = milliseconds{60};
  film(15);
  // In the middle of its work.
  for (int i = 0; i < 500 && first.has.empty(); ++i)
    pass(milliseconds{10});
  ASSERT_FALSE(first.has.empty());
  first.alive = false;
  film(25);
  pass(seconds{8});
  EXPECT_EQ(total("deaths"), 1);
  EXPECT_GE(total("retried"), 1);
  EXPECT_EQ(total("dead_letters"), 0);
  EXPECT_EQ(of(first.id, "state"), "dead");
  expect_all_in_order();
  EXPECT_GE((*heard)[cameras[0]].size(), 30u);
}

TEST_F(router_fixture, case_30_a_worker_back_from_the_dead_doubles_nothing) {
  add_camera();
  auto& first = add_worker();
  auto& second = add_worker();
  film(10);
  for (auto* w : {&first, &second}) {
    w->alive = false;
    film(25);
    pass(seconds{2});
    // What it had is long somebody else's.
    w->alive = true;
    w->answer = nullptr;
    film(10);
  }
  pass(seconds{5});
  EXPECT_EQ(total("dead_letters"), 0);
  expect_all_in_order();
}

TEST_F(router_fixture, case_30_an_erring_worker_is_kept_away_from_pictures) {
  for (int i = 0; i < 2; ++i)
    add_camera();
  auto& bad = add_worker();
  auto& good = add_worker();
  film(10);
  bad.errs = true;
  // Each goes to the other one after its error; new cameras try it again.
  for (int i = 0; i < 8 && of(bad.id, "state") != "quarantined"; ++i) {
    add_camera();
    film(25);
  }
  ASSERT_EQ(of(bad.id, "state"), "quarantined") << routing_view();
  auto jobs = bad.jobs;
  film(150);
  EXPECT_EQ(of(bad.id, "state"), "quarantined") << "time heals nothing";
  EXPECT_EQ(bad.jobs, jobs);
  EXPECT_GE(bad.trials, 1u);
  bad.errs = false;
  for (int i = 0; i < 90 && of(bad.id, "state") == "quarantined"; ++i)
    film(10);
  film(20);
  pass(seconds{2});
  EXPECT_NE(of(bad.id, "state"), "quarantined") << routing_view();
  EXPECT_EQ(total("dead_letters"), 0) << routing_view();
  expect_all_in_order();
  EXPECT_GT(good.jobs, jobs);
}

TEST_F(router_fixture, case_30_one_worker_does_not_take_everything) {
  auto& first = add_worker();
  auto& second = add_worker();
  for (int i = 0; i < 6; ++i)
    add_camera();
  film(80);
  pass(seconds{1});
  expect_all_in_order();
  EXPECT_GE(first.jobs, 3 * second.jobs / 4);
  EXPECT_GE(second.jobs, 3 * first.jobs / 4);
}

TEST_F(router_fixture, a_slow_worker_gets_less_and_holds_up_nothing) {
  auto& slow = add_worker();
  auto& fast = add_worker();
  slow.takes = milliseconds{300};
  slow.want = 1;
  for (int i = 0; i < 4; ++i)
    add_camera();
  film(120);
  pass(seconds{3});
  expect_all_in_order();
  EXPECT_GT(fast.jobs, 3 * slow.jobs);
  EXPECT_EQ(total("dead_letters"), 0);
}

TEST_F(router_fixture, what_no_worker_can_do_is_given_up_and_shown) {
  auto camera = add_camera();
  auto& w = add_worker();
  film(5);
  w.errs = true;
  film(1);
  pass(seconds{1});
  w.errs = false;
  film(5);
  pass(seconds{1});
  auto all = (*heard)[camera];
  EXPECT_EQ(all, (std::vector<std::uint64_t>{1, 2, 3, 4, 5, 7, 8, 9, 10, 11}));
  auto view = routing_view();
  EXPECT_TRUE(has(view, R"("why":"no model")")) << view;
  EXPECT_TRUE(has(view, R"("seq":6)")) << view;
  EXPECT_TRUE(has(status(camera), R"("dead_letters":1)")) << status(camera);
}

TEST_F(router_fixture, without_workers_the_sender_has_to_wait) {
  auto camera = add_camera();
  std::string answer;
  for (int i = 0; i < 70 && answer != "rate_limited"; ++i)
    answer = send(camera);
  EXPECT_EQ(answer, "rate_limited");
  EXPECT_EQ(sent[camera], intake::backlog::batches_max);
  add_worker();
  pass(seconds{4});
  EXPECT_TRUE(has(send(camera), R"("queued":1)"));
  pass(seconds{1});
  expect_all_in_order();
}

TEST_F(router_fixture, a_flood_reaches_no_worker) {
  auto camera = add_camera();
  auto& w = add_worker();
  film(5);
  json::array many(64, json::object{{"picture", "x"}});
  for (std::uint64_t n = 1; n <= 20; ++n)
    tell<protocol::source_actor>(
      "source/" + camera,
      protocol::send_detections{
        "a9", {100 + n, std::make_shared<const json::array>(many), now(), {}}});
  auto jobs = w.jobs;
  EXPECT_TRUE(has(status(camera), R"("state":"quarantined")"));
  pass(seconds{2});
  EXPECT_LE(w.jobs, jobs + 10);
}

TEST_F(router_fixture, a_killed_router_loses_and_doubles_nothing) {
  for (int i = 0; i < 2; ++i)
    add_camera();
  add_worker().takes = milliseconds{50};
  add_worker().takes = milliseconds{50};
  for (int i = 0; i < 4; ++i) {
    film(13);
    kill("vision/router");
    film(10);
  }
  pass(seconds{5});
  EXPECT_EQ(total("dead_letters"), 0);
  expect_all_in_order();
}

TEST_F(router_fixture, a_killed_source_loses_and_doubles_nothing) {
  for (int i = 0; i < 2; ++i)
    add_camera();
  auto& w = add_worker();
  w.takes = milliseconds{70};
  film(10);
  for (int i = 0; i < 3; ++i) {
    for (int n = 0; n < 5; ++n)
      for (const auto& camera : cameras)
        send(camera);
    kill("source/" + cameras[0]);
    pass(milliseconds{70});
    kill("source/" + cameras[1]);
    kill("source/" + w.id);
    pass(seconds{4});
  }
  film(5);
  pass(seconds{5});
  EXPECT_EQ(total("dead_letters"), 0);
  expect_all_in_order();
}

TEST_F(router_fixture, killed_sources_actor_loses_and_doubles_nothing) {
  add_camera();
  add_worker();
  film(10);
  kill("vision/sources");
  film(10);
  pass(seconds{5});
  expect_all_in_order();
}

TEST_F(router_fixture, a_drained_worker_finishes_and_rests) {
  for (int i = 0; i < 4; ++i)
    add_camera();
  auto& first = add_worker();
  auto& second = add_worker();
  film(40);
  auto answer = tell<protocol::sources_actor>(
    "vision/sources", protocol::drain_source{admin, first.id, true});
  EXPECT_TRUE(has(answer, R"("draining":true)")) << answer;
  film(10);
  EXPECT_EQ(of(first.id, "state"), "drained");
  auto jobs = first.jobs;
  // It is an entry of the chain, so that no crash forgets it.
  kill("vision/sources");
  kill("vision/router");
  kill("source/" + first.id);
  film(20);
  EXPECT_EQ(first.jobs, jobs);
  tell<protocol::sources_actor>("vision/sources",
                                protocol::drain_source{admin, first.id, false});
  film(120);
  pass(seconds{2});
  EXPECT_GT(first.jobs, jobs);
  EXPECT_GT(second.jobs, 0u);
  EXPECT_EQ(total("dead_letters"), 0);
  expect_all_in_order();
}

TEST_F(router_fixture, only_a_worker_gets_work_and_only_its_account) {
  auto camera = add_camera();
  protocol::get_work what;
  what.arrived = now();
  EXPECT_EQ(tell<protocol::worked_source_actor>("source/" + camera, what),
            "wrong_state");
  intake::source_fact f;
  f.kind = intake::source_kind::worker;
  f.account = "a4";
  auto worker = create(f);
  what.account = "a9";
  EXPECT_EQ(tell<protocol::worked_source_actor>("source/" + worker, what),
            "forbidden");
  what.account = "a4";
  what.want = 0;
  EXPECT_EQ(tell<protocol::worked_source_actor>("source/" + worker, what),
            R"({"jobs":[]})");
  f.workers = true;
  EXPECT_EQ(create(f), "invalid_value");
}

TEST_F(router_fixture, a_question_without_work_is_answered_in_a_second) {
  auto& w = add_worker();
  ask(w);
  advance(milliseconds{500});
  EXPECT_FALSE(w.answer());
  advance(milliseconds{700});
  ASSERT_TRUE(w.answer());
  EXPECT_EQ(*w.answer(), R"({"jobs":[]})");
  // Work that comes meanwhile ends the waiting.
  auto camera = add_camera();
  ask(w);
  send(camera);
  ASSERT_TRUE(w.answer());
  EXPECT_TRUE(has(*w.answer(), R"("items":[{"picture":"1"}])")) << *w.answer();
}

} // namespace
} // namespace ringside
