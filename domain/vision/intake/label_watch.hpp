#pragma once

#include "domain/vision/fusion/report.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace ringside::intake {

/// Sees collapsed labels: a detector that is broken calls everything the same.
/// Looks at the last 128 labels. @see fusion reference, section 6.
class label_watch {
public:
  static constexpr std::size_t width = 128;
  /// So many of them alike are a collapse, so few are none any more.
  static constexpr int collapsed_at = 122;
  static constexpr int sound_at = 102;

  void add(fusion::kind_index kind) noexcept {
    if (size_ == width)
      --counts_[last_[next_]];
    else
      ++size_;
    last_[next_] = kind;
    ++counts_[kind];
    next_ = (next_ + 1) % width;
  }

  bool collapsed() const noexcept {
    return most() >= collapsed_at;
  }

  bool sound() const noexcept {
    return most() <= sound_at;
  }

private:
  int most() const noexcept {
    return *std::max_element(counts_.begin(), counts_.end());
  }

  std::array<fusion::kind_index, width> last_{};
  std::array<int, fusion::kinds_max> counts_{};
  std::size_t next_ = 0;
  std::size_t size_ = 0;
};

} // namespace ringside::intake
