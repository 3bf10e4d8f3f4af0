#include "domain/scoring/hybrid/align.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace ringside::scoring::hybrid {

namespace {

/// One pair more is worth any distance.
constexpr std::int64_t pair_value = std::int64_t{1} << 40;

constexpr std::int64_t forbidden = std::numeric_limits<std::int64_t>::min() / 2;

/// A stretch of both lists that nothing outside can be paired with.
struct block {
  std::size_t first = 0;
  std::size_t later = 0;
  std::size_t first_n = 0;
  std::size_t later_n = 0;
};

class block_aligner {
public:
  block_aligner(std::span<const std::int64_t> first,
                std::span<const std::int64_t> later, std::int64_t window)
    : first_(first), later_(later), window_(window),
      best_((first.size() + 1) * (later.size() + 1)) {
    for (std::size_t i = 1; i <= first_.size(); ++i)
      for (std::size_t j = 1; j <= later_.size(); ++j)
        best(i, j) = std::max(
          {best(i - 1, j), best(i, j - 1), best(i - 1, j - 1) + worth(i, j)});
  }

  template <class Pair>
  void each_pair(Pair pair) {
    auto i = first_.size();
    auto j = later_.size();
    while (i > 0 && j > 0)
      if (worth(i, j) > 0 && best(i, j) == best(i - 1, j - 1) + worth(i, j)) {
        pair(--i, --j);
      } else if (best(i, j) == best(i - 1, j)) {
        --i;
      } else {
        --j;
      }
  }

private:
  std::int64_t& best(std::size_t i, std::size_t j) noexcept {
    return best_[i * (later_.size() + 1) + j];
  }

  std::int64_t worth(std::size_t i, std::size_t j) const noexcept {
    auto apart = std::abs(first_[i - 1] - later_[j - 1]);
    return apart <= window_ ? pair_value - apart : forbidden;
  }

  std::span<const std::int64_t> first_;
  std::span<const std::int64_t> later_;
  std::int64_t window_;
  std::vector<std::int64_t> best_;
};

/// Takes the next block: it goes on while the next time of either list is
/// within reach of the last one taken.
block next_block(std::span<const std::int64_t> first,
                 std::span<const std::int64_t> later, std::int64_t window,
                 block before) {
  block now{before.first + before.first_n, before.later + before.later_n, 0, 0};
  constexpr auto never = std::numeric_limits<std::int64_t>::max();
  auto last = never;
  while (true) {
    auto i = now.first + now.first_n;
    auto j = now.later + now.later_n;
    auto a = i < first.size() ? first[i] : never;
    auto b = j < later.size() ? later[j] : never;
    auto next = std::min(a, b);
    if (next == never || (last != never && next - last > window))
      return now;
    ++(a <= b ? now.first_n : now.later_n);
    last = next;
  }
}

} // namespace

std::vector<std::size_t> align(std::span<const std::int64_t> first,
                               std::span<const std::int64_t> later,
                               std::int64_t window) {
  std::vector<std::size_t> out(later.size(), unmatched);
  for (auto b = next_block(first, later, window, {}); b.first_n + b.later_n > 0;
       b = next_block(first, later, window, b)) {
    if (b.first_n == 0 || b.later_n == 0)
      continue;
    block_aligner here{first.subspan(b.first, b.first_n),
                       later.subspan(b.later, b.later_n), window};
    here.each_pair(
      [&](std::size_t i, std::size_t j) { out[b.later + j] = b.first + i; });
  }
  return out;
}

} // namespace ringside::scoring::hybrid
