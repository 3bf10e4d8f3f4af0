#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace ringside {

/// A small generator that is the same everywhere, for plans, demos and
/// synthetic bouts.
class dice {
public:
  explicit dice(std::uint64_t seed) : state_(seed) {
    // nop
  }

  /// Seeds from a text.
  explicit dice(std::string_view text);

  std::uint64_t next() noexcept;

  /// 0 to `n` - 1; 0 if `n` is 0.
  std::int64_t below(std::int64_t n) noexcept;

  /// True in `millionths` of a million cases.
  bool chance(std::int64_t millionths) noexcept {
    return below(1'000'000) < millionths;
  }

  template <class T>
  void shuffle(std::vector<T>& items) noexcept {
    for (auto n = items.size(); n > 1; --n)
      std::swap(
        items[n - 1],
        items[static_cast<std::size_t>(below(static_cast<std::int64_t>(n)))]);
  }

private:
  std::uint64_t state_;
};

} // namespace ringside
