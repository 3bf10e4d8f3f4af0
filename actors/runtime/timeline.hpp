#pragma once

#include "domain/base/time.hpp"

#include <chrono>

#include <caf/actor_clock.hpp>

namespace ringside {

/// Maps the actor clock to the server's timeline. The timeline counts
/// microseconds since 1970 as they were at the start of the process and goes
/// on with the monotonic clock from there, so it survives restarts and
/// take-overs and no step of the wall clock moves it.
struct timeline {
  mono_us base;
  caf::actor_clock::time_point start{};

  mono_us at(caf::actor_clock::time_point now) const noexcept {
    auto run
      = std::chrono::duration_cast<std::chrono::microseconds>(now - start);
    return {base.count + run.count()};
  }
};

/// The timeline of a process that starts now. It never begins before `latest`,
/// the last time found in the journal, even if the wall clock went back.
inline timeline begin_timeline(utc_ns wall, mono_us latest,
                               caf::actor_clock::time_point now) noexcept {
  mono_us base{wall.count / 1'000};
  return {base > latest ? base : latest, now};
}

} // namespace ringside
