#pragma once

#include "domain/base/corner.hpp"
#include "domain/base/number.hpp"
#include "domain/base/time.hpp"
#include "domain/bout/fact.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

/// From many reports of one strike to one event (fusion reference). Integers
/// on the outside; doubles only inside the solvers.
namespace ringside::fusion {

/// Sources of one bout; a set of them is one machine word.
inline constexpr std::size_t sources_max = 32;
/// Kinds of strikes the fusion tells apart.
inline constexpr std::size_t kinds_max = 16;

/// Place of a source in the table of the bout.
using source_index = std::uint8_t;
/// Place of a label in the label list of its source.
using kind_index = std::uint8_t;

/// Names a report for ever: a source never uses a number twice.
struct report_key {
  source_index src = 0;
  std::uint64_t seq = 0;

  friend auto operator<=>(const report_key&, const report_key&) = default;
};

/// What one source says it saw.
struct report {
  source_index src = 0;
  /// Rising within the source, from 1.
  std::uint64_t seq = 0;
  /// The moment on the server's timeline, latency of the source included.
  mono_us t_est;
  /// Guaranteed bound of the clock behind `t_est`, microseconds.
  std::int32_t err_us = 0;
  /// Who threw it, if the source could tell.
  std::optional<ringside::corner> corner;
  /// A label of the source, if it gave one.
  std::optional<kind_index> kind;
  bout::strike_target target = bout::strike_target::unknown;
  /// The source's own confidence, 0 to 1'000'000; not a probability until a
  /// confidence map makes it one.
  std::optional<ppm> conf;
  /// Force of the strike, 0 to 1'000'000.
  std::optional<ppm> severity;
  /// False if the source saw the fighters only partly.
  bool in_view = true;
  /// Nobody listened to the source when it was seen; it comes now because its
  /// arena listens to it. Too late, it is still an event of its own if no
  /// decided one has it.
  bool handed_over = false;

  report_key key() const noexcept {
    return {src, seq};
  }

  friend bool operator==(const report&, const report&) = default;
};

/// A source says that it is alive and whether it sees the fighters. Holds
/// until its next heartbeat, at most `heartbeat_life_us`.
struct heartbeat {
  source_index src = 0;
  mono_us at;
  bool in_view = true;
};

/// Time after which a silent source is dead: its silence says nothing.
inline constexpr std::int64_t heartbeat_life_us = 1'200'000;
/// Heartbeats are due twice a second.
inline constexpr std::int64_t heartbeat_every_us = 500'000;

} // namespace ringside::fusion
