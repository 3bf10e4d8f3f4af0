#pragma once

#include "domain/base/result.hpp"
#include "domain/rules/derive.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace ringside::rules {

/// Whether a kind of result goes with a winner.
enum class winner_rule : std::uint8_t { required, forbidden, either };

/// What `kind` demands of `outcome::winner`.
winner_rule winner_rule_of(result_kind kind) noexcept;

/// True if `winner` fits `kind`.
bool winner_fits(result_kind kind, std::optional<corner> winner) noexcept;

/// True for results that end the bout without cards.
bool is_finish(result_kind kind) noexcept;

/// How the bout ended before the cards could decide.
struct finish {
  /// A name from `ruleset::finish_methods`.
  std::string method;
  /// Empty for a double knockout, a no contest and the like.
  std::optional<corner> winner;
};

/// The result of a finish.
/// @returns `not_in_ruleset` for a method this rule set does not know,
/// `invalid_value` where the method needs a winner or forbids one.
result<outcome> derive_finish(const ruleset& rules, const finish& how);

/// The result of a bout: a finish decides alone and points never override it,
/// filed or not; without one the cards decide.
result<outcome> derive_result(const ruleset& rules,
                              const std::optional<finish>& how,
                              std::span<const judge_card> cards,
                              std::span<const deductions> taken,
                              const decision_scope& scope);

/// An order to replace a published result.
struct overturn_order {
  /// One of `ruleset::overturn_grounds`.
  std::string ground;
  result_kind kind = result_kind::no_contest;
  std::optional<corner> winner;
};

/// The outcome that supersedes `old`. `old` stays as it is in the journal; the
/// new one keeps its cards, because judges' cards are never rewritten.
/// @returns `not_in_ruleset` for an unknown ground, `invalid_value` where kind
/// and winner do not fit or nothing would change.
result<outcome> overturn(const ruleset& rules, const outcome& old,
                         const overturn_order& order);

} // namespace ringside::rules
