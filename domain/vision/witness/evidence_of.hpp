#pragma once

#include "domain/rules/camera_counting.hpp"
#include "domain/scoring/hybrid/evidence.hpp"
#include "domain/vision/desk/fused_entry.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ringside::witness {

/// Every report of ours has an id that begins so.
inline constexpr std::string_view evidence_prefix = "fused.";

/// What names the event in every revision: `fused.s1.64`, or `fused.e12` where
/// the first report was an operator's.
std::string evidence_name(const desk::fused_fact& x);

/// What an event counts in the hybrid result; nothing if it counts nothing.
std::optional<scoring::hybrid::evidence>
evidence_of(const desk::fused_fact& x, rules::camera_counting counting);

} // namespace ringside::witness
