#include "domain/bout/state.hpp"

#include <algorithm>

namespace ringside::bout {

namespace {

template <class Vector>
auto* nth(Vector& items, int number) noexcept {
  auto known = number >= 1 && static_cast<std::size_t>(number) <= items.size();
  return known ? &items[static_cast<std::size_t>(number) - 1] : nullptr;
}

} // namespace

const round_state* find_round(const state& s, int round) noexcept {
  return nth(s.rounds, round);
}

round_state* find_round(state& s, int round) noexcept {
  return nth(s.rounds, round);
}

const seat_state* find_seat(const state& s, int seat) noexcept {
  return nth(s.seats, seat);
}

seat_state* find_seat(state& s, int seat) noexcept {
  return nth(s.seats, seat);
}

const round_state* current_round(const state& s) noexcept {
  return s.rounds.empty() ? nullptr : &s.rounds.back();
}

int current_round_no(const state& s) noexcept {
  return static_cast<int>(s.rounds.size());
}

event_no last_clock_event(const state& s) noexcept {
  const auto* r = current_round(s);
  auto none = r == nullptr || r->status != round_status::open
              || r->clock_events.empty();
  return none ? 0 : r->clock_events.back();
}

int rounds_allowed(const state& s) noexcept {
  return s.scheduled_rounds + s.extensions;
}

round_ms clock_at(const round_state& r, mono_us now) noexcept {
  if (r.status != round_status::open)
    return r.closed_ms;
  return r.clock.elapsed(now, r.length);
}

round_ms time_at(const round_state& r, mono_us moment) noexcept {
  auto run = r.clock.elapsed(moment, r.length);
  return r.status == round_status::open ? run : std::min(run, r.closed_ms);
}

const filed_card* find_card(const seat_state& seat, int round) noexcept {
  const auto* card = round == 0 ? &seat.whole_bout : nth(seat.rounds, round);
  return card != nullptr && *card ? &**card : nullptr;
}

bool cards_complete(const state& s, int round) {
  return !s.seats.empty() && seats_without_card(s, round).empty();
}

std::vector<int> seats_without_card(const state& s, int round) {
  std::vector<int> missing;
  for (std::size_t i = 0; i < s.seats.size(); ++i)
    if (find_card(s.seats[i], round) == nullptr)
      missing.push_back(static_cast<int>(i) + 1);
  return missing;
}

bool live(const state& s) noexcept {
  return s.phase == phase::created || s.phase == phase::in_round
         || s.phase == phase::between_rounds;
}

} // namespace ringside::bout
