#include "domain/vision/fusion/alignment.hpp"

#include "domain/base/dice.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace ringside::fusion {
namespace {

using matrix = std::vector<std::vector<double>>;

/// The best order-preserving assignment by trying all of them.
double brute_force(const matrix& worth, std::size_t row, std::size_t column) {
  if (row == worth.size() || column == worth[0].size())
    return 0;
  auto best = brute_force(worth, row + 1, column);
  for (auto j = column; j < worth[0].size(); ++j)
    if (worth[row][j] > 0)
      best = std::max(best, worth[row][j] + brute_force(worth, row + 1, j + 1));
  return best;
}

TEST(alignment_test, is_the_best_of_all_assignments_up_to_six_by_six) {
  for (std::uint64_t seed = 1; seed <= 2'000; ++seed) {
    dice d{seed};
    auto rows = static_cast<std::size_t>(1 + d.below(6));
    auto columns = static_cast<std::size_t>(1 + d.below(6));
    matrix worth(rows, std::vector<double>(columns));
    alignment table;
    table.reset(rows, columns);
    for (std::size_t i = 0; i < rows; ++i)
      for (std::size_t j = 0; j < columns; ++j) {
        // Whole numbers: sums are exact and ties happen.
        worth[i][j] = static_cast<double>(d.below(9)) - 4;
        table.value(i, j) = worth[i][j];
      }
    auto pairs = table.solve();
    double sum = 0;
    for (std::size_t n = 0; n < pairs.size(); ++n) {
      auto value = worth[pairs[n].row][pairs[n].column];
      EXPECT_GT(value, 0) << "seed " << seed;
      sum += value;
      if (n == 0)
        continue;
      EXPECT_LT(pairs[n].row, pairs[n - 1].row) << "seed " << seed;
      EXPECT_LT(pairs[n].column, pairs[n - 1].column) << "seed " << seed;
    }
    EXPECT_EQ(sum, table.total()) << "seed " << seed;
    EXPECT_EQ(sum, brute_force(worth, 0, 0)) << "seed " << seed;
  }
}

TEST(alignment_test, pairs_nothing_where_nothing_pays) {
  alignment table;
  table.reset(3, 2);
  EXPECT_TRUE(table.solve().empty());
  table.reset(0, 5);
  EXPECT_TRUE(table.solve().empty());
  table.reset(128, 128);
  EXPECT_TRUE(table.solve().empty());
}

} // namespace
} // namespace ringside::fusion
