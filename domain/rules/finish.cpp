#include "domain/rules/finish.hpp"

#include <algorithm>

namespace ringside::rules {

winner_rule winner_rule_of(result_kind kind) noexcept {
  switch (kind) {
  case result_kind::unanimous_draw:
  case result_kind::majority_draw:
  case result_kind::split_draw:
  case result_kind::technical_draw:
  case result_kind::draw:
  case result_kind::no_contest:
  case result_kind::no_decision:
    return winner_rule::forbidden;
  case result_kind::could_not_continue:
    return winner_rule::either;
  default:
    return winner_rule::required;
  }
}

bool winner_fits(result_kind kind, std::optional<corner> winner) noexcept {
  auto rule = winner_rule_of(kind);
  return rule == winner_rule::either
         || (rule == winner_rule::required) == winner.has_value();
}

bool is_finish(result_kind kind) noexcept {
  switch (kind) {
  case result_kind::unanimous_decision:
  case result_kind::split_decision:
  case result_kind::majority_decision:
  case result_kind::unanimous_draw:
  case result_kind::majority_draw:
  case result_kind::split_draw:
  case result_kind::technical_decision:
  case result_kind::technical_draw:
  case result_kind::points_decision:
    return false;
  default:
    return true;
  }
}

namespace {

error misfit(result_kind kind, std::optional<corner> winner) {
  return refuse(ec::invalid_value,
                std::string{text_of(kind)}
                  + (winner ? " has no winner" : " needs a winner"),
                "winner");
}

bool knows(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

} // namespace

result<outcome> derive_finish(const ruleset& rules, const finish& how) {
  auto kind = parse_enum<result_kind>(how.method);
  if (!kind || !knows(rules.finish_methods, how.method))
    return refuse(ec::not_in_ruleset,
                  "'" + how.method + "' is no finish of " + rules.id, "method");
  if (!winner_fits(*kind, how.winner))
    return misfit(*kind, how.winner);
  outcome out;
  out.kind = *kind;
  out.winner = how.winner;
  out.explanation
    = "The bout ended by " + how.method + "; points do not change a finish.";
  return out;
}

result<outcome> derive_result(const ruleset& rules,
                              const std::optional<finish>& how,
                              std::span<const judge_card> cards,
                              std::span<const deductions> taken,
                              const decision_scope& scope) {
  if (how)
    return derive_finish(rules, *how);
  return derive_decision(rules, cards, taken, scope);
}

result<outcome> overturn(const ruleset& rules, const outcome& old,
                         const overturn_order& order) {
  if (!knows(rules.overturn_grounds, order.ground))
    return refuse(ec::not_in_ruleset,
                  "'" + order.ground + "' is no ground of " + rules.id
                    + " for changing a result",
                  "ground");
  if (!winner_fits(order.kind, order.winner))
    return misfit(order.kind, order.winner);
  if (order.kind == old.kind && order.winner == old.winner)
    return refuse(ec::invalid_value, "the result would stay the same", "kind");
  auto out = old;
  out.kind = order.kind;
  out.winner = order.winner;
  out.explanation = "Changed from " + std::string{text_of(old.kind)}
                    + " on the ground of " + order.ground + ".";
  return out;
}

} // namespace ringside::rules
