#include "domain/wire/audience.hpp"

#include "domain/rules/open_scoring.hpp"

namespace ringside::wire {

namespace {

using kind = audience::kind;

bool published(const bout::state& s) noexcept {
  return s.phase == bout::phase::published;
}

bool locked(const bout::state& s, int round) noexcept {
  const auto* r = bout::find_round(s, round);
  return r != nullptr && r->status == bout::round_status::locked;
}

bool has_filed(const bout::state& s, int seat_no, int round) noexcept {
  const auto* seat = bout::find_seat(s, seat_no);
  if (seat == nullptr)
    return false;
  if (round == 0)
    return seat->whole_bout.has_value();
  auto index = static_cast<std::size_t>(round - 1);
  return index < seat->rounds.size() && seat->rounds[index].has_value();
}

/// Everybody who has to file for this round has.
bool complete(const bout::state& s, int round) noexcept {
  auto last_resort
    = round == 0 && s.ruleset && s.ruleset->unit == rules::scoring_unit::round;
  return last_resort ? s.picks_wanted.empty() : bout::cards_complete(s, round);
}

/// Another round follows this one, or may still follow.
bool more_to_come(const bout::state& s, int round) noexcept {
  if (round < bout::current_round_no(s))
    return true;
  return bout::live(s) && !s.finish && !s.stoppage
         && round < bout::rounds_allowed(s);
}

/// Open scoring has shown this round, to whomever. A reveal shows all rounds
/// before it too; the last round waits for the result.
bool revealed(const bout::state& s, int round) noexcept {
  if (round < 1 || !s.ruleset || !locked(s, round))
    return false;
  for (int n = round; n <= bout::current_round_no(s); ++n)
    if (locked(s, n) && more_to_come(s, n)
        && rules::reveal_after_round(*s.ruleset, n))
      return true;
  return false;
}

/// Whether open scoring is for this audience. Corners are told on paper: no
/// screen of ours is theirs.
bool reveal_is_for(rules::reveal_to to, kind who) noexcept {
  if (who == kind::control)
    return true;
  return to == rules::reveal_to::public_
         || (to == rules::reveal_to::broadcast && who == kind::broadcast);
}

bool revealed_to(const bout::state& s, int round,
                 const audience& who) noexcept {
  return revealed(s, round)
         && reveal_is_for(s.ruleset->open_scoring.audience, who.who);
}

} // namespace

audience audience_for(role who, int seat) noexcept {
  switch (who) {
  case role::supervisor:
  case role::commission:
    return {kind::control, 0};
  case role::timekeeper:
  case role::operator_:
  case role::admin:
  case role::source:
    return {kind::desk, 0};
  case role::judge:
    return {kind::judge, seat};
  case role::broadcast:
    return {kind::broadcast, 0};
  case role::viewer:
    break;
  }
  return {kind::public_, 0};
}

audience assessment_audience_for(role who, int seat) noexcept {
  return who == role::admin ? audience{kind::control, 0}
                            : audience_for(who, seat);
}

int seat_of(const bout::state& s, std::string_view account) noexcept {
  if (account.empty())
    return 0;
  for (std::size_t i = 0; i < s.seats.size(); ++i)
    if (s.seats[i].account == account)
      return static_cast<int>(i) + 1;
  return 0;
}

bool card_visible(const bout::state& s, int seat, int round,
                  const audience& who) noexcept {
  if (published(s))
    return true;
  switch (who.who) {
  case kind::control:
    return complete(s, round) || locked(s, round);
  case kind::judge:
    return (who.seat != 0 && who.seat == seat)
           || (revealed_to(s, round, who) && has_filed(s, who.seat, round));
  case kind::desk:
  case kind::broadcast:
  case kind::public_:
    break;
  }
  return revealed_to(s, round, who);
}

bool presses_visible(const bout::state& s, int seat, int round,
                     const audience& who) noexcept {
  if (published(s))
    return true;
  if (who.who == kind::judge && seat != 0 && who.seat == seat)
    return true;
  const auto* r = bout::find_round(s, round);
  if (who.who == kind::control)
    return r != nullptr && r->status != bout::round_status::open;
  return revealed_to(s, round, who);
}

bool pick_known(const bout::state& s, int seat, const audience& who) noexcept {
  auto last_resort = s.ruleset && s.ruleset->unit == rules::scoring_unit::round;
  return !last_resort || who.who == kind::control
         || card_visible(s, seat, 0, who);
}

bool assessment_visible(const bout::state& s, int round,
                        const audience& who) noexcept {
  if (published(s) || who.who == kind::control || who.who == kind::broadcast)
    return true;
  if (who.who != kind::judge || !s.ruleset || round < 1)
    return false;
  auto by_round = s.ruleset->unit == rules::scoring_unit::round;
  return has_filed(s, who.seat, by_round ? round : 0);
}

bool result_visible(const bout::state& s, const audience& who) noexcept {
  if (!s.result)
    return false;
  return who.who == kind::control || published(s);
}

} // namespace ringside::wire
