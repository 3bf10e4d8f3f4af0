#pragma once

#include "domain/audit/entry.hpp"
#include "domain/audit/json.hpp"
#include "domain/base/strong_id.hpp"
#include "domain/bout/state.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

/// Shadow seats: judges in training who score a bout beside its panel. They
/// have a chain of the journal of their own, so that no bout holds a trace of
/// them: no view, card, deadline, lock or result can depend on one.
namespace ringside::advice {

struct shadow_filed {
  rules::round_score score;
  std::string reason;

  friend bool operator==(const shadow_filed&, const shadow_filed&) = default;
};

struct shadow_seat {
  /// Who sits there.
  std::string account;
  /// By round, from 1.
  std::map<int, shadow_filed> cards;

  friend bool operator==(const shadow_seat&, const shadow_seat&) = default;
};

/// The fold of the chain `_shadows`.
struct shadow_book {
  /// By bout, then by the number of the shadow seat, from 1.
  std::map<std::string, std::map<int, shadow_seat>, std::less<>> bouts;
  /// Entries so far.
  std::uint32_t version = 0;

  const shadow_seat* find(const bout_id& bout, int shadow) const;

  friend bool operator==(const shadow_book&, const shadow_book&) = default;
};

/// Shadow seats of one bout at most.
inline constexpr int shadow_seats_max = 16;

/// The kinds of entries of the chain.
inline constexpr std::string_view kind_shadow_seated = "shadow_seated";
inline constexpr std::string_view kind_shadow_card_filed = "shadow_card_filed";

/// Somebody is to have a shadow seat.
struct seat_shadow {
  bout_id bout;
  int shadow = 0;
  std::string account;
};

/// The holder of a shadow seat files a card.
struct file_shadow {
  bout_id bout;
  int shadow = 0;
  int round = 0;
  /// The account that files.
  std::string account;
  shadow_filed card;
};

/// What to write; nothing where it is so already, which makes repeats
/// harmless.
using shadow_decision = result<std::optional<json::value>>;

/// Refused: a bout that is over, one without scores by round, an account that
/// is on the panel or has another shadow seat, a seat that has filed.
shadow_decision decide(const shadow_book& book, const bout::state& s,
                       const seat_shadow& x);

/// Under the rules for cards of the panel: by the holder, between the bell and
/// the lock, once, a score that the rule set allows. Nobody waits for it.
shadow_decision decide(const shadow_book& book, const bout::state& s,
                       const file_shadow& x);

/// The next entry. `corrupt` if it cannot be read; the book stays.
result<unit> apply_shadow_entry(shadow_book& book,
                                const audit::entry_fields& entry);

/// The shadow seats of a bout as somebody may see them: {bout_id, shadows:
/// [{shadow, account, filed, cards, comparison}]}. Cards and comparison come
/// once there is a result, for a judge once it is published; the own cards at
/// once. A judge sees nobody's but his own.
json::object shadows_json(const shadow_book& book, const bout::state& s,
                          const bout_id& id, const issuer& who);

} // namespace ringside::advice
