#include "domain/vision/fusion/alignment.hpp"

#include "domain/base/check.hpp"

#include <algorithm>

namespace ringside::fusion {

void alignment::reset(std::size_t rows, std::size_t columns) {
  RINGSIDE_CHECK(rows <= size_max && columns <= size_max);
  rows_ = rows;
  columns_ = columns;
  values_.assign(rows * columns, 0.0);
}

const std::vector<alignment::pair>& alignment::solve() {
  pairs_.clear();
  auto width = columns_ + 1;
  best_.assign((rows_ + 1) * width, 0.0);
  for (std::size_t i = 1; i <= rows_; ++i) {
    const auto* above = &best_[(i - 1) * width];
    auto* here = &best_[i * width];
    for (std::size_t j = 1; j <= columns_; ++j) {
      auto skip = std::max(above[j], here[j - 1]);
      auto worth = value(i - 1, j - 1);
      here[j] = worth > 0 ? std::max(skip, above[j - 1] + worth) : skip;
    }
  }
  total_ = best_[rows_ * width + columns_];
  for (auto i = rows_, j = columns_; i > 0 && j > 0;) {
    auto here = best_[i * width + j];
    auto worth = value(i - 1, j - 1);
    if (worth > 0 && here == best_[(i - 1) * width + j - 1] + worth) {
      --i;
      --j;
      pairs_.push_back(
        {static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(j)});
    } else if (here == best_[(i - 1) * width + j]) {
      --i;
    } else {
      --j;
    }
  }
  return pairs_;
}

} // namespace ringside::fusion
