#pragma once

#include "domain/vision/routing/work_router.hpp"

#include <memory>
#include <string>
#include <vector>

namespace ringside::routing::test {

/// A router, its cameras and workers, and the time.
struct scene {
  static items_ptr one_item() {
    return std::make_shared<const json::array>(1);
  }

  void offer(const std::string& camera, std::uint64_t seq) {
    r.offer(camera, {{seq, one_item(), now}}, false, now);
  }

  worker_word word(const std::string& id) const {
    worker_word w;
    w.id = id;
    return w;
  }

  std::vector<handed_job> ask(const std::string& worker, std::size_t want = 8) {
    r.hear(word(worker), now);
    return r.hand_out(worker, want, now);
  }

  void finish(const std::string& worker, const handed_job& job,
              bool well = true) {
    finished_job f{job.id, well ? one_item() : nullptr, well ? "" : "broken"};
    r.hear(word(worker), now);
    r.finish(worker, {f}, now);
  }

  /// Works off batches until the worker counts as any other.
  void prove(const std::string& worker, const std::string& camera) {
    for (std::uint64_t n = 1; n <= 5; ++n) {
      offer(camera, 1'000 + n);
      for (const auto& j : ask(worker)) {
        wait_ms(20);
        finish(worker, j);
      }
    }
    settle();
  }

  /// Cameras hear everything. @returns what they heard.
  std::vector<told_outcome> settle() {
    auto out = r.take_outcomes();
    for (const auto& x : out)
      r.heard(x.camera, x.seq, true);
    return out;
  }

  void wait_ms(std::int64_t n) {
    for (; n > 250; n -= 250) {
      now = after(now, milliseconds(250));
      r.look(now);
    }
    now = after(now, milliseconds(n));
    r.look(now);
  }

  const worker& of(const std::string& id) const {
    return r.workers().at(id);
  }

  mono_us now{1'000'000};
  work_router r{1};
};

} // namespace ringside::routing::test
