#pragma once

#include "actors/protocol/command_messages.hpp"
#include "actors/runtime/services.hpp"
#include "domain/base/role.hpp"
#include "domain/bout/command.hpp"
#include "tests/sim/faults.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <caf/actor_clock.hpp>

namespace ringside::sim {

/// What everybody around one ring sees and hears: how far the fight is, by
/// what was acknowledged. Officials do their next step from here.
struct fight {
  int number = 0;
  std::string ruleset;
  int rounds = 1;
  /// 0: it goes the distance. Else a knockout ends it in this round.
  int knockout_round = 0;
  /// The supervisor calls it off after the first round.
  bool called_off = false;

  bout_id id;
  std::array<bool, 3> bound{};
  int round = 0;
  bool open = false;
  bool clock_ran = false;
  bool clock_runs = false;
  caf::actor_clock::time_point opened_at{};
  /// Cards that are filed in the last round.
  std::array<bool, 3> filed{};
  int locked = 0;
  bool decided = false;
  /// The supervisor reopens a round; the commission waits.
  bool reopening = false;
  /// The next round is about to be opened; no locked one is reopened now.
  bool opening = false;
  bool approved = false;
  bool published = false;
  bool over = false;

  bool all_bound() const {
    return bound[0] && bound[1] && bound[2];
  }

  bool all_filed() const {
    return filed[0] && filed[1] && filed[2];
  }
};

/// What a client expects to hear in the end.
enum class expected : std::uint8_t {
  /// A refusal would mean that something acknowledged is gone.
  yes,
  /// The moment may have passed.
  either,
  no,
};

/// One command that a client wants to get through.
struct intent {
  bout::command_body body;
  expected answer = expected::either;
  /// Directory name; empty: the client's own door.
  std::string door{};
  /// Called once, when it was acknowledged.
  std::function<void(const protocol::accepted&)> done{};
};

/// Who wants something.
struct person {
  ringside::role role = ringside::role::viewer;
  std::string account;
  /// For judges.
  int seat = 0;
};

/// The next step of an official, if there is one now.
std::optional<intent> next_step(const person& who, fight& at, rng& source,
                                caf::actor_clock::time_point now);

/// A command that no server may take from this person.
intent nonsense(const person& who, const fight& at, rng& source);

/// The directory name of a person's door.
std::string door_of(const person& who, const fight& at);

/// What marks a judge's card wherever it shows up.
std::string secret_of(int seat, int round);

} // namespace ringside::sim
