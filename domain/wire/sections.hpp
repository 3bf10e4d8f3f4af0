#pragma once

#include "domain/bout/event.hpp"
#include "domain/bout/state.hpp"

#include <cstdint>

namespace ringside::wire {

/// Parts of a view that are sent again when something in them changed.
enum class section : std::uint8_t {
  identity,
  phase,
  clock,
  seats,
  cards,
  result,
  notes,
  protests,
};

/// A set of sections and of single rounds (1 to 55).
class section_set {
public:
  constexpr section_set() = default;

  /// Everything.
  static constexpr section_set all() noexcept {
    section_set s;
    s.bits_ = ~std::uint64_t{0};
    return s;
  }

  constexpr section_set& add(section what) noexcept {
    bits_ |= bit(what);
    return *this;
  }

  /// A round that cannot exist is left out.
  constexpr section_set& add_round(int round) noexcept {
    if (round >= 1 && round <= rounds_max)
      bits_ |= bit(round);
    return *this;
  }

  constexpr section_set& add_rounds() noexcept {
    bits_ |= ~std::uint64_t{0} << first_round;
    return *this;
  }

  constexpr bool has(section what) const noexcept {
    return (bits_ & bit(what)) != 0;
  }

  constexpr bool has_round(int round) const noexcept {
    return round >= 1 && round <= rounds_max && (bits_ & bit(round)) != 0;
  }

  constexpr bool empty() const noexcept {
    return bits_ == 0;
  }

  /// What is in one of both, for several events in one message.
  friend constexpr section_set operator|(section_set a,
                                         section_set b) noexcept {
    a.bits_ |= b.bits_;
    return a;
  }

  friend bool operator==(section_set, section_set) = default;

private:
  static constexpr int first_round = 8;
  static constexpr int rounds_max = 64 - first_round - 1;

  static constexpr std::uint64_t bit(section what) noexcept {
    return std::uint64_t{1} << static_cast<unsigned>(what);
  }

  static constexpr std::uint64_t bit(int round) noexcept {
    return std::uint64_t{1} << static_cast<unsigned>(first_round + round);
  }

  std::uint64_t bits_ = 0;
};

/// What an event changed in anybody's view. `after` is the state with the
/// event in it. May name too much, never too little.
section_set sections_touched(const bout::event& e, const bout::state& after);

} // namespace ringside::wire
