#pragma once

#include "domain/base/role.hpp"

#include <compare>
#include <cstdint>

namespace ringside::wire {

/// Whose eyes something is rendered for. The wall stands between them: it is
/// decided here, once, and nowhere else.
struct audience {
  enum class kind : std::uint8_t {
    /// Supervisor and commission.
    control,
    /// Operators, timekeeper, admin, sources: no cards before release.
    desk,
    /// One judge; `seat` says which.
    judge,
    broadcast,
    public_,
  };

  kind who = kind::public_;
  int seat = 0;

  friend auto operator<=>(const audience&, const audience&) = default;
};

/// The audience a role belongs to. `seat` matters for judges only.
audience audience_for(role who, int seat = 0) noexcept;

} // namespace ringside::wire
