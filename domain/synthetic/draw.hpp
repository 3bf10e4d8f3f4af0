#pragma once

#include "domain/base/corner.hpp"
#include "domain/base/dice.hpp"
#include "domain/synthetic/model.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ringside::synthetic {

/// What somebody is known for; a reading of what was drawn, nothing that was
/// put in.
enum class style : std::uint8_t {
  all_rounder,
  striker,
  clincher,
  wrestler,
  submission_artist,
};

inline constexpr std::size_t style_count = 5;

/// What stays with a fighter over a bout, against this opponent.
struct habits {
  /// On the latent scale, by stat.
  per_stat<double> lean{};
  double leg = 0;
  double body = 0;
};

per_corner<habits> draw_habits(const model& m, dice& d);

style style_of(const model& m, const habits& h) noexcept;

enum class place : std::uint8_t { distance, clinch, ground };
enum class target : std::uint8_t { head, body, leg };

/// Strikes by place and target.
using strike_table = std::array<std::array<int, 3>, 3>;

/// What one fighter did in one round.
struct corner_line {
  std::array<int, stat_count> counts{};
  /// The significant strikes of `counts`, with their targets.
  strike_table landed{};
  strike_table missed{};
  bool deduction = false;

  int of(stat s) const noexcept {
    return counts[static_cast<std::size_t>(s)];
  }

  friend bool operator==(const corner_line&, const corner_line&) = default;
};

/// Draws a round of `length_s` seconds. Control of both together never takes
/// longer than the round.
per_corner<corner_line> draw_round(const model& m,
                                   const per_corner<habits>& who, int length_s,
                                   dice& d);

} // namespace ringside::synthetic

namespace ringside {

template <>
struct enum_names<synthetic::style> {
  static constexpr std::array<std::string_view, synthetic::style_count> value{
    "all_rounder", "striker", "clincher", "wrestler", "submission_artist"};
};

} // namespace ringside
