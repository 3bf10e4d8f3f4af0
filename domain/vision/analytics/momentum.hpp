#pragma once

#include "domain/vision/analytics/act.hpp"
#include "domain/vision/analytics/smoothing.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace ringside::analytics {

/// Many good strikes in a row by one fighter.
struct momentum_swing {
  corner by = corner::red;
  mono_us start;
  mono_us at;
};

/// Who has the upper hand. A burst is one swing, told of once, when its fourth
/// strike of visible effect falls within a second and a half; the next begins
/// after a pause.
class momentum_meter {
public:
  std::optional<momentum_swing> take(const act& a);

  /// Red's part of what both landed lately, 0 to 1'000'000; one half if
  /// neither did. Fades with a time constant of ten seconds.
  ppm share_of_red(mono_us at) const;

private:
  static constexpr std::size_t burst = 4;

  struct side {
    std::array<mono_us, burst> last{};
    std::size_t count = 0;
    bool told = false;
    std::int64_t recent = 0;
  };

  std::int64_t recent(corner c, mono_us at) const;

  per_corner<side> sides_;
  mono_us at_;
};

} // namespace ringside::analytics
