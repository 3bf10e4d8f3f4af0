#pragma once

#include "domain/vision/fusion/alignment.hpp"
#include "domain/vision/fusion/strategy.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace ringside::fusion {

/// Block monotone Bayes, the recommended strategy (fusion reference 3): per
/// source an exact order-preserving alignment with log odds, cameras first,
/// then a pass that joins what several sources saw apart.
class block_bayes final : public strategy {
public:
  std::string_view name() const noexcept override {
    return "block_bayes";
  }

  block_limits limits() const noexcept override {
    return {300'000, 3'000'000, true};
  }

  void solve(const block& b, std::vector<hypothesis>& out) override;

private:
  void place_source(const block& b, std::vector<hypothesis>& out,
                    std::span<const std::uint8_t> reports);

  alignment table_;
  std::vector<double> fresh_;
  std::vector<double> gains_;
  std::vector<std::uint8_t> order_;
  std::vector<char> placed_;
};

/// Joins the best pair of hypotheses of different sources while that is
/// likelier than both apart.
void merge_pass(const block& b, std::vector<hypothesis>& all);

} // namespace ringside::fusion
