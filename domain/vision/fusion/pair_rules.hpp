#pragma once

#include "domain/base/enum_text.hpp"
#include "domain/vision/fusion/strategy.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace ringside::fusion {

/// The earlier system's five ways to settle a conflict between an official
/// and a camera: the two reports of one corner within 200 ms are one event,
/// and a rule says whose word it is. Everything else stays alone, so several
/// cameras count several times. Unlike there, a report is used once.
class pair_rules final : public strategy {
public:
  enum class rule : std::uint8_t {
    /// The official's word and confidence.
    judge_override,
    /// The camera's.
    cv_priority,
    /// The word of the more confident, the mean confidence.
    weighted_confidence,
    /// The official's word, 1.1 times the mean confidence.
    hybrid,
    /// The word of the one that saw the harder strike, the camera on a tie.
    severity_priority,
  };

  explicit pair_rules(rule r) : rule_(r) {
    // nop
  }

  std::string_view name() const noexcept override;

  block_limits limits() const noexcept override {
    return {};
  }

  void solve(const block& b, std::vector<hypothesis>& out) override;

private:
  hypothesis settle(const block& b, const observation& human,
                    const observation& camera) const;

  rule rule_;
};

} // namespace ringside::fusion

template <>
struct ringside::enum_names<ringside::fusion::pair_rules::rule> {
  static constexpr std::array<std::string_view, 5> value{
    "judge_override", "cv_priority", "weighted_confidence", "hybrid",
    "severity_priority"};
};
