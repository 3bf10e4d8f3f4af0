#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ringside::fusion {

/// The best order-preserving assignment of reports to hypotheses: both are
/// sorted by time, each is used at most once, and no two pairs cross. Exact,
/// by dynamic programming over rows times columns.
class alignment {
public:
  static constexpr std::size_t size_max = 128;

  struct pair {
    std::uint8_t row = 0;
    std::uint8_t column = 0;

    friend bool operator==(pair, pair) = default;
  };

  /// Starts a table of `rows` times `columns` where nothing pays.
  void reset(std::size_t rows, std::size_t columns);

  /// What the pair is worth; it is only ever chosen above 0.
  double& value(std::size_t row, std::size_t column) noexcept {
    return values_[row * columns_ + column];
  }

  /// The chosen pairs by falling row. Of equally good assignments the one
  /// that gives the latest report a partner.
  const std::vector<pair>& solve();

  /// Worth of the last solution.
  double total() const noexcept {
    return total_;
  }

private:
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  double total_ = 0;
  std::vector<double> values_;
  std::vector<double> best_;
  std::vector<pair> pairs_;
};

} // namespace ringside::fusion
