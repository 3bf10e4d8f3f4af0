#pragma once

#include "tests/domain/bout/ring.hpp"

#include <functional>

/// Random bouts: commands that mostly fit and sometimes do not.
namespace ringside::bout::test {

/// A number from 0 to below the one given.
using chooser = std::function<int(int)>;

struct step {
  issuer by;
  command_body body;
  /// Time that goes by before it.
  std::int64_t pass_ms = 0;
  /// Its tap is older than its arrival.
  std::int64_t ago_ms = 0;
};

/// A fact that this rule set knows.
fact any_fact(const chooser& choose);

/// A command for a bout in this state; about one in four does not fit.
step any_step(const ring& r, const chooser& choose);

/// Runs it; false if it was refused.
bool run(ring& r, const step& x);

/// The same with the corners changed.
step mirrored(step x);

/// The state with the corners changed.
state mirrored(state s);

/// Adds up boxes, deductions and control from the facts that stand, in another
/// way than the state does, and says where they differ; empty if nowhere.
std::string recount(const state& s);

} // namespace ringside::bout::test
