#pragma once

#include "domain/vision/fusion/strategy.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ringside::fusion {

/// k of n sources press the same corner within a window: one strike (the
/// amateur boxing computers of 1989 to 2012 used 3 of 5 within a second).
class k_of_n final : public strategy {
public:
  struct rule {
    std::string_view name;
    int k = 3;
    std::int64_t window_us = 1'000'000;
    /// Only human operators count.
    bool humans_only = false;
  };

  explicit k_of_n(const rule& r) : rule_(r) {
    // nop
  }

  std::string_view name() const noexcept override {
    return rule_.name;
  }

  block_limits limits() const noexcept override;
  void solve(const block& b, std::vector<hypothesis>& out) override;

private:
  void solve_corner(const block& b, std::vector<std::uint8_t> reports,
                    std::vector<hypothesis>& out);

  rule rule_;
};

/// Reports of one corner with gaps of at most 80 ms are one strike; its
/// probability is a noisy-OR, shown from 0.9. Silence says nothing to it.
class gap_clustering final : public strategy {
public:
  std::string_view name() const noexcept override {
    return "gap_noisy_or";
  }

  block_limits limits() const noexcept override {
    return {};
  }

  void solve(const block& b, std::vector<hypothesis>& out) override;
};

/// No fusion: every report is a strike.
class all_reports final : public strategy {
public:
  std::string_view name() const noexcept override {
    return "all_reports";
  }

  block_limits limits() const noexcept override {
    return {};
  }

  void solve(const block& b, std::vector<hypothesis>& out) override;
};

} // namespace ringside::fusion
