#pragma once

#include "domain/base/error.hpp"

#include <string>

#include <caf/fwd.hpp>

namespace ringside {

/// Our refusal as an error that can answer a request. The code and the four
/// texts survive the trip; `from_caf` brings them back.
caf::error to_caf(const error& reason);

/// Shortest way to refuse a request inside an actor.
caf::error refusal(ec code, std::string detail);

/// The refusal in `reason`. CAF's own errors become `timeout`, `unavailable`
/// (receiver gone) or `internal`, with their text as the detail.
error from_caf(const caf::error& reason);

/// What a person should read about `reason`: the context texts, not only the
/// code, which is all that CAF renders for most categories.
std::string describe(const caf::error& reason);

/// The reason a supervisor gives to a child that will come back at once, so
/// that a nested supervisor keeps the names of its children on hold.
caf::error restart_reason();

/// True for `restart_reason()`.
bool is_restart(const caf::error& reason);

/// True if an actor ended without anything being wrong: none, `normal`,
/// `user_shutdown` or `restart_reason()`.
bool is_orderly(const caf::error& reason);

} // namespace ringside
