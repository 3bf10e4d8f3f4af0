#pragma once

#include "domain/base/corner.hpp"
#include "domain/base/enum_text.hpp"
#include "domain/base/number.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

/// What can happen inside a round, as officials and operators log it. A fact
/// can be retracted or replaced; the journal keeps all of it.
namespace ringside::bout {

enum class strike_target : std::uint8_t { unknown, head, body, leg };
enum class strike_position : std::uint8_t { unknown, distance, clinch, ground };
enum class strike_quality : std::uint8_t { normal, light, solid };
enum class submission_depth : std::uint8_t { normal, light, deep, near_finish };

/// One strike. `corner` throws it. The columns of FightMetric follow from
/// `landed` and `significant`.
struct strike {
  ringside::corner corner = ringside::corner::red;
  std::string technique;
  strike_target target = strike_target::unknown;
  strike_position position = strike_position::unknown;
  strike_quality quality = strike_quality::normal;
  bool landed = true;
  bool significant = true;

  friend bool operator==(const strike&, const strike&) = default;
};

/// `corner` scored it; the other one went down.
struct knockdown {
  ringside::corner corner = ringside::corner::red;
  std::string tier;

  friend bool operator==(const knockdown&, const knockdown&) = default;
};

struct takedown {
  ringside::corner corner = ringside::corner::red;
  bool landed = true;

  friend bool operator==(const takedown&, const takedown&) = default;
};

struct submission_attempt {
  ringside::corner corner = ringside::corner::red;
  submission_depth depth = submission_depth::normal;

  friend bool operator==(const submission_attempt&, const submission_attempt&)
    = default;
};

struct reversal {
  ringside::corner corner = ringside::corner::red;

  friend bool operator==(const reversal&, const reversal&) = default;
};

/// `corner` took control. It ends with the next control mark or the bell:
/// only one fighter can be in control, and only in one way.
struct control_start {
  ringside::corner corner = ringside::corner::red;
  std::string kind;

  friend bool operator==(const control_start&, const control_start&) = default;
};

struct control_end {
  ringside::corner corner = ringside::corner::red;

  friend bool operator==(const control_end&, const control_end&) = default;
};

/// `corner` committed it. A warning or nothing may follow; points are taken
/// by a deduction of their own.
struct foul {
  ringside::corner corner = ringside::corner::red;
  std::string code;
  bool intentional = false;

  friend bool operator==(const foul&, const foul&) = default;
};

/// The referee takes points from `corner`, the same on every card.
struct deduction {
  ringside::corner corner = ringside::corner::red;
  points taken;
  std::string reason;

  friend bool operator==(const deduction&, const deduction&) = default;
};

/// A judge pressed for `corner` (consensus scoring only).
struct press {
  int seat = 0;
  ringside::corner corner = ringside::corner::red;

  friend bool operator==(const press&, const press&) = default;
};

using fact
  = std::variant<strike, knockdown, takedown, submission_attempt, reversal,
                 control_start, control_end, foul, deduction, press>;

} // namespace ringside::bout

namespace ringside {

template <>
struct enum_names<bout::strike_target> {
  static constexpr std::array<std::string_view, 4> value{"unknown", "head",
                                                         "body", "leg"};
};

template <>
struct enum_names<bout::strike_position> {
  static constexpr std::array<std::string_view, 4> value{"unknown", "distance",
                                                         "clinch", "ground"};
};

template <>
struct enum_names<bout::strike_quality> {
  static constexpr std::array<std::string_view, 3> value{"normal", "light",
                                                         "solid"};
};

template <>
struct enum_names<bout::submission_depth> {
  static constexpr std::array<std::string_view, 4> value{"normal", "light",
                                                         "deep", "near_finish"};
};

} // namespace ringside
