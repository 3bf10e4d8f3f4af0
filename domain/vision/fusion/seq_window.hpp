#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>

namespace ringside::fusion {

/// Remembers which of the last numbers of a source were here. What lies
/// further back counts as repeated: better lost than counted twice.
class seq_window {
public:
  static constexpr std::size_t width = 1'024;

  /// True if `seq` was not here before; it is from now on.
  bool take(std::uint64_t seq) noexcept {
    if (seq > newest_) {
      auto by = seq - newest_;
      if (by >= width)
        seen_.reset();
      else
        for (std::uint64_t i = 1; i <= by; ++i)
          seen_.reset((newest_ + i) % width);
      newest_ = seq;
    } else if (newest_ - seq >= width || seen_.test(seq % width)) {
      return false;
    }
    seen_.set(seq % width);
    return true;
  }

private:
  std::uint64_t newest_ = 0;
  std::bitset<width> seen_;
};

} // namespace ringside::fusion
