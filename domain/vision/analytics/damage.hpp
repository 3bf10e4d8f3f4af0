#pragma once

#include "domain/vision/analytics/act.hpp"

#include <cstdint>
#include <optional>

namespace ringside::analytics {

/// A fighter who is hurt on his feet. `by` did it, the other one took it.
struct rocked {
  corner by = corner::red;
  mono_us at;
};

/// What each fighter has taken, in millionths of a fullest strike.
class damage_meter {
public:
  /// @returns that the other one is rocked, once, when heavy strikes add up
  /// faster than they fade; again only after he has recovered.
  std::optional<rocked> take(const act& a);

  /// Everything `c` has taken since the meter began.
  std::int64_t taken_ppm(corner c) const noexcept {
    return sides_[c].taken;
  }

  /// What he still suffers from at `at`; fades in eight seconds.
  std::int64_t felt_ppm(corner c, mono_us at) const noexcept;

private:
  struct side {
    std::int64_t taken = 0;
    std::int64_t felt = 0;
    mono_us at;
    bool told = false;
  };

  per_corner<side> sides_;
};

/// What one act does to the other fighter, in millionths of a fullest strike.
std::int64_t damage_of(const act& a) noexcept;

} // namespace ringside::analytics
