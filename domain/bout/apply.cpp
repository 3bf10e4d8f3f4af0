#include "domain/bout/apply.hpp"

#include "domain/base/check.hpp"

#include <algorithm>
#include <utility>

namespace ringside::bout {

namespace {

/// Length of a round: the rule set's list, its last value repeated.
round_ms length_of(const rules::ruleset& set, int round) {
  const auto& lengths = set.rounds.lengths_s;
  auto index
    = std::min(static_cast<std::size_t>(round - 1), lengths.size() - 1);
  return {std::int64_t{lengths[index]} * 1'000};
}

/// The clock was set at `from`: control marks from there on stand at other
/// running times.
void retime(round_state& r, mono_us from) {
  r.control.retime(from, [&r](mono_us moment) { return time_at(r, moment); });
}

void add_deduction(round_state& r, standing_deduction d) {
  r.deducted[d.what.corner] += d.what.taken;
  auto later = std::upper_bound(
    r.deductions.begin(), r.deductions.end(), d,
    [](const auto& a, const auto& b) { return a.order < b.order; });
  r.deductions.insert(later, std::move(d));
}

void add_fact(state& s, event_no no, standing_fact f) {
  auto& r = *find_round(s, f.round);
  tally(r.boxes, f.what, 1);
  if (const auto* start = std::get_if<control_start>(&f.what))
    r.control.add({f.order, f.moment, f.at, true, start->corner, start->kind});
  else if (const auto* end = std::get_if<control_end>(&f.what))
    r.control.add({f.order, f.moment, f.at, false, end->corner, {}});
  else if (const auto* d = std::get_if<deduction>(&f.what))
    add_deduction(r, {no, *d, f.order});
  s.facts.emplace(no, std::move(f));
}

/// Takes a standing fact out and gives it back.
standing_fact remove_fact(state& s, event_no no) {
  auto gone = std::move(s.facts.extract(no).mapped());
  auto& r = *find_round(s, gone.round);
  tally(r.boxes, gone.what, -1);
  if (is_control(gone.what))
    r.control.remove(gone.order);
  if (const auto* d = std::get_if<deduction>(&gone.what)) {
    r.deducted[d->corner] -= d->taken;
    std::erase_if(r.deductions, [no](const auto& x) { return x.no == no; });
  }
  return gone;
}

/// Puts a card in its place; `round` 0 is the card of the whole bout.
std::optional<filed_card>& card_slot(seat_state& seat, int round) {
  if (round == 0)
    return seat.whole_bout;
  auto index = static_cast<std::size_t>(round - 1);
  if (seat.rounds.size() <= index)
    seat.rounds.resize(index + 1);
  return seat.rounds[index];
}

void set_clock(state& s, const event& e, int round, bool run) {
  auto& r = *find_round(s, round);
  if (r.clock.set(e.at, run))
    r.clock_events.push_back(e.no);
  retime(r, e.at);
}

void close(state& s, int round, round_ms at, mono_us when, bool cut_short) {
  auto& r = *find_round(s, round);
  r.clock.set(when, false);
  r.status = round_status::closed;
  r.closed_at = when;
  r.closed_ms = at;
  r.cut_short = cut_short;
  s.phase = phase::between_rounds;
  // The official time may be any: nothing of the round is after it.
  retime(r, {});
}

/// Closes the round in which the bout ended, if it is open.
void end_in(state& s, const event& e, int round, round_ms at) {
  s.ended = ending{e.no, false, false};
  auto* r = find_round(s, round);
  if (r == nullptr || r->status != round_status::open)
    return;
  s.ended->closed_round = true;
  s.ended->stopped_clock = r->clock.running();
  close(s, round, at, e.at, true);
}

/// As if the end had never been recorded.
void undo_ending(state& s) {
  auto gone = *std::exchange(s.ended, std::nullopt);
  s.finish.reset();
  if (std::exchange(s.stoppage, std::nullopt))
    s.picks_wanted.clear();
  s.result.reset();
  s.phase = s.rounds.empty() ? phase::created : phase::between_rounds;
  if (!gone.closed_round)
    return;
  auto& r = s.rounds.back();
  r.status = round_status::open;
  r.closed_at.reset();
  r.closed_ms = {};
  r.cut_short = false;
  if (gone.stopped_clock)
    r.clock.undo();
  s.phase = phase::in_round;
  retime(r, {});
}

/// As if the last clock mark of the open round had never been made.
void undo_clock(round_state& r) {
  auto from = r.clock.last_mark().value_or(mono_us{});
  r.clock.undo();
  r.clock_events.pop_back();
  retime(r, from);
}

/// An extra round nobody has opened, and picks, follow from the cards; they
/// are asked for again when the cards stand.
void drop_consequences(state& s) {
  s.extensions = std::max(0, current_round_no(s) - s.scheduled_rounds);
  s.picks_wanted.clear();
}

void drop_result(state& s) {
  s.result.reset();
  s.approved_by.clear();
  s.phase = phase::between_rounds;
}

/// One overload for each event; see event.hpp for what they mean.
struct folder {
  state& s;
  const event& e;
  const ruleset_lookup& find_ruleset;

  void operator()(const bout_created& x) const {
    s.ruleset = find_ruleset(x.ruleset, x.ruleset_version);
    s.phase = phase::created;
    s.fighters = x.fighters;
    s.arena = x.arena;
    s.event_name = x.event;
    s.weight_class = x.weight_class;
    s.title_bout = x.title_bout;
    s.scheduled_rounds = x.scheduled_rounds;
    s.created_at = e.at;
    s.seats.resize(static_cast<std::size_t>(s.ruleset->judges.count));
    for (std::size_t i = 0; i < x.judges.size() && i < s.seats.size(); ++i)
      s.seats[i].judge = x.judges[i];
  }

  void operator()(const judge_assigned& x) const {
    auto& seat = *find_seat(s, x.seat);
    seat.judge = x.judge;
    seat.account.clear();
    seat.device.clear();
  }

  void operator()(const seat_bound& x) const {
    auto& seat = *find_seat(s, x.seat);
    seat.account = x.account;
    seat.device = x.device;
  }

  void operator()(const round_opened& x) const {
    round_state r;
    r.opened_at = e.at;
    r.length = length_of(*s.ruleset, x.round);
    r.extension = x.round > s.scheduled_rounds;
    s.rounds.push_back(std::move(r));
    s.phase = phase::in_round;
  }

  void operator()(const clock_started& x) const {
    set_clock(s, e, x.round, true);
  }

  void operator()(const clock_stopped& x) const {
    set_clock(s, e, x.round, false);
  }

  void operator()(const round_closed& x) const {
    close(s, x.round, x.at, e.at, false);
  }

  void operator()(const fact_logged& x) const {
    add_fact(s, e.no, {x.what, x.round, x.at, e.by.account, e.at, e.no});
  }

  void operator()(const event_retracted& x) const {
    if (s.facts.contains(x.no))
      remove_fact(s, x.no);
    else if (s.ended && s.ended->no == x.no)
      undo_ending(s);
    else if (last_clock_event(s) == x.no)
      undo_clock(s.rounds.back());
  }

  void operator()(const fact_replaced& x) const {
    if (!s.facts.contains(x.replaces))
      return;
    auto old = remove_fact(s, x.replaces);
    add_fact(s, e.no,
             {x.what, old.round, x.at, e.by.account, old.moment, old.order});
  }

  void operator()(const card_filed& x) const {
    auto& slot = card_slot(*find_seat(s, x.seat), x.round);
    std::erase(s.picks_wanted, x.round == 0 ? x.seat : 0);
    // Who gave criteria that came out even adds only the winner.
    if (slot && x.entry.criteria.empty() && !slot->entry.criteria.empty())
      slot->entry.pick = x.entry.pick;
    else
      slot = filed_card{x.entry, x.reason, e.no, e.at, x.late, 0};
  }

  void operator()(const card_revised& x) const {
    auto& slot = card_slot(*find_seat(s, x.seat), x.round);
    auto revisions = slot ? slot->revisions + 1 : 1;
    auto late = slot && slot->late;
    slot = filed_card{x.entry, x.reason, e.no, e.at, late, revisions};
    if (x.round == 0)
      s.picks_wanted.clear();
  }

  void operator()(const round_locked& x) const {
    find_round(s, x.round)->status = round_status::locked;
  }

  void operator()(const round_unlocked& x) const {
    find_round(s, x.round)->status = round_status::closed;
    drop_consequences(s);
  }

  void operator()(const finish_recorded& x) const {
    end_in(s, e, x.round, x.at);
    s.finish = x;
  }

  void operator()(const stoppage_recorded& x) const {
    end_in(s, e, x.round, x.at);
    s.stoppage = x;
  }

  void operator()(const extension_ordered&) const {
    ++s.extensions;
  }

  void operator()(const picks_requested& x) const {
    s.picks_wanted = x.seats;
  }

  void operator()(const result_derived& x) const {
    s.result = x.result;
    s.phase = phase::decided;
  }

  void operator()(const result_withdrawn&) const {
    if (s.result)
      s.former_results.push_back(*s.result);
    drop_result(s);
  }

  void operator()(const result_approved&) const {
    s.approved_by = e.by.account;
    s.phase = phase::approved;
  }

  void operator()(const result_published&) const {
    s.published_by = e.by.account;
    s.phase = phase::published;
  }

  void operator()(const result_overturned& x) const {
    if (s.result)
      s.former_results.push_back(*s.result);
    s.result = x.result;
    s.overturned = true;
  }

  void operator()(const bout_cancelled& x) const {
    if (auto* r = find_round(s, current_round_no(s));
        r != nullptr && r->status == round_status::open)
      close(s, current_round_no(s), clock_at(*r, e.at), e.at, true);
    s.phase = phase::cancelled;
    s.cancel_reason = x.reason;
  }

  void operator()(const note_added& x) const {
    s.notes.push_back({e.no, x.text, x.round, e.by.account});
  }

  void operator()(const protest_raised& x) const {
    s.protests.push_back({e.no, x.text, x.by, std::nullopt, {}});
  }

  void operator()(const protest_ruled& x) const {
    for (auto& p : s.protests)
      if (p.no == x.protest) {
        p.upheld = x.upheld;
        p.ruling = x.reason;
      }
  }
};

} // namespace

void apply(state& s, const event& e, const ruleset_lookup& find_ruleset) {
  RINGSIDE_CHECK(e.no == s.version + 1);
  std::visit(folder{s, e, find_ruleset}, e.body);
  s.version = e.no;
}

void remember(state& s, const uuid& id,
              const std::array<std::uint8_t, 32>& digest, event_no first,
              event_no last, std::uint64_t position, bool erased) {
  s.commands.emplace(id,
                     remembered_command{digest, first, last, position, erased});
}

} // namespace ringside::bout
