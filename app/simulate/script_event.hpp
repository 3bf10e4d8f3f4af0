#pragma once

#include "app/config/yaml_reader.hpp"
#include "app/replay/plan.hpp"
#include "domain/base/enum_text.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace ringside::simulate {

/// What a line of a script can be.
enum class event_type : std::uint8_t {
  strike,
  knockdown,
  takedown,
  submission_attempt,
  reversal,
  control,
  foul,
  deduction,
};

/// `m:ss`, `m:ss.t` up to milliseconds; nothing if it is something else.
std::optional<round_ms> parse_clock(std::string_view text) noexcept;

/// A time of the round under a key; notes a problem.
round_ms read_clock(config::yaml_reader& in, const std::string& key,
                    round_ms fallback);

/// Collects the events of one round of a script.
class round_events {
public:
  explicit round_events(round_ms length) : length_(length) {
    // nop
  }

  /// Reads one event; notes what is wrong with it.
  void read(config::yaml_reader& in);

  /// The plan; marks of control get their numbers in order of time.
  replay::round_plan plan() &&;

private:
  struct hold {
    corner by = corner::red;
    std::string kind;
    round_ms from;
    round_ms to;
  };

  void read_strikes(config::yaml_reader& in, round_ms at, corner by);
  void read_control(config::yaml_reader& in, round_ms at, corner by);
  void read_other(config::yaml_reader& in, event_type type, round_ms at,
                  corner by);
  void log(round_ms at, bout::fact what);

  round_ms length_;
  replay::round_plan plan_;
  std::vector<hold> holds_;
};

} // namespace ringside::simulate

namespace ringside {

template <>
struct enum_names<simulate::event_type> {
  static constexpr std::array<std::string_view, 8> value{
    "strike",   "knockdown", "takedown", "submission_attempt",
    "reversal", "control",   "foul",     "deduction"};
};

} // namespace ringside
