#pragma once

#include "domain/base/role.hpp"
#include "domain/bout/state.hpp"

#include <compare>
#include <cstdint>
#include <string_view>

/// The wall: who may see what of a bout. Everything that leaves the server
/// goes through these few questions; the answer depends on the state only.
namespace ringside::wire {

/// One group of people who see the same. A message is made once per audience.
struct audience {
  enum class kind : std::uint8_t {
    /// Supervisor and commission.
    control,
    /// Operator, timekeeper, admin and sources: no card before its release.
    desk,
    /// The judge in one seat; 0 where he has none yet.
    judge,
    broadcast,
    public_,
  };

  kind who = kind::public_;
  /// For judges, else 0.
  int seat = 0;

  friend auto operator<=>(const audience&, const audience&) = default;
};

/// The audience of a role. `seat` is the seat a judge holds in this bout.
audience audience_for(role who, int seat) noexcept;

/// The audience of a role for assessments. The admin looks after the machine
/// that makes them and sees what control sees; no card is among it.
audience assessment_audience_for(role who, int seat) noexcept;

/// The seat an account holds in this bout; 0 if none.
int seat_of(const bout::state& s, std::string_view account) noexcept;

/// Whether the card of `seat` for `round` (0: the whole bout) may be seen, were
/// it filed. A judge sees his own at once; control sees a round once every
/// seat has filed or it is locked; everybody sees what open scoring of the
/// rule set has revealed, and everything once the result is published. Until
/// then a judge sees nobody's card of a round before he has filed his own.
bool card_visible(const bout::state& s, int seat, int round,
                  const audience& who) noexcept;

/// Whether the presses of `seat` in `round` may be seen (consensus scoring).
/// They are the card of such a bout: as above, complete once the round is
/// closed. Seat 0 asks for all seats together.
bool presses_visible(const bout::state& s, int seat, int round,
                     const audience& who) noexcept;

/// Whether it may be known at all that a seat was asked for, or filed, a pick
/// of last resort: being asked tells that this card was even.
bool pick_known(const bout::state& s, int seat, const audience& who) noexcept;

/// Whether the assessment of a round may be seen: control and broadcast see it
/// at any time, a judge once his own card of that round is filed (of the bout,
/// where cards are for the bout), everybody once the result is published.
bool assessment_visible(const bout::state& s, int round,
                        const audience& who) noexcept;

/// Whether the result may be seen: control once it is derived, all others once
/// it is published.
bool result_visible(const bout::state& s, const audience& who) noexcept;

} // namespace ringside::wire
