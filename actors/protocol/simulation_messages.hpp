#pragma once

#include "domain/base/enum_text.hpp"
#include "domain/base/role.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include <caf/allowed_unsafe_message_type.hpp>

/// What clients ask of the SIMULATION. Every answer is a `text_answer`.
namespace ringside::protocol {

enum class simulation_kind : std::uint8_t {
  /// Many invented bouts, counted.
  synthetic,
  /// One bout by a script, played through this node.
  script,
};

/// One simulation as it was asked for; checked where it came in.
struct simulation_spec {
  simulation_kind kind = simulation_kind::synthetic;

  // -- synthetic --------------------------------------------------------------

  std::uint64_t bouts = 10'000;
  std::uint64_t seed = 1;
  int rounds = 3;
  bool finishes = true;
  std::string ruleset;
  std::string profile;
  /// Compared with `profile`; empty: no comparison.
  std::string against;
  /// The first so many of them are played through this node, too.
  std::uint64_t live = 0;

  // -- script -----------------------------------------------------------------

  /// The text of the script.
  std::string script;
  /// Thousandths of the real speed; 0: as fast as the node answers.
  std::int64_t speed_milli = 0;
};

struct start_simulation {
  issuer by;
  simulation_spec what;
};

struct get_simulation {
  std::string id;
};

struct list_simulations {};

struct cancel_simulation {
  issuer by;
  std::string id;
};

} // namespace ringside::protocol

namespace ringside {

template <>
struct enum_names<protocol::simulation_kind> {
  static constexpr std::array<std::string_view, 2> value{"synthetic", "script"};
};

} // namespace ringside

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::start_simulation)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_simulation)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::list_simulations)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::cancel_simulation)
