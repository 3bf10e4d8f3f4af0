#pragma once

#include "actors/simulation/simulator.hpp"
#include "app/officials/accounts.hpp"

#include <functional>

namespace ringside::simulate {

/// Where this node's own scripted bouts are played.
struct home {
  officials::place where;
  officials::token_maker tokens;
};

/// What the SIMULATOR of a node runs. Blocks; not thread-safe.
/// @param find_home The node itself, once it can be reached; or why it cannot.
simulation_runner make_runner(std::function<result<home>()> find_home);

/// Refuses a script that cannot be read, and a speed that is none.
result<unit> check(const protocol::simulation_spec& what);

} // namespace ringside::simulate
