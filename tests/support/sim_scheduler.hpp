#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>

#include <caf/all.hpp>

namespace ringside::test {

/// Runs a system on the testing scheduler in an order chosen by a seed: any
/// waiting actor may be next, and time creeps on between messages. The same
/// seed gives the same run, also in another process; the trace tells.
class sim_scheduler {
public:
  sim_scheduler(caf::actor_system& system, std::uint64_t seed)
    : sched_(
      dynamic_cast<caf::scheduler::test_coordinator&>(system.scheduler())),
      rng_(seed) {
    // nop
  }

  /// Handles one message of a random actor; if nobody has one, jumps to the
  /// next timer. @returns false if there is neither.
  bool step() {
    auto& jobs = sched_.jobs;
    if (jobs.empty())
      return sched_.trigger_timeout();
    std::swap(jobs[0], jobs[rng_() % jobs.size()]);
    note(*jobs[0]);
    sched_.try_run_once();
    sched_.advance_time(std::chrono::nanoseconds{rng_() % 20'000});
    ++steps_;
    return true;
  }

  /// Steps until nothing is left or `max` messages were handled. Periodic
  /// timers never end, so a bound is needed. @returns the messages handled.
  std::size_t run(std::size_t max) {
    auto begin = steps_;
    while (steps_ - begin < max && step()) {
      // nop
    }
    return steps_ - begin;
  }

  /// Steps until the virtual clock has moved on by `span`.
  void run_for(std::chrono::nanoseconds span) {
    auto end = now() + span;
    while (now() < end) {
      if (!step())
        sched_.advance_time(end - now());
    }
  }

  caf::actor_clock::time_point now() const {
    return sched_.clock().now();
  }

  /// A hash over everything that happened: who handled what, and when.
  std::uint64_t trace() const noexcept {
    return trace_;
  }

  /// Mixes a value of the test (say, a state) into the trace.
  void mix(std::uint64_t value) noexcept {
    trace_ = (trace_ ^ value) * 0x100000001b3ULL;
    trace_ ^= trace_ >> 29;
  }

  /// The source of randomness for everything else in the simulation.
  std::mt19937_64& rng() noexcept {
    return rng_;
  }

private:
  void note(caf::resumable& job) {
    mix(static_cast<std::uint64_t>(now().time_since_epoch().count()));
    auto* actor = dynamic_cast<caf::scheduled_actor*>(&job);
    if (!actor)
      return;
    mix(actor->id());
    if (auto* next = actor->peek_at_next_mailbox_element()) {
      mix(next->mid.integer_value());
      mix(next->content().type_token());
    }
  }

  caf::scheduler::test_coordinator& sched_;
  std::mt19937_64 rng_;
  std::uint64_t trace_ = 0xcbf29ce484222325ULL;
  std::size_t steps_ = 0;
};

} // namespace ringside::test
