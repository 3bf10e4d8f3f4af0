#include "domain/bout/state.hpp"

#include <algorithm>

namespace ringside::bout {

namespace {

template <class Vector>
auto* nth(Vector& items, int number) noexcept {
  auto index = static_cast<std::size_t>(number - 1);
  return number >= 1 && index < items.size() ? &items[index] : nullptr;
}

bool has_card(const seat_state& seat, int round) noexcept {
  if (round == 0)
    return seat.whole_bout.has_value();
  const auto* card = nth(seat.rounds, round);
  return card != nullptr && card->has_value();
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

int rounds_allowed(const state& s) noexcept {
  return s.scheduled_rounds + s.extensions;
}

round_ms clock_at(const round_state& r, mono_us now) noexcept {
  if (r.status != round_status::open)
    return r.closed_ms;
  return r.clock.elapsed(now, r.length);
}

bool cards_complete(const state& s, int round) noexcept {
  return std::all_of(s.seats.begin(), s.seats.end(), [round](const auto& seat) {
    return has_card(seat, round);
  });
}

std::vector<int> seats_without_card(const state& s, int round) {
  std::vector<int> missing;
  for (std::size_t i = 0; i < s.seats.size(); ++i)
    if (!has_card(s.seats[i], round))
      missing.push_back(static_cast<int>(i) + 1);
  return missing;
}

bool live(const state& s) noexcept {
  return s.phase == phase::created || s.phase == phase::in_round
         || s.phase == phase::between_rounds;
}

} // namespace ringside::bout
