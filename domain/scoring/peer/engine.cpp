#include "domain/scoring/peer/engine.hpp"

#include "domain/scoring/peer/e1.hpp"
#include "domain/scoring/peer/icvss.hpp"
#include "domain/scoring/peer/v3.hpp"

#include <algorithm>
#include <cmath>

namespace ringside::scoring::peer {

namespace {

/// A peer takes absurd durations; what it makes of them is far off any scale.
constexpr double score_max = 1e15;

std::int64_t milli(double score) noexcept {
  return std::llround(std::clamp(score * 1'000, -score_max, score_max));
}

template <class Report>
verdict verdict_of(const Report& report, const per_corner<double>& score) {
  return {{milli(score.red), milli(score.blue)}, report.card, report.winner};
}

verdict of_v3(const v3_config& config, std::span<const log_event> log) {
  auto report = score_v3(config, log);
  return verdict_of(report, report.raw);
}

} // namespace

verdict judge(engine which, std::span<const log_event> v3_log) {
  switch (which) {
  case engine::v3_code:
    return of_v3(v3_code(), v3_log);
  case engine::v3_prd:
    return of_v3(v3_prd(), v3_log);
  case engine::icvss: {
    auto report = score_icvss(to_icvss(v3_log));
    return verdict_of(report, report.total);
  }
  case engine::e1:
    break;
  }
  auto report = score_e1(to_e1(v3_log));
  return verdict_of(report, report.total);
}

verdict judge(engine which, const per_corner<round_counts>& counts,
              round_ms length) {
  return judge(which, from_counts(counts, length));
}

} // namespace ringside::scoring::peer
