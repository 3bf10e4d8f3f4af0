#include "bench/load/samples.hpp"

#include <algorithm>

namespace ringside::load {

std::int64_t now_ns() noexcept {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
           steady::now().time_since_epoch())
    .count();
}

void samples::append(const samples& other) {
  values_.insert(values_.end(), other.values_.begin(), other.values_.end());
  sorted_ = false;
}

std::int64_t samples::at(int per_mille) const {
  if (values_.empty())
    return 0;
  if (!sorted_)
    std::sort(values_.begin(), values_.end());
  sorted_ = true;
  auto rank
    = (values_.size() * static_cast<std::size_t>(per_mille) + 999) / 1'000;
  return values_[std::max<std::size_t>(rank, 1) - 1];
}

} // namespace ringside::load
