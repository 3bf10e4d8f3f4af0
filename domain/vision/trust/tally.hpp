#pragma once

#include "domain/vision/fusion/fused_event.hpp"
#include "domain/vision/fusion/report.hpp"
#include "domain/vision/fusion/source.hpp"
#include "domain/vision/trust/source_counts.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

namespace ringside::trust {

/// Counts what the sources of one bout report against what is decided of it.
/// Takes part in no decision. Bounded: of each source the last 2'048 reports,
/// a second's at the highest rate.
class tally {
public:
  static constexpr std::size_t reports_kept = 2'048;

  /// A report that the fusion took.
  void heard(const fusion::report& r);

  /// A life sign; time counts as watched up to `reach` after the last one.
  void beat(fusion::source_index src, mono_us at, bool in_view, span_us reach);

  /// An event that became final; once for each, whatever revises it later.
  /// @param in_view The set of sources that saw the fighters then.
  void decided(const fusion::fused_event& e, std::uint32_t in_view,
               const fusion::source_table& with, std::size_t kinds);

  const source_counts& of(fusion::source_index src) const noexcept {
    return counts_[src];
  }

private:
  struct said {
    std::uint64_t seq = 0;
    std::optional<ringside::corner> corner;
    std::optional<fusion::kind_index> kind;
  };

  const said* find(const fusion::report_key& key) const noexcept;
  void match(const fusion::fused_event& e, const fusion::evidence& v,
             const fusion::source_parameters& with, std::size_t kinds);

  std::array<source_counts, fusion::sources_max> counts_;
  std::array<std::deque<said>, fusion::sources_max> said_;
  std::array<std::optional<mono_us>, fusion::sources_max> seen_;
};

} // namespace ringside::trust
