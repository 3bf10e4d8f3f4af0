#include "domain/vision/intake/backlog.hpp"
#include "tests/domain/vision/routing/routing_scene.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

namespace ringside::routing {
namespace {

using test::scene;

/// Cameras that keep what is unfinished, workers that do anything, and what
/// must be true all the time.
class anything {
public:
  void step() {
    switch (*rc::gen::inRange(0, 12)) {
    case 0:
    case 1:
    case 2:
      return offer();
    case 3:
    case 4:
    case 5:
      return ask();
    case 6:
    case 7:
      return finish(true);
    case 8:
      return finish(*rc::gen::inRange(0, 3) > 0);
    case 9:
      return s.wait_ms(*rc::gen::inRange(10, 4'000));
    case 10:
      return drain();
    default:
      return say_all();
    }
  }

  /// Cameras hear of some outcomes; others have to be said again.
  void tell(bool all_well) {
    for (const auto& x : s.r.take_outcomes()) {
      auto well = all_well || *rc::gen::inRange(0, 4) > 0;
      if (well && cameras[x.camera].finish(x.seq, {x.items, x.why}))
        ++outcomes;
      s.r.heard(x.camera, x.seq, well);
    }
    for (auto& [camera, list] : cameras)
      while (auto b = list.pop()) {
        RC_ASSERT(b->what.seq > through[camera]);
        through[camera] = b->what.seq;
      }
  }

  void check() const {
    std::set<std::uint64_t> held;
    for (const auto& [id, w] : s.r.workers())
      for (auto job : w.held)
        RC_ASSERT(held.insert(job).second);
    std::set<std::uint64_t> handed;
    for (const auto& [camera, x] : s.r.streams()) {
      RC_ASSERT(x.jobs.size() <= intake::backlog::batches_max);
      std::size_t out = 0;
      std::size_t waiting = 0;
      for (const auto& [seq, j] : x.jobs) {
        waiting += j.is == job::state::waiting;
        out += j.is == job::state::handed;
        if (j.is == job::state::handed) {
          RC_ASSERT(handed.insert(j.id).second);
          RC_ASSERT(s.r.workers().at(x.worker).held.contains(j.id));
        }
      }
      RC_ASSERT(x.handed == out);
      RC_ASSERT(x.waiting == waiting);
    }
    RC_ASSERT(held == handed);
  }

  /// From now on one worker does everything right.
  void calm_down() {
    worker_word w = s.word("good");
    for (int i = 0; i < 400 && outcomes < offered; ++i) {
      s.r.hear(w, s.now);
      for (const auto& j : s.r.hand_out("good", 8, s.now))
        s.r.finish("good", {{j.id, scene::one_item(), ""}}, s.now);
      tell(true);
      s.wait_ms(100);
      check();
    }
  }

  scene s;
  std::map<std::string, intake::backlog> cameras;
  std::map<std::string, std::uint64_t> seqs;
  std::map<std::string, std::uint64_t> through;
  std::uint64_t offered = 0;
  std::uint64_t outcomes = 0;

private:
  static std::string some_camera() {
    return "c" + std::to_string(*rc::gen::inRange(0, 3));
  }
  static std::string some_worker() {
    return "w" + std::to_string(*rc::gen::inRange(0, 3));
  }

  void offer() {
    auto camera = some_camera();
    if (cameras[camera].full())
      return;
    auto seq = ++seqs[camera];
    cameras[camera].add({seq, scene::one_item(), s.now, std::nullopt});
    ++offered;
    // Now and then the message is lost with the router.
    if (*rc::gen::inRange(0, 5) > 0)
      s.offer(camera, seq);
  }

  void say_all() {
    for (const auto& [camera, list] : cameras) {
      std::vector<offered_batch> batches;
      for (const auto& b : list.batches())
        if (!b.outcome)
          batches.push_back({b.what.seq, b.what.items, b.what.arrived});
      s.r.offer(camera, batches, true, s.now);
    }
  }

  void ask() {
    auto who = some_worker();
    auto word = s.word(who);
    word.draining = drained.contains(who);
    s.r.hear(word, s.now);
    auto want = *rc::gen::inRange<std::size_t>(0, 9);
    for (auto& j : s.r.hand_out(who, want, s.now))
      hands.emplace_back(who, j);
  }

  /// Anything that was ever given to anybody.
  void finish(bool well) {
    if (hands.empty())
      return;
    auto i = *rc::gen::inRange<std::size_t>(0, hands.size());
    auto [who, job] = hands[i];
    hands.erase(hands.begin() + static_cast<std::ptrdiff_t>(i));
    s.finish(who, job, well);
  }

  void drain() {
    auto who = some_worker();
    if (drained.erase(who) == 0)
      drained.insert(who);
  }

  std::vector<std::pair<std::string, handed_job>> hands;
  std::set<std::string> drained;
};

RC_GTEST_PROP(routing_property_test,
              every_batch_is_in_one_place_and_comes_out_once_in_order, ()) {
  anything x;
  auto steps = *rc::gen::inRange(1, 300);
  for (int i = 0; i < steps; ++i) {
    x.step();
    x.check();
    x.tell(false);
  }
  // What was lost on the way is said again.
  for (const auto& [camera, list] : x.cameras) {
    std::vector<offered_batch> all;
    for (const auto& b : list.batches())
      if (!b.outcome)
        all.push_back({b.what.seq, b.what.items, b.what.arrived});
    x.s.r.offer(camera, all, true, x.s.now);
  }
  x.check();
  x.calm_down();
  RC_ASSERT(x.outcomes == x.offered);
  for (const auto& [camera, list] : x.cameras)
    RC_ASSERT(list.batches().empty());
}

} // namespace
} // namespace ringside::routing
