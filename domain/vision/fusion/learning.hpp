#pragma once

#include "domain/vision/fusion/report.hpp"
#include "domain/vision/fusion/settings.hpp"
#include "domain/vision/fusion/source.hpp"

#include <span>

namespace ringside::fusion {

/// What was received in a bout: reports and heartbeats, in any order.
struct bout_record {
  std::span<const report> reports;
  std::span<const heartbeat> beats;
};

/// Learns how good the sources are from what they reported, without labels:
/// Dawid and Skene's expectation maximisation with the fusion as expectation
/// (fusion reference, section 4). What one source says never judges itself.
/// For between bouts; during a bout parameters are frozen. Confidence maps are
/// left alone: they need labels. Versions rise by one.
result<source_table> learn(const fusion_settings& settings,
                           const source_table& start, const bout_record& bout,
                           int rounds = 6);

} // namespace ringside::fusion
