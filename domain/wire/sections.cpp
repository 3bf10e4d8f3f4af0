#include "domain/wire/sections.hpp"

#include <initializer_list>

namespace ringside::wire {

namespace {

section_set of(std::initializer_list<section> items) noexcept {
  section_set s;
  for (auto item : items)
    s.add(item);
  return s;
}

/// Whether more rounds may come has changed, and with it what open scoring
/// reveals.
section_set ended() noexcept {
  return of({section::phase, section::clock, section::result, section::cards})
    .add_rounds();
}

/// One overload for each event that touches more than its round.
struct toucher {
  section_set operator()(const bout::bout_created&) const {
    return section_set::all();
  }

  section_set operator()(const bout::judge_assigned&) const {
    return of({section::seats});
  }

  section_set operator()(const bout::seat_bound&) const {
    return of({section::seats});
  }

  section_set operator()(const bout::round_opened&) const {
    // A round that follows may reveal the cards of those before.
    return of({section::phase, section::clock, section::cards}).add_rounds();
  }

  section_set operator()(const bout::clock_started&) const {
    return of({section::clock});
  }

  section_set operator()(const bout::clock_stopped&) const {
    return of({section::clock});
  }

  section_set operator()(const bout::round_closed& x) const {
    return of({section::phase, section::clock}).add_round(x.round);
  }

  section_set operator()(const bout::fact_logged& x) const {
    auto s = section_set{}.add_round(x.round);
    // Points taken are in the totals.
    return std::holds_alternative<bout::deduction>(x.what)
             ? s.add(section::cards)
             : s;
  }

  /// What was retracted is gone from the state: a fact of any round, a mark of
  /// the clock or the end of the bout.
  section_set operator()(const bout::event_retracted&) const {
    return ended();
  }

  section_set operator()(const bout::fact_replaced&) const {
    return of({section::cards}).add_rounds();
  }

  section_set operator()(const bout::card_filed&) const {
    return of({section::seats, section::cards});
  }

  section_set operator()(const bout::card_revised&) const {
    return of({section::seats, section::cards});
  }

  /// A lock may reveal earlier rounds too.
  section_set operator()(const bout::round_locked&) const {
    return of({section::cards}).add_rounds();
  }

  /// An extra round nobody has opened is off.
  section_set operator()(const bout::round_unlocked&) const {
    return of({section::phase, section::cards}).add_rounds();
  }

  section_set operator()(const bout::finish_recorded&) const {
    return ended();
  }

  section_set operator()(const bout::stoppage_recorded&) const {
    return ended();
  }

  section_set operator()(const bout::extension_ordered&) const {
    // One more round to come may reveal what was the last.
    return of({section::phase, section::cards}).add_rounds();
  }

  section_set operator()(const bout::picks_requested&) const {
    return of({section::cards});
  }

  section_set operator()(const bout::result_derived&) const {
    return ended();
  }

  section_set operator()(const bout::result_withdrawn&) const {
    return ended();
  }

  section_set operator()(const bout::result_approved&) const {
    return of({section::phase, section::result});
  }

  /// The wall comes down: everything that was hidden.
  section_set operator()(const bout::result_published&) const {
    return of({section::phase, section::result, section::cards, section::seats})
      .add_rounds();
  }

  section_set operator()(const bout::result_overturned&) const {
    return of({section::phase, section::result});
  }

  section_set operator()(const bout::bout_cancelled&) const {
    // Nothing is published any more; picks filed are known to fewer.
    return ended().add(section::seats);
  }

  section_set operator()(const bout::note_added&) const {
    return of({section::notes});
  }

  section_set operator()(const bout::protest_raised&) const {
    return of({section::protests});
  }

  section_set operator()(const bout::protest_ruled&) const {
    return of({section::protests});
  }
};

} // namespace

section_set sections_touched(const bout::event& e, const bout::state&) {
  return std::visit(toucher{}, e.body);
}

} // namespace ringside::wire
