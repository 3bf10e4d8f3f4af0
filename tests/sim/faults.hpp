#pragma once

#include "actors/runtime/delivery_hook.hpp"
#include "domain/audit/signer_state.hpp"
#include "persistence/memory/memory_disk.hpp"
#include "tests/sim/run_log.hpp"
#include "tests/sim/truth.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>

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
  /// Of what the journal's threads say: it comes after what they did.
  std::uint64_t held_up = 0;
  std::uint64_t kill = 0;
  std::uint64_t kill_supervisor = 0;
  std::uint64_t restart = 0;
  std::uint64_t clock_step = 0;
  std::uint64_t disk_full = 0;
  /// A byte of the disk flips under a running node.
  std::uint64_t flip = 0;
  // Per start of the node: what was damaged while it was down.
  std::uint64_t damage = 0;
  /// A text about a person is erased while it is down.
  std::uint64_t erase = 0;
  // Per call of the disk.
  std::uint64_t write_fails = 0;
  std::uint64_t write_in_doubt = 0;
  std::uint64_t read_fails = 0;
  // Per head that the signer notes in its file.
  std::uint64_t signer_fails = 0;
  std::uint64_t signer_in_doubt = 0;

  static weather draw(rng& source);
};

/// The network between clients and node, and actors that are slow.
///
/// Inside a node a message is in the mailbox as soon as it is sent, so nothing
/// there is lost or overtaken; but an actor may be kept from its mailbox for a
/// while. What clients send and are answered crosses a network: it may be
/// late, lost or come twice, and so be overtaken. JOURNAL and READER have
/// threads of their own in a real node: what they did may be seen before what
/// they say about it arrives. Each keeps its order towards each receiver.
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
  using time_point = caf::actor_clock::time_point;

  delivery over_network();
  time_point after_stall(std::string_view receiver, time_point now);
  time_point held_up(char sender, std::string_view receiver, time_point due,
                     time_point now);

  rng& source_;
  run_log& log_;
  weather weather_;
  const caf::actor_clock* clock_ = nullptr;
  /// When the last delayed message of a stalled actor arrives.
  std::map<std::string, time_point, std::less<>> stalled_;
  /// When the last message of a thread to a receiver arrives.
  std::map<std::pair<char, std::string>, time_point> said_;
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

/// The signer's own file, and what goes wrong with it.
struct sim_signer {
  rng& source;
  run_log& log;
  truth& durable;
  weather now{};
  /// What is in it; nothing if it is missing.
  std::optional<audit::signer_state> file{};
  /// It was written half.
  bool torn = false;

  result<std::optional<audit::signer_state>> load() const;
  result<unit> store(const audit::signer_state& next);
};

} // namespace ringside::sim
