#pragma once

#include "domain/audit/json.hpp"
#include "domain/base/time.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace ringside::routing {

using items_ptr = std::shared_ptr<const json::array>;

/// A batch of pictures as its camera offers it.
struct offered_batch {
  std::uint64_t seq = 0;
  items_ptr items;
  /// At the node.
  mono_us arrived;
};

/// A batch as a worker gets it.
struct handed_job {
  /// Names this attempt, and no other one ever.
  std::uint64_t id = 0;
  std::string camera;
  std::uint64_t seq = 0;
  items_ptr items;
  /// A copy for a worker in quarantine; what it makes of it goes nowhere.
  bool trial = false;
};

/// What a worker says of a batch it was given.
struct finished_job {
  std::uint64_t id = 0;
  /// What it saw. Null: it failed.
  items_ptr items;
  /// Why it failed.
  std::string error;
};

/// What became of a batch, for its camera.
struct told_outcome {
  std::string camera;
  std::uint64_t seq = 0;
  /// Null: it was given up.
  items_ptr items;
  std::string why;
};

/// A batch that nobody could work on.
struct dead_letter {
  std::string camera;
  std::uint64_t seq = 0;
  int tries = 0;
  std::string why;
  mono_us at;
};

/// A batch that the router knows of.
struct job {
  enum class state : std::uint8_t { waiting, handed, finished };

  offered_batch what;
  state is = state::waiting;
  /// Failed attempts, and what the last one said.
  int tries = 0;
  std::string why;
  /// Of the present attempt.
  std::uint64_t id = 0;
  mono_us handed;
  /// Once finished; null: given up.
  items_ptr seen;
  /// The camera is being told.
  bool told = false;
};

} // namespace ringside::routing
