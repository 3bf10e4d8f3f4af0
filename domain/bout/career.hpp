#pragma once

#include "domain/base/strong_id.hpp"
#include "domain/bout/state.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// Statistics of a bout and of a career: what stands in the rounds, added up.
namespace ringside::bout {

/// The columns of FightMetric over any number of rounds.
struct line_score {
  box_score box;
  round_ms control;
  std::int32_t rounds = 0;

  /// Adds (`sign` 1) or takes away (`sign` -1); exact in both directions.
  void add(const line_score& x, std::int32_t sign) noexcept;

  friend bool operator==(const line_score&, const line_score&) = default;
};

/// Control of a corner in a round. The bell ends what still runs; before it,
/// an open interval counts nothing.
round_ms control_of(const round_state& r, corner c) noexcept;

/// Both corners over all rounds of a bout.
per_corner<line_score> totals_of(const state& s) noexcept;

/// The same from the standing facts and control intervals alone: what
/// `totals_of` has to be equal to.
per_corner<line_score> count_totals_again(const state& s);

/// What one fighter did in one bout.
struct career_line {
  bout_id bout;
  ringside::corner corner = ringside::corner::red;
  line_score score;

  friend bool operator==(const career_line&, const career_line&) = default;
};

/// All fighters by name, a fold over any number of bouts at once. Names are
/// compared byte for byte: a bout has nothing else that tells fighters apart,
/// so namesakes are one and a misspelt one is another. A cancelled bout counts
/// nothing. The order of bouts and of their events makes no difference.
class career_book {
public:
  /// Takes a bout as it is now, in place of what it was.
  void take(const bout_id& bout, const state& s);

  /// The sum over all bouts; nothing done by somebody unknown.
  line_score total(std::string_view name) const;

  /// Bout by bout, by id; red before blue.
  std::vector<career_line> lines(std::string_view name) const;

  friend bool operator==(const career_book&, const career_book&) = default;

private:
  struct entry {
    per_corner<std::string> names;
    per_corner<line_score> scores;

    friend bool operator==(const entry&, const entry&) = default;
  };

  /// How often a name stands in `bouts_`, and the sum.
  struct sum {
    line_score score;
    std::int32_t lines = 0;

    friend bool operator==(const sum&, const sum&) = default;
  };

  void count(const entry& x, std::int32_t sign);

  std::map<std::string, entry, std::less<>> bouts_;
  std::map<std::string, sum, std::less<>> sums_;
};

} // namespace ringside::bout
