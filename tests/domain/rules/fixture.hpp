#pragma once

#include "app/config/load_rulesets.hpp"
#include "domain/rules/decision.hpp"
#include "domain/rules/ruleset.hpp"

#include <initializer_list>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace ringside::rules::test {

/// The rule sets as shipped; read once.
inline const catalog& shipped_catalog() {
  static const catalog all = [] {
    auto read = config::load_rulesets(std::string{RINGSIDE_SOURCE_DIR}
                                      + "/config/rulesets");
    if (!read) {
      // Without the rule sets no test below can say anything.
      throw std::runtime_error{read.reason().detail};
    }
    return std::move(*read);
  }();
  return all;
}

/// A copy of a shipped rule set, for tests that change it.
inline ruleset shipped(const std::string& id) {
  auto found = shipped_catalog().find(id);
  if (found == nullptr)
    throw std::runtime_error{"no rule set " + id};
  return *found;
}

/// A card from whole points by round.
inline judge_card
card(std::initializer_list<std::pair<std::int32_t, std::int32_t>> rounds) {
  judge_card out;
  for (auto [red, blue] : rounds)
    out.rounds.push_back(round_score{{whole_points(red), whole_points(blue)}});
  return out;
}

} // namespace ringside::rules::test
