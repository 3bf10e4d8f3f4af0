#pragma once

#include "domain/synthetic/matrix.hpp"
#include "domain/synthetic/thresholds.hpp"

#include <utility>

namespace ringside::synthetic {

/// Parameters that were checked, with everything drawn from often worked out.
/// Never changed; shared by all threads.
class model {
public:
  /// @returns `invalid_value` with the dotted field: a share or chance out of
  /// range, a mean that is not positive, knots that do not ascend, variances
  /// that do not add up to one, correlations that no variables can have.
  static result<model> make(parameters p);

  const parameters& given() const noexcept {
    return given_;
  }

  const per_stat<staircase>& stairs() const noexcept {
    return stairs_;
  }

  /// Cholesky factors of own + other (`plus`) and own - other (`minus`): the
  /// sum and the difference of two exchangeable fighters are independent.
  struct factors {
    matrix plus{};
    matrix minus{};
  };

  const factors& bout() const noexcept {
    return bout_;
  }

  const factors& round() const noexcept {
    return round_;
  }

private:
  explicit model(parameters p) : given_(std::move(p)) {
    // nop
  }

  parameters given_;
  per_stat<staircase> stairs_;
  factors bout_;
  factors round_;
};

} // namespace ringside::synthetic
