#include "tests/domain/vision/routing/routing_scene.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace ringside::routing {
namespace {

using test::scene;

/// Cameras with a rate and workers with a speed that work one batch at a time,
/// simulated in steps of 10 ms.
struct simulation {
  struct busy_worker {
    std::int64_t service_us = 0;
    std::vector<handed_job> has;
    mono_us ready;
    bool alive = true;
  };

  void run_ms(std::int64_t n) {
    for (std::int64_t t = 0; t < n; t += 10)
      step();
  }

  void step() {
    s.wait_ms(10);
    for (auto& [camera, every_us] : cameras)
      if (auto& last = sent[camera]; elapsed(last, s.now).count >= every_us) {
        last = s.now;
        s.offer(camera, ++seqs[camera]);
      }
    for (auto& [id, w] : workers)
      if (w.alive)
        work(id, w);
    s.settle();
  }

  void work(const std::string& id, busy_worker& w) {
    if (!w.has.empty() && s.now >= w.ready) {
      s.finish(id, w.has.front());
      w.has.erase(w.has.begin());
      w.ready = after(s.now, {w.service_us});
    }
    if (!w.has.empty())
      return s.r.hear(s.word(id), s.now), void();
    w.has = s.ask(id, 2);
    w.ready = after(s.now, {w.service_us});
  }

  std::size_t streams_of(const std::string& id) const {
    return static_cast<std::size_t>(
      std::count_if(s.r.streams().begin(), s.r.streams().end(),
                    [&](const auto& x) { return x.second.home() == id; }));
  }

  std::size_t backlog() const {
    std::size_t sum = 0;
    for (const auto& [camera, x] : s.r.streams())
      sum += x.waiting + x.handed;
    return sum;
  }

  std::uint64_t moves() const {
    return s.r.counters().moves;
  }

  scene s;
  std::map<std::string, std::int64_t> cameras;
  std::map<std::string, mono_us> sent;
  std::map<std::string, std::uint64_t> seqs;
  std::map<std::string, busy_worker> workers;
};

void add_cameras(simulation& x, int n, std::int64_t every_us) {
  for (int i = 0; i < n; ++i)
    x.cameras.emplace("c" + std::to_string(10 + i), every_us);
}

void add_workers(simulation& x, int n, std::int64_t service_us) {
  for (int i = 0; i < n; ++i)
    x.workers["w" + std::to_string(i)].service_us = service_us;
}

std::pair<std::size_t, std::size_t> spread(const simulation& x) {
  std::size_t least = 100;
  std::size_t most = 0;
  for (const auto& [id, w] : x.workers) {
    least = std::min(least, x.streams_of(id));
    most = std::max(most, x.streams_of(id));
  }
  return {least, most};
}

TEST(balance_test, case_30_equal_cameras_spread_over_equal_workers) {
  for (int cameras = 1; cameras <= 12; ++cameras)
    for (int workers = 1; workers <= 4; ++workers) {
      simulation x;
      add_cameras(x, cameras, 500'000);
      add_workers(x, workers, 40'000);
      x.run_ms(30'000);
      auto [least, most] = spread(x);
      EXPECT_LE(most - least, 1u) << cameras << " at " << workers;
      EXPECT_EQ(x.s.r.counters().dead_letters, 0u);
      auto moves = x.moves();
      x.run_ms(20'000);
      EXPECT_EQ(x.moves(), moves) << "what is balanced stays";
    }
}

TEST(balance_test, case_30_a_new_worker_does_not_attract_everything) {
  simulation x;
  add_cameras(x, 8, 250'000);
  add_workers(x, 1, 25'000);
  x.run_ms(5'000);
  ASSERT_EQ(x.streams_of("w0"), 8u);
  x.workers["w1"].service_us = 25'000;
  x.run_ms(1'000);
  EXPECT_LE(x.streams_of("w1"), 1u);
  std::size_t before = x.streams_of("w1");
  for (int i = 0; i < 12; ++i) {
    x.run_ms(1'000);
    EXPECT_LE(x.streams_of("w1"), before + 1) << "one a second at most";
    before = x.streams_of("w1");
  }
  EXPECT_EQ(before, 4u);
}

TEST(balance_test, a_slow_worker_gets_fewer_cameras) {
  simulation x;
  add_cameras(x, 6, 200'000);
  add_workers(x, 2, 20'000);
  x.workers["w1"].service_us = 100'000;
  x.run_ms(40'000);
  EXPECT_LE(x.streams_of("w1"), 1u) << "half busy with one, full with two";
  EXPECT_LT(x.backlog(), 12u);
  EXPECT_EQ(x.s.r.counters().dead_letters, 0u);
}

TEST(balance_test, a_worker_that_says_it_is_busy_gets_none) {
  scene s;
  auto busy = s.word("w1");
  busy.load_ppm = 900'000;
  s.r.hear(busy, s.now);
  s.r.hear(s.word("w2"), s.now);
  for (const auto* camera : {"a", "b", "c"})
    s.offer(camera, 1);
  for (const auto& [camera, x] : s.r.streams())
    EXPECT_EQ(x.home(), "w2") << camera;
}

TEST(balance_test, a_dead_workers_streams_spread_at_once) {
  simulation x;
  add_cameras(x, 9, 500'000);
  add_workers(x, 3, 20'000);
  x.run_ms(20'000);
  x.workers["w0"].alive = false;
  auto at = x.s.r.counters().deaths;
  for (int i = 0; i < 50 && x.s.r.counters().deaths == at; ++i)
    x.run_ms(100);
  EXPECT_EQ(x.streams_of("w0"), 0u);
  EXPECT_LE(std::max(x.streams_of("w1"), x.streams_of("w2")), 5u);
  x.run_ms(5'000);
  EXPECT_EQ(x.s.r.counters().dead_letters, 0u);
  EXPECT_LT(x.backlog(), 10u);
}

} // namespace
} // namespace ringside::routing
