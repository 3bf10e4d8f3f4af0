#pragma once

#include "domain/vision/fusion/block.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace ringside::fusion {

/// A strike that may have happened, with the reports that speak for it.
struct hypothesis {
  /// Reports a group can hold; one per source in the Bayesian solvers.
  static constexpr std::size_t members_max = 48;

  double t = 0;
  double var = 0;
  /// Log odds that it happened.
  double llr = 0;
  /// What silence took off `llr`.
  double silence = 0;
  double red = 0.5;
  double blue = 0.5;
  std::uint32_t used = 0;
  std::uint32_t expected = 0;
  /// Indices of observations, in the order in which they came in.
  std::uint8_t count = 0;
  /// The smallest index: the report that names the event.
  std::uint8_t first = 0;
  /// Decided by a rule and not by `llr`.
  bool ruled = false;
  std::array<std::uint8_t, members_max> members{};
  std::array<float, members_max> gains{};
  std::array<double, kinds_max> kind{};

  std::span<const std::uint8_t> reports() const noexcept {
    return {members.data(), count};
  }

  double p() const noexcept;
};

/// Log likelihood of a group that is a strike with log odds `llr` or clutter:
/// log(1 + e^llr) to 4e-5. Never negative.
double evidence_of(double llr) noexcept;

/// The order of hypotheses: time, then the smallest report.
bool earlier(const hypothesis& a, const hypothesis& b) noexcept;

/// Log odds of a new strike that only `r` reports.
double fresh_llr(const block& b, const observation& r) noexcept;

/// A new strike that only `r` reports.
hypothesis fresh(const block& b, const observation& r) noexcept;

/// What `r` adds to the log odds of `h`; tempered where sources share their
/// mistakes. `h` has no report of that source.
double gain(const block& b, const hypothesis& h, const observation& r) noexcept;

/// True if `r` is near enough in time to belong to `h`.
bool in_gate(const block& b, const hypothesis& h,
             const observation& r) noexcept;

/// `h` with `r`, which added `by`.
void attach(const block& b, hypothesis& h, const observation& r,
            double by) noexcept;

/// The strike that the reports of both would be; their sources differ.
hypothesis joined(const block& b, const hypothesis& x,
                  const hypothesis& y) noexcept;

} // namespace ringside::fusion
