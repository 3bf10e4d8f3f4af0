#pragma once

#include "actors/runtime/directory.hpp"
#include "actors/runtime/log_sink.hpp"
#include "actors/runtime/probe_board.hpp"

#include <memory>
#include <utility>

#include <caf/fwd.hpp>

namespace ringside {

/// What every actor of a node may use from its own thread: names, probes, the
/// log. Shared by all of them; the owner drops it before the actor system.
struct runtime_services {
  runtime_services(caf::actor_system& sys, log_sink sink)
    : system(sys), log(std::move(sink)), names(sys, log) {
    // nop
  }

  caf::actor_system& system;
  log_sink log;
  directory names;
  probe_board probes;
};

using services_ptr = std::shared_ptr<runtime_services>;

} // namespace ringside
