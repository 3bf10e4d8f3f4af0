#pragma once

#include "domain/vision/fusion/strategy.hpp"

#include <string_view>
#include <vector>

namespace ringside::fusion {

/// The same log odds without the alignment: every report, in the order of
/// time, goes where it fits best.
class greedy_bayes final : public strategy {
public:
  std::string_view name() const noexcept override {
    return "greedy_bayes";
  }

  block_limits limits() const noexcept override {
    return {};
  }

  void solve(const block& b, std::vector<hypothesis>& out) override;
};

} // namespace ringside::fusion
