#include "domain/vision/routing/router_status.hpp"
#include "tests/domain/vision/routing/routing_scene.hpp"

#include <gtest/gtest.h>

namespace ringside::routing {
namespace {

using test::scene;

std::vector<std::uint64_t> seqs(const std::vector<handed_job>& jobs) {
  std::vector<std::uint64_t> out;
  for (const auto& j : jobs)
    out.push_back(j.seq);
  return out;
}

using numbers = std::vector<std::uint64_t>;

TEST(work_router_test, a_worker_gets_what_it_asks_for_in_order) {
  scene s;
  s.prove("w1", "a");
  for (std::uint64_t n : {3, 1, 2, 4})
    s.offer("a", n);
  EXPECT_EQ(seqs(s.ask("w1", 3)), (numbers{1, 2, 3}));
  EXPECT_EQ(seqs(s.ask("w1", 3)), (numbers{4}));
  EXPECT_TRUE(s.ask("w1", 3).empty());
  s.offer("a", 4);
  EXPECT_TRUE(s.ask("w1", 3).empty()) << "it is there already";
}

TEST(work_router_test, a_new_worker_gets_one_batch_at_a_time) {
  scene s;
  for (std::uint64_t n = 1; n <= 8; ++n)
    s.offer("a", n);
  auto first = s.ask("w1");
  ASSERT_EQ(seqs(first), (numbers{1}));
  EXPECT_TRUE(s.ask("w1").empty());
  s.finish("w1", first[0]);
  for (std::uint64_t n = 2; n <= 5; ++n)
    s.finish("w1", s.ask("w1").at(0));
  EXPECT_EQ(seqs(s.ask("w1")), (numbers{6, 7, 8})) << "it showed that it works";
}

TEST(work_router_test, a_dead_workers_batches_go_to_the_head_elsewhere) {
  scene s;
  s.prove("w1", "a");
  for (std::uint64_t n = 1; n <= 4; ++n)
    s.offer("a", n);
  ASSERT_EQ(s.ask("w1", 2).size(), 2u);
  s.wait_ms(2'000);
  s.ask("w2", 0);
  s.wait_ms(1'100);
  EXPECT_EQ(s.of("w1").state(), worker_state::dead);
  auto again = s.ask("w2");
  ASSERT_EQ(seqs(again), (numbers{1})) << "one at a time after a death";
  s.finish("w2", again[0]);
  EXPECT_EQ(seqs(s.ask("w2")), (numbers{2}));
  EXPECT_EQ(s.r.counters().retried, 2u);
  EXPECT_EQ(s.r.counters().dead_letters, 0u);
}

TEST(work_router_test, what_comes_too_late_changes_nothing) {
  scene s;
  s.offer("a", 1);
  auto old = s.ask("w1").at(0);
  s.wait_ms(3'250);
  auto again = s.ask("w2").at(0);
  EXPECT_NE(again.id, old.id);
  s.finish("w1", old);
  s.finish("w2", old);
  EXPECT_EQ(s.r.counters().stale, 2u);
  EXPECT_TRUE(s.settle().empty());
  s.finish("w2", again);
  EXPECT_EQ(s.settle().size(), 1u);
}

TEST(work_router_test, a_failed_batch_is_tried_at_another_worker) {
  scene s;
  s.prove("w1", "a");
  s.ask("w2", 0);
  s.offer("a", 1);
  s.finish("w1", s.ask("w1").at(0), false);
  EXPECT_TRUE(s.ask("w1").empty());
  EXPECT_EQ(seqs(s.ask("w2")), (numbers{1}));
}

TEST(work_router_test, a_stream_moves_only_when_it_is_drained) {
  scene s;
  s.prove("w1", "a");
  s.offer("a", 1);
  s.offer("a", 2);
  auto held = s.ask("w1");
  ASSERT_EQ(held.size(), 2u);
  s.ask("w2", 0);
  s.finish("w1", held[0], false);
  EXPECT_TRUE(s.ask("w2").empty()) << "batch 2 is still at w1";
  EXPECT_TRUE(s.ask("w1").empty());
  s.finish("w1", held[1]);
  EXPECT_EQ(seqs(s.ask("w2")), (numbers{1}));
}

TEST(work_router_test, what_fails_three_times_is_given_up_by_name) {
  scene s;
  s.offer("a", 1);
  s.offer("a", 2);
  for (int i = 0; i < 3; ++i) {
    auto job = s.ask("w1").at(0);
    ASSERT_EQ(job.seq, 1u);
    s.finish("w1", job, false);
  }
  auto told = s.settle();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].items, nullptr);
  EXPECT_EQ(told[0].why, "broken");
  ASSERT_EQ(s.r.dead_letters().size(), 1u);
  EXPECT_EQ(s.r.dead_letters()[0].tries, 3);
  EXPECT_EQ(seqs(s.ask("w1")), (numbers{2})) << "the camera goes on";
  EXPECT_EQ(s.of("w1").counters().errors, 1u) << "the batch is to blame";
  auto shown = json::to_text(json::value{status_json(s.r, s.now)});
  EXPECT_NE(shown.find(R"("why":"broken")"), std::string::npos) << shown;
}

TEST(work_router_test, what_waits_too_long_is_given_up) {
  scene s;
  s.offer("a", 1);
  s.wait_ms(20'000);
  EXPECT_TRUE(s.settle().empty());
  s.wait_ms(250);
  auto told = s.settle();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].why, "no worker had time");
}

TEST(work_router_test, a_worker_that_hangs_loses_its_batch) {
  scene s;
  s.offer("a", 1);
  ASSERT_EQ(s.ask("w1").size(), 1u);
  for (int i = 0; i < 11; ++i) {
    s.wait_ms(500);
    s.r.hear(s.word("w1"), s.now);
  }
  EXPECT_EQ(s.of("w1").state(), worker_state::starting) << "it lives";
  EXPECT_EQ(s.r.counters().retried, 1u);
  EXPECT_EQ(s.of("w1").counters().errors, 1u);
}

TEST(work_router_test, a_drained_worker_finishes_and_gets_nothing_new) {
  scene s;
  s.prove("w1", "a");
  s.ask("w2", 0);
  for (std::uint64_t n = 1; n <= 3; ++n)
    s.offer("a", n);
  auto held = s.ask("w1", 2);
  ASSERT_EQ(held.size(), 2u);
  auto word = s.word("w1");
  word.draining = true;
  s.r.hear(word, s.now);
  EXPECT_TRUE(s.r.hand_out("w1", 8, s.now).empty());
  EXPECT_TRUE(s.ask("w2").empty()) << "not while w1 holds some";
  s.r.finish(
    "w1",
    {{held[0].id, scene::one_item(), ""}, {held[1].id, scene::one_item(), ""}},
    s.now);
  EXPECT_EQ(s.settle().size(), 2u);
  EXPECT_EQ(seqs(s.ask("w2")), (numbers{3}));
  EXPECT_EQ(s.r.counters().retried, 0u);
}

TEST(work_router_test, draining_is_no_sign_of_life) {
  scene s;
  s.prove("w1", "a");
  s.wait_ms(3'250);
  ASSERT_EQ(s.of("w1").state(), worker_state::dead);
  s.r.drain("w1", false, s.now);
  s.r.drain("unknown", true, s.now);
  EXPECT_EQ(s.of("w1").state(), worker_state::dead);
  EXPECT_FALSE(s.r.workers().contains("unknown"));
}

TEST(work_router_test, what_it_held_goes_elsewhere_when_it_starts_anew) {
  scene s;
  auto word = s.word("w1");
  word.run = 7;
  s.r.hear(word, s.now);
  s.prove("w1", "a");
  for (std::uint64_t n = 1; n <= 6; ++n)
    s.offer("a", n);
  auto old = s.ask("w1");
  ASSERT_EQ(old.size(), 6u);
  s.ask("w2", 0);
  word.run = 8;
  s.r.hear(word, s.now);
  EXPECT_EQ(s.of("w1").counters().deaths, 1u);
  EXPECT_EQ(s.of("w1").counters().errors, 0u) << "a crash is no error";
  EXPECT_EQ(s.of("w1").state(), worker_state::starting);
  EXPECT_EQ(seqs(s.ask("w2")), (numbers{1})) << "not after five seconds: now";
  s.finish("w1", old[0]);
  EXPECT_EQ(s.r.counters().stale, 1u);
}

TEST(work_router_test, a_slow_worker_gets_what_it_can_do_in_time) {
  scene s;
  for (std::uint64_t n = 1; n <= 5; ++n) {
    s.offer("a", n);
    for (const auto& j : s.ask("w1")) {
      s.wait_ms(1'000);
      s.finish("w1", j);
    }
  }
  for (std::uint64_t n = 6; n <= 12; ++n)
    s.offer("a", n);
  ASSERT_EQ(s.of("w1").state(), worker_state::ready);
  EXPECT_EQ(seqs(s.ask("w1")), (numbers{6, 7})) << "half of five seconds";
  EXPECT_TRUE(s.ask("w1").empty());
}

TEST(work_router_test, what_the_camera_forgot_is_forgotten) {
  scene s;
  s.offer("a", 1);
  s.offer("a", 2);
  auto job = s.ask("w1").at(0);
  s.r.offer("a", {{2, scene::one_item(), s.now}}, true, s.now);
  s.finish("w1", job);
  EXPECT_EQ(s.r.counters().stale, 1u);
  EXPECT_EQ(seqs(s.ask("w1")), (numbers{2}));
}

TEST(work_router_test, what_a_camera_did_not_hear_is_said_again) {
  scene s;
  s.offer("a", 1);
  s.finish("w1", s.ask("w1").at(0));
  ASSERT_EQ(s.r.take_outcomes().size(), 1u);
  EXPECT_TRUE(s.r.take_outcomes().empty());
  s.offer("a", 1);
  EXPECT_TRUE(s.ask("w1").empty()) << "it is done, though the camera waits";
  s.r.heard("a", 1, false);
  EXPECT_EQ(s.settle().size(), 1u);
  EXPECT_TRUE(s.r.take_outcomes().empty());
}

TEST(work_router_test, its_numbers_are_there_for_prometheus) {
  scene s;
  s.prove("w1", "a");
  s.ask("w2", 0);
  for (std::uint64_t n = 1; n <= 3; ++n)
    s.offer("a", n);
  auto held = s.ask("w1", 2);
  s.finish("w1", held.at(0), false);
  auto text = status_series(s.r);
  for (const auto* line :
       {"# TYPE ringside_vision_router_workers gauge\n",
        "ringside_vision_router_workers{state=\"ready\"} 1\n",
        "ringside_vision_router_workers{state=\"starting\"} 1\n",
        "ringside_vision_router_workers{state=\"dead\"} 0\n",
        "ringside_vision_router_backlog 2\n",
        "ringside_vision_router_in_flight 1\n",
        "ringside_vision_router_done_total 5\n",
        "# TYPE ringside_vision_router_retries_total counter\n"
        "ringside_vision_router_retries_total 1\n"})
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
}

// -- case 30: a faulty worker does not heal by itself -------------------------

class quarantine_test : public testing::Test {
protected:
  void SetUp() override {
    s.prove("w1", "a");
    s.ask("w2", 0);
    for (std::uint64_t n = 1; n <= 4; ++n) {
      // Each goes wrong at w1 first and well at w2.
      s.offer("a" + std::to_string(n), n);
      s.r.hear(s.word("w2"), s.now);
    }
    for (std::uint64_t n = 1; n <= 60 && !held(); ++n) {
      s.offer("z", n);
      for (const auto& j : s.ask("w1"))
        s.finish("w1", j, false);
      for (const auto& j : s.ask("w2"))
        s.finish("w2", j);
      s.settle();
    }
  }

  bool held() const {
    return s.of("w1").state() == worker_state::quarantined;
  }

  /// w2 works on, so that it lives.
  void live_ms(int n) {
    for (; n > 0; n -= 500) {
      s.wait_ms(500);
      s.ask("w2", 0);
      s.r.hear(s.word("w1"), s.now);
    }
  }

  scene s;
};

TEST_F(quarantine_test, case_30_errors_put_it_there_and_time_heals_nothing) {
  ASSERT_TRUE(held());
  s.offer("new", 1);
  live_ms(120'000);
  EXPECT_TRUE(held()) << "nothing showed that it works";
  EXPECT_EQ(s.of("w1").counters().quarantines, 1u);
}

TEST_F(quarantine_test, five_right_copies_in_a_row_bring_it_back) {
  ASSERT_TRUE(held());
  EXPECT_TRUE(s.ask("w1").empty());
  live_ms(10'000);
  auto done = s.r.counters().done;
  for (int i = 0; i < 5; ++i) {
    auto copy = s.ask("w1");
    ASSERT_EQ(copy.size(), 1u) << i;
    EXPECT_TRUE(copy[0].trial);
    s.finish("w1", copy[0]);
  }
  EXPECT_EQ(s.of("w1").state(), worker_state::starting);
  EXPECT_EQ(s.r.counters().done, done) << "copies go nowhere";
  EXPECT_TRUE(s.settle().empty());
}

TEST_F(quarantine_test, a_wrong_copy_starts_it_all_over_and_waits_longer) {
  ASSERT_TRUE(held());
  live_ms(10'000);
  for (int i = 0; i < 4; ++i)
    s.finish("w1", s.ask("w1").at(0));
  s.finish("w1", s.ask("w1").at(0), false);
  live_ms(5'000);
  EXPECT_TRUE(s.ask("w1").empty());
  live_ms(15'500);
  for (int i = 0; i < 4; ++i)
    s.finish("w1", s.ask("w1").at(0));
  EXPECT_TRUE(held());
  s.finish("w1", s.ask("w1").at(0));
  EXPECT_FALSE(held());
}

TEST_F(quarantine_test, silence_is_no_way_out) {
  ASSERT_TRUE(held());
  for (int i = 0; i < 20; ++i) {
    s.wait_ms(500);
    s.ask("w2", 0);
  }
  s.r.hear(s.word("w1"), s.now);
  EXPECT_TRUE(held());
}

} // namespace
} // namespace ringside::routing
