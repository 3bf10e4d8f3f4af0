#pragma once

#include "domain/base/corner.hpp"
#include "domain/base/enum_text.hpp"
#include "domain/base/number.hpp"
#include "domain/base/time.hpp"
#include "domain/vision/analytics/action.hpp"
#include "domain/vision/analytics/frame.hpp"
#include "domain/vision/analytics/settings.hpp"
#include "domain/vision/analytics/smoothing.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ringside::analytics {

/// How the two fighters are to each other. Only `hold` has a holder.
enum class phase_kind : std::uint8_t { standing, clinch, hold };

struct position {
  phase_kind phase = phase_kind::standing;
  /// Who is in control, and how; meaningful for `hold` only.
  corner holder = corner::red;
  hold_kind hold = hold_kind::top;

  friend bool operator==(const position&, const position&) = default;
};

/// The same for one fighter.
enum class stance : std::uint8_t {
  standing,
  clinch,
  top,
  bottom,
  /// Has the other's back.
  back,
  /// The other has his back.
  back_taken,
};

/// What a position is for one of the two.
stance stance_of(const position& p, corner c) noexcept;

/// What one camera says of the position at a moment.
struct position_vote {
  mono_us at;
  analytics::position position;
  /// How well it sees the fighters, 0 to 1'000'000.
  ppm view;
};

/// Reads the position off the states of one camera's model: smoothed, with
/// two thresholds, never switching on one picture.
class position_reader {
public:
  void take(const frame& f, std::int64_t dt_us, const settings& by);

  void reset();

  const analytics::position& current() const noexcept {
    return current_;
  }

  /// Smoothed score of control on the ground.
  std::int64_t control_ppm(corner c) const noexcept {
    return control_[c].value();
  }

private:
  void decide(const settings& by);

  per_corner<smoothed> control_;
  per_corner<smoothed> back_;
  smoothed clinch_;
  analytics::position current_;
};

} // namespace ringside::analytics

namespace ringside {

template <>
struct enum_names<analytics::phase_kind> {
  static constexpr std::array<std::string_view, 3> value{"standing", "clinch",
                                                         "hold"};
};

template <>
struct enum_names<analytics::stance> {
  static constexpr std::array<std::string_view, 6> value{
    "standing", "clinch", "top", "bottom", "back", "back_taken"};
};

} // namespace ringside
