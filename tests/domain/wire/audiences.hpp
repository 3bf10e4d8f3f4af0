#pragma once

#include "domain/wire/audience.hpp"

/// Who looks, as most tests of this room need them.
namespace ringside::wire {

inline const audience control{audience::kind::control, 0};
inline const audience desk{audience::kind::desk, 0};
inline const audience open_public{audience::kind::public_, 0};

} // namespace ringside::wire
