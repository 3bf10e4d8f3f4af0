#pragma once

#include "domain/vision/fusion/hypothesis.hpp"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace ringside::fusion {

/// How a strategy wants its reports cut into blocks.
struct block_limits {
  /// A silence this long ends a block.
  std::int64_t gap_us = 300'000;
  /// A block is never longer than this, nor more than `block_reports_max`.
  std::int64_t span_us = 3'000'000;
  /// True if what is old in a long block may be decided before its end.
  bool may_settle = false;
};

/// A way to turn the reports of a block into strikes. Deterministic: the same
/// block gives the same groups. Holds only scratch memory between calls.
class strategy {
public:
  virtual ~strategy() = default;

  /// The name in settings and tables.
  virtual std::string_view name() const noexcept = 0;

  virtual block_limits limits() const noexcept = 0;

  /// Every report of `b` goes into exactly one of `out`, which is cleared
  /// first.
  virtual void solve(const block& b, std::vector<hypothesis>& out) = 0;
};

/// The names that `make_strategy` knows, the recommended one first.
const std::vector<std::string_view>& strategy_names();

/// The strategy of a name, or nothing.
std::unique_ptr<strategy> make_strategy(std::string_view name);

} // namespace ringside::fusion
