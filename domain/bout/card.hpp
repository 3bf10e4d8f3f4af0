#pragma once

#include "domain/base/corner.hpp"
#include "domain/rules/decision.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ringside::bout {

/// Whom a judge gives one criterion of the rule set.
struct criterion_pick {
  std::string id;
  /// Empty: nobody.
  std::optional<corner> winner;

  friend bool operator==(const criterion_pick&, const criterion_pick&)
    = default;
};

/// What a judge writes: a round score, or a pick, or criteria.
struct card_entry {
  std::optional<rules::round_score> score;
  std::optional<corner> pick;
  /// Where the unit is weighted_criteria: every criterion once. In any order
  /// from a client, by id in an event.
  std::vector<criterion_pick> criteria;

  friend bool operator==(const card_entry&, const card_entry&) = default;
};

} // namespace ringside::bout
