#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ringside::fusion {

/// A rising step function of integers, as isotonic regression makes it; also
/// used for confidence maps. Empty maps nothing.
struct step_map {
  struct step {
    /// The step holds from this input on.
    std::int32_t from = 0;
    std::int32_t value = 0;

    friend bool operator==(const step&, const step&) = default;
  };

  std::vector<step> steps;
  std::uint32_t version = 0;

  bool empty() const noexcept {
    return steps.empty();
  }

  /// The value of the last step at or below `input`; the first step's below.
  std::int32_t at(std::int32_t input) const noexcept;

  friend bool operator==(const step_map&, const step_map&) = default;
};

/// A score of which the truth is known, or known with a weight.
struct labelled {
  std::int32_t score_ppm = 0;
  bool truth = false;
};

/// Isotonic regression (pool adjacent violators) of the truth on the score,
/// in ppm, clipped to 2 % and 99.5 %. Pools of fewer than `pool_min` samples
/// are joined, so that a step is not the accident of a few.
step_map fit_isotonic(std::vector<labelled> samples, std::size_t pool_min = 1);

/// The confidence map of a source: nothing under 50 samples, a logistic curve
/// (Platt) to 1'000, isotonic from there; values in thousandths of a log
/// likelihood ratio. Source of the rule: fusion reference 3.2.
step_map fit_confidence(std::span<const labelled> samples);

} // namespace ringside::fusion
