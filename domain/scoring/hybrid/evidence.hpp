#pragma once

#include "domain/base/corner.hpp"
#include "domain/base/enum_text.hpp"
#include "domain/base/number.hpp"
#include "domain/base/time.hpp"
#include "domain/scoring/normalise/act.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace ringside::scoring::hybrid {

using normalise::act;

/// The two kinds of sources, each with a weight of its own.
enum class source : std::uint8_t { camera, human };

inline constexpr std::array both_sources{source::camera, source::human};

/// One value for each kind of source.
template <class T>
struct per_source {
  T camera{};
  T human{};

  constexpr T& operator[](source s) noexcept {
    return s == source::camera ? camera : human;
  }

  constexpr const T& operator[](source s) const noexcept {
    return s == source::camera ? camera : human;
  }

  friend bool operator==(const per_source&, const per_source&) = default;
};

/// What one camera or person reports of one round.
struct evidence {
  /// Names the report; the same id again is the same report again.
  std::string id;
  /// Names the real act, where the reporter knows it; empty if not. Reports of
  /// one act count as one, whenever they say it was.
  std::string act_id;
  hybrid::source source = hybrid::source::camera;
  /// Which camera or person. One reporter reports an act once.
  std::string reporter;
  ringside::corner corner = ringside::corner::red;
  hybrid::act act = hybrid::act::other;
  ppm severity;
  ppm confidence;
  /// When it was; for control, when it began.
  round_ms at;
  /// For control: how long; 0 for everything else.
  round_ms lasted;

  friend bool operator==(const evidence&, const evidence&) = default;
};

} // namespace ringside::scoring::hybrid

namespace ringside {

template <>
struct enum_names<scoring::hybrid::source> {
  static constexpr std::array<std::string_view, 2> value{"camera", "human"};
};

} // namespace ringside
