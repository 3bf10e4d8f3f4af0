#pragma once

#include "domain/base/corner.hpp"
#include "domain/base/time.hpp"
#include "domain/bout/fact.hpp"

#include <cstdint>

namespace ringside::bout {

/// Landed out of attempted.
struct ratio {
  std::int32_t landed = 0;
  std::int32_t attempted = 0;

  friend bool operator==(const ratio&, const ratio&) = default;
};

/// What one corner did in one round, in the columns of FightMetric. Control is
/// kept by the control log, because it needs the clock.
struct box_score {
  std::int32_t knockdowns = 0;
  ratio significant;
  ratio head;
  ratio body;
  ratio leg;
  ratio distance;
  ratio clinch;
  ratio ground;
  ratio total;
  ratio takedowns;
  std::int32_t submission_attempts = 0;
  std::int32_t reversals = 0;
  std::int32_t fouls = 0;
  std::int32_t presses = 0;

  friend bool operator==(const box_score&, const box_score&) = default;
};

/// Adds (`sign` 1) or takes away (`sign` -1) what a fact counts. Exact in both
/// directions, which is what makes an undo exact.
void tally(per_corner<box_score>& boxes, const fact& what,
           std::int32_t sign) noexcept;

/// True for the marks that the control log keeps.
bool is_control(const fact& what) noexcept;

/// The corner a fact belongs to.
corner corner_of(const fact& what) noexcept;

} // namespace ringside::bout
