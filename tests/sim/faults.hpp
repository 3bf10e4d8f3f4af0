#pragma once

#include "actors/runtime/delivery_hook.hpp"
#include "persistence/memory/memory_disk.hpp"
#include "tests/sim/run_log.hpp"
#include "tests/sim/truth.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>

#include <caf/actor_clock.hpp>

namespace ringside::sim {

using rng = std::mt19937_64;

/// True in `ppm` of a million draws.
inline bool chance(rng& source, std::uint64_t ppm) {
  return source() % 1'000'000 < ppm;
}

/// How bad a run is. Every kind of trouble is in some runs and not in others,
/// so that each is also met without the rest.
struct weather {
  // Per message of the network, in millionths.
  std::uint64_t late = 0;
  std::uint64_t lost = 0;
  std::uint64_t twice = 0;
  // Per message of the run.
  std::uint64_t stall = 0;
  std::uint64_t kill = 0;
  std::uint64_t kill_supervisor = 0;
  std::uint64_t restart = 0;
  std::uint64_t clock_step = 0;
  std::uint64_t disk_full = 0;
  // Per call of the disk.
  std::uint64_t write_fails = 0;
  std::uint64_t write_in_doubt = 0;
  std::uint64_t read_fails = 0;

  static weather draw(rng& source);
};

/// The network between clients and node, and actors that are slow.
///
/// Inside a node a message is in the mailbox as soon as it is sent, so nothing
/// there is lost or overtaken; but an actor may be kept from its mailbox for a
/// while. What clients send and are answered crosses a network: it may be
/// late, lost or come twice, and so be overtaken.
class bad_network final : public delivery_hook {
public:
  bad_network(rng& source, run_log& log) : source_(source), log_(log) {
    // nop
  }

  void set(const weather& w, const caf::actor_clock* clock) {
    weather_ = w;
    clock_ = clock;
  }

  /// Keeps an actor from its mailbox until then.
  void stall(const std::string& receiver, caf::actor_clock::time_point until);

  /// From now on every message arrives at once.
  void calm() {
    weather_ = {};
  }

  delivery decide(std::string_view receiver,
                  const caf::mailbox_element& what) override;

private:
  delivery over_network();

  rng& source_;
  run_log& log_;
  weather weather_;
  const caf::actor_clock* clock_ = nullptr;
  /// When the last delayed message of a stalled actor arrives.
  std::map<std::string, caf::actor_clock::time_point, std::less<>> stalled_;
};

/// The disk of a run, and what goes wrong with it.
struct sim_disk {
  rng& source;
  run_log& log;
  truth& durable;
  weather now{};
  std::shared_ptr<persistence::memory_disk> disk
    = std::make_shared<persistence::memory_disk>();

  result<std::unique_ptr<persistence::journal_store>> open(bool read_only);
};

} // namespace ringside::sim
