#pragma once

#include "domain/base/time.hpp"
#include "net/options.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>

namespace ringside::net {

/// A token bucket in millionths of a token, so that it needs no float.
class rate_bucket {
public:
  rate_bucket() = default;

  explicit rate_bucket(rate limit)
    : limit_(limit), level_(std::int64_t{limit.burst} * 1'000'000) {
    // nop
  }

  /// Takes one token if there is one.
  bool take(mono_us now) {
    refill(now);
    if (level_ < 1'000'000)
      return false;
    level_ -= 1'000'000;
    return true;
  }

  /// True if `take` would succeed.
  bool ready(mono_us now) {
    refill(now);
    return level_ >= 1'000'000;
  }

  /// Whole seconds until the next token, at least 1: for `Retry-After`.
  std::int64_t retry_after_s() const {
    auto missing = 1'000'000 - level_;
    auto per_second = std::int64_t{std::max(limit_.per_second, 1)} * 1'000'000;
    return std::max<std::int64_t>(1, (missing + per_second - 1) / per_second);
  }

private:
  void refill(mono_us now) {
    auto full = std::int64_t{limit_.burst} * 1'000'000;
    if (started_ && now > last_) {
      // A bucket is full after burst / per_second; no need to count further,
      // and nothing can overflow.
      auto span
        = std::min<std::int64_t>(now.count - last_.count, 3'600'000'000);
      level_ = std::min(full, level_ + span * limit_.per_second);
    }
    started_ = true;
    last_ = std::max(last_, now);
  }

  rate limit_;
  std::int64_t level_ = 0;
  mono_us last_;
  bool started_ = false;
};

/// One bucket per name (an address), at most `size_max` of them: when it is
/// full it starts afresh, which can only be generous.
class rate_book {
public:
  static constexpr std::size_t size_max = 8'192;

  explicit rate_book(rate limit) : limit_(limit) {
    // nop
  }

  rate_bucket& of(const std::string& name) {
    if (buckets_.size() >= size_max && !buckets_.contains(name))
      buckets_.clear();
    return buckets_.try_emplace(name, limit_).first->second;
  }

private:
  rate limit_;
  std::unordered_map<std::string, rate_bucket> buckets_;
};

} // namespace ringside::net
