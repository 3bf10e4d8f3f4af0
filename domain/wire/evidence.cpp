#include "domain/wire/evidence.hpp"

#include "domain/wire/sections.hpp"
#include "domain/wire/view.hpp"

#include <string>

namespace ringside::wire {

namespace {

error hidden(std::string what, const audience& who) {
  return refuse(ec::wrong_state,
                "the journal of this bout holds what you may not see yet: "
                  + std::move(what),
                {},
                who.who == audience::kind::control
                  ? "try again when every judge has filed"
                  : "try again when the result is published");
}

/// A retracted press does not count, but stands in the journal for ever.
bool has_presses(const bout::state& s) noexcept {
  return s.ruleset && s.ruleset->unit == rules::scoring_unit::consensus_hits;
}

bool decided(const bout::state& s) noexcept {
  return s.result || !s.former_results.empty();
}

} // namespace

result<unit> may_export(const bout::state& s, const audience& who) {
  auto seats = static_cast<int>(s.seats.size());
  auto rounds = static_cast<int>(s.rounds.size());
  for (int seat = 1; seat <= seats; ++seat)
    for (int round = 0; round <= rounds; ++round)
      if (bout::find_card(*bout::find_seat(s, seat), round) != nullptr
          && !card_visible(s, seat, round, who))
        return hidden("the card of seat " + std::to_string(seat), who);
  for (int round = 1; round <= rounds; ++round)
    if (has_presses(s) && !presses_visible(s, 0, round, who))
      return hidden("the presses of round " + std::to_string(round), who);
  for (auto seat : s.picks_wanted)
    if (!pick_known(s, seat, who))
      return hidden("who is asked for a pick", who);
  if (decided(s) && who.who != audience::kind::control
      && s.phase != bout::phase::published)
    return hidden("the result", who);
  return unit{};
}

json::value derived_result(const bout::state& s, const bout_id& id) {
  auto wanted = section_set{}
                  .add(section::identity)
                  .add(section::phase)
                  .add(section::cards)
                  .add(section::result)
                  .add_rounds();
  return render(s, id, {audience::kind::control, 0}, wanted);
}

} // namespace ringside::wire
