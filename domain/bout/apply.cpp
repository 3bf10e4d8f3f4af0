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

void add_fact(state& s, const event& e, const fact& what, int round,
              round_ms at) {
  auto& r = *find_round(s, round);
  tally(r.boxes, what, 1);
  if (const auto* start = std::get_if<control_start>(&what))
    r.control.add({e.no, at, true, start->corner, start->kind});
  if (const auto* end = std::get_if<control_end>(&what))
    r.control.add({e.no, at, false, end->corner, {}});
  if (const auto* d = std::get_if<deduction>(&what)) {
    r.deductions.push_back({e.no, *d});
    r.deducted[d->corner] += d->taken;
  }
  s.facts.emplace(e.no, standing_fact{what, round, at, e.by.account});
}

void remove_fact(state& s, event_no no) {
  auto found = s.facts.find(no);
  if (found == s.facts.end())
    return;
  const auto& gone = found->second;
  auto& r = *find_round(s, gone.round);
  tally(r.boxes, gone.what, -1);
  r.control.remove(no);
  if (const auto* d = std::get_if<deduction>(&gone.what)) {
    r.deducted[d->corner] -= d->taken;
    std::erase_if(r.deductions, [no](const auto& x) { return x.no == no; });
  }
  s.facts.erase(found);
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

void close(state& s, int round, round_ms at, mono_us when, bool cut_short) {
  auto& r = *find_round(s, round);
  r.clock.set(when, false);
  r.status = round_status::closed;
  r.closed_at = when;
  r.closed_ms = at;
  r.cut_short = cut_short;
  s.phase = phase::between_rounds;
}

void close_if_open(state& s, int round, round_ms at, mono_us when) {
  if (auto* r = find_round(s, round);
      r != nullptr && r->status == round_status::open)
    close(s, round, at, when, true);
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
    find_round(s, x.round)->clock.set(e.at, true);
  }

  void operator()(const clock_stopped& x) const {
    find_round(s, x.round)->clock.set(e.at, false);
  }

  void operator()(const round_closed& x) const {
    close(s, x.round, x.at, e.at, false);
  }

  void operator()(const fact_logged& x) const {
    add_fact(s, e, x.what, x.round, x.at);
  }

  void operator()(const event_retracted& x) const {
    remove_fact(s, x.no);
  }

  void operator()(const fact_replaced& x) const {
    remove_fact(s, x.replaces);
    add_fact(s, e, x.what, x.round, x.at);
  }

  void operator()(const card_filed& x) const {
    card_slot(*find_seat(s, x.seat), x.round)
      = filed_card{x.entry, x.reason, e.no, e.at, x.late, 0};
    std::erase(s.picks_wanted, x.round == 0 ? x.seat : 0);
  }

  void operator()(const card_revised& x) const {
    auto& slot = card_slot(*find_seat(s, x.seat), x.round);
    auto revisions = slot ? slot->revisions + 1 : 1;
    auto late = slot && slot->late;
    slot = filed_card{x.entry, x.reason, e.no, e.at, late, revisions};
  }

  void operator()(const round_locked& x) const {
    find_round(s, x.round)->status = round_status::locked;
  }

  void operator()(const round_unlocked& x) const {
    find_round(s, x.round)->status = round_status::closed;
  }

  void operator()(const finish_recorded& x) const {
    close_if_open(s, x.round, x.at, e.at);
    s.finish = x;
  }

  void operator()(const stoppage_recorded& x) const {
    close_if_open(s, x.round, x.at, e.at);
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
    s.phase = phase::cancelled;
    s.cancel_reason = x.reason;
    if (!s.rounds.empty())
      s.rounds.back().clock.set(e.at, false);
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
              event_no last, std::uint64_t position) {
  s.commands.emplace(id, remembered_command{digest, first, last, position});
}

} // namespace ringside::bout
