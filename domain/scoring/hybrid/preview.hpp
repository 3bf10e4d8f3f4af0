#pragma once

#include "domain/base/result.hpp"
#include "domain/scoring/hybrid/round.hpp"

#include <cstdint>
#include <string>

namespace ringside::scoring::hybrid {

/// A score as somebody saw it, and the position of the log it belongs to.
struct preview {
  std::uint64_t position = 0;
  fusion seen;
};

/// The score of the round as it stands. Changes nothing.
/// @pre The settings at hand are those of the state.
preview preview_of(const state& s, const config& c,
                   const normalise::profile& by);

/// Compare and set: what is approved is what was looked at, or nothing.
/// @param seen Position of the preview.
/// @param now Position of the log.
/// @returns `wrong_state` with both positions if they differ.
result<unit> approve_exactly(std::uint64_t seen, std::uint64_t now);

/// What a lock is a digest of: bout, round, position, settings, coverage, every
/// standing report and the score, as canonical JSON (sorted keys, integers and
/// plain strings only), so that anybody can compute it again.
std::string canonical_text(const state& s, const fused_round& score);

} // namespace ringside::scoring::hybrid
