#pragma once

#include "domain/base/corner.hpp"
#include "domain/base/enum_text.hpp"
#include "domain/scoring/peer/round_counts.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace ringside::scoring::peer {

/// The engines of others that ours is compared with. Comparison only: no live
/// path scores with them.
enum class engine : std::uint8_t { v3_code, v3_prd, icvss, e1 };

inline constexpr std::array all_engines{engine::v3_code, engine::v3_prd,
                                        engine::icvss, engine::e1};

/// What an engine says of a round, in one form for all.
struct verdict {
  /// Its own points in thousandths, rounded to nearest.
  per_corner<std::int64_t> score_milli;
  /// Its card, in whole points.
  per_corner<int> card;
  /// Empty: even.
  std::optional<corner> winner;

  friend bool operator==(const verdict&, const verdict&) = default;
};

/// Scores a log that is in the words of engine A; the others get it
/// translated.
verdict judge(engine which, std::span<const log_event> v3_log);

/// Scores the counts of a round, spread over it by `from_counts`.
verdict judge(engine which, const per_corner<round_counts>& counts,
              round_ms length);

} // namespace ringside::scoring::peer

namespace ringside {

template <>
struct enum_names<scoring::peer::engine> {
  static constexpr std::array<std::string_view, 4> value{
    "peer_v3_code", "peer_v3_prd", "peer_icvss", "peer_e1"};
};

} // namespace ringside
