#include "app/node/tree.hpp"

#include "actors/bout/bout.hpp"
#include "actors/bout/bouts.hpp"
#include "actors/judging/door.hpp"
#include "actors/judging/history.hpp"
#include "actors/judging/scorer.hpp"
#include "actors/judging/shadows.hpp"
#include "actors/ops/accounts.hpp"
#include "actors/ops/calibration.hpp"
#include "actors/ops/clock.hpp"
#include "actors/ops/health.hpp"
#include "actors/ops/hub.hpp"
#include "actors/records/audit.hpp"
#include "actors/records/evidence.hpp"
#include "actors/records/journal.hpp"
#include "actors/records/reader.hpp"
#include "actors/runtime/supervisor.hpp"
#include "actors/simulation/simulation.hpp"
#include "actors/vision/failover.hpp"
#include "actors/vision/harmonizer.hpp"
#include "actors/vision/router.hpp"
#include "actors/vision/sources.hpp"

#include <array>
#include <limits>
#include <string>
#include <utility>

#include <caf/actor_cast.hpp>
#include <caf/actor_system.hpp>

namespace ringside {

namespace {

using world_ptr = std::shared_ptr<const node_world>;

/// A child whose behaviour function takes (self, deps).
template <class F, class Deps>
caf::actor spawn(const child_context& context, F behaviour, Deps deps) {
  return caf::actor_cast<caf::actor>(
    context.services->system.spawn(behaviour, std::move(deps)));
}

template <class F, class Deps>
caf::actor spawn_blocking(const child_context& context, const world_ptr& world,
                          F behaviour, Deps deps) {
  return spawn_worker(context.services->system, world->workers, behaviour,
                      std::move(deps));
}

child_spec child(std::string name, child_factory spawn) {
  child_spec spec;
  spec.name = std::move(name);
  spec.spawn = std::move(spawn);
  return spec;
}

// -- one bout -----------------------------------------------------------------

child_spec door(const world_ptr& world, const bout_id& id,
                const std::string& place, config::rate_config rate) {
  door_config config;
  config.name = "bout/" + id.str() + "/" + place;
  config.bout = id;
  config.per_second = rate.per_second;
  config.burst = rate.burst;
  config.repeat = world->repeat;
  return child(config.name, [config](const child_context& context) {
    return spawn(context, door_behavior, door_deps{context.services, config});
  });
}

/// What gives advice about a bout. A supervisor of its own, which never gives
/// up: advice that crashes over and over must not take the bout with it.
child_spec advisers(const world_ptr& world, const bout_id& id) {
  supervisor_spec spec;
  spec.name = "bout/" + id.str() + "/advisers";
  spec.intensity = {std::numeric_limits<std::size_t>::max(),
                    std::chrono::milliseconds{10'000}};
  spec.backoff.max = std::chrono::milliseconds{2'000};
  spec.children.push_back(child(
    "bout/" + id.str() + "/scorer", [world, id](const child_context& context) {
      return spawn(context, scorer_behavior,
                   scorer_deps{context.services, id, world->rulesets});
    }));
  if (world->fusion)
    spec.children.push_back(
      child("bout/" + id.str() + "/harmonizer",
            [world, id](const child_context& context) {
              return spawn(context, harmonizer_behavior,
                           harmonizer_deps{context.services, world->time, id,
                                           world->fusion, world->rulesets});
            }));
  return supervisor_child(std::move(spec));
}

child_spec one_bout(const world_ptr& world, const bout_id& id, int seats) {
  static constexpr std::array desks{"supervisor", "timekeeper", "operator",
                                    "commission", "judge"};
  supervisor_spec spec;
  spec.name = "bout/" + id.str();
  spec.children.push_back(
    child(spec.name + "/bout", [world, id](const child_context& context) {
      return spawn(
        context, bout_behavior,
        bout_deps{context.services, id, world->rulesets, world->time});
    }));
  for (auto n = 1; n <= seats; ++n)
    spec.children.push_back(
      door(world, id, "seat/" + std::to_string(n), world->seat_rate));
  for (const auto* desk : desks)
    spec.children.push_back(
      door(world, id, std::string{"desk/"} + desk, world->desk_rate));
  spec.children.push_back(advisers(world, id));
  return supervisor_child(std::move(spec));
}

child_spec arena(const world_ptr& world) {
  supervisor_spec all_bouts;
  all_bouts.name = "arena/bouts";
  all_bouts.intensity = {50, std::chrono::milliseconds{10'000}};
  supervisor_spec spec;
  spec.name = "arena";
  spec.strategy = restart_strategy::rest_for_one;
  spec.children.push_back(supervisor_child(all_bouts));
  spec.children.push_back(child("bouts", [world](const child_context& context) {
    auto make = [world](const bout_id& id, int seats) {
      return one_bout(world, id, seats);
    };
    return spawn(context, bouts_behavior,
                 bouts_deps{context.services, world->rulesets, world->time,
                            "arena/bouts", make});
  }));
  return supervisor_child(std::move(spec));
}

// -- cameras ------------------------------------------------------------------

/// One source that crashes over and over must not take the others with it, so
/// the pool never gives up.
child_spec vision(const world_ptr& world) {
  supervisor_spec pool;
  pool.name = source_pool_name;
  pool.intensity = {std::numeric_limits<std::size_t>::max(),
                    std::chrono::milliseconds{10'000}};
  pool.backoff.max = std::chrono::milliseconds{2'000};
  supervisor_spec spec;
  spec.name = "vision";
  spec.strategy = restart_strategy::rest_for_one;
  spec.children.push_back(supervisor_child(pool));
  spec.children.push_back(
    child(sources_name, [world](const child_context& context) {
      return spawn(context, sources_behavior,
                   sources_deps{context.services, world->time, world->mappers});
    }));
  spec.children.push_back(
    child(router_name, [world](const child_context& context) {
      return spawn(context, router_behavior,
                   router_deps{context.services, world->time});
    }));
  spec.children.push_back(
    child(failover_name, [world](const child_context& context) {
      return spawn(context, failover_behavior,
                   failover_deps{context.services, world->time});
    }));
  return supervisor_child(std::move(spec));
}

// -- the node -----------------------------------------------------------------

child_spec health(const world_ptr& world) {
  return child("node/health", [world](const child_context& context) {
    return spawn(context, health_behavior,
                 health_deps{context.services, {"journal"}, world->probes});
  });
}

child_spec reader(const world_ptr& world) {
  return child("node/reader", [world](const child_context& context) {
    return spawn_blocking(context, world, reader_behavior,
                          reader_deps{context.services, world->open_reader});
  });
}

child_spec journal(const world_ptr& world) {
  return child("node/journal", [world](const child_context& context) {
    return spawn_blocking(context, world, journal_behavior,
                          journal_deps{context.services, world->origin,
                                       world->open_writer, world->utc_now,
                                       world->random});
  });
}

child_spec audit_trail(const world_ptr& world) {
  return child("node/audit", [world](const child_context& context) {
    return spawn(context, audit_behavior,
                 audit_deps{context.services, world->origin, world->log_key,
                            world->load_signed, world->store_signed});
  });
}

child_spec evidence(const world_ptr& world) {
  return child("node/evidence", [world](const child_context& context) {
    return spawn_blocking(
      context, world, evidence_behavior,
      evidence_deps{context.services, world->origin, world->program,
                    world->log_key, world->log_keys, world->rulesets,
                    world->open_reader, world->pack_bundle});
  });
}

child_spec hub(const world_ptr& world) {
  return child("node/hub", [world](const child_context& context) {
    hub_deps deps;
    deps.services = context.services;
    deps.rulesets = world->rulesets;
    deps.time = world->time;
    deps.board_delay = world->board_delay;
    deps.spectator_round = world->spectator_round;
    return spawn(context, hub_behavior, std::move(deps));
  });
}

child_spec calibration_of(const world_ptr& world) {
  return child("node/calibration", [world](const child_context& context) {
    return spawn_blocking(context, world, calibration_behavior,
                          calibration_deps{context.services, world->rulesets,
                                           world->read_profiles});
  });
}

child_spec shadows(const world_ptr& world) {
  return child("node/shadows", [world](const child_context& context) {
    return spawn(context, shadows_behavior,
                 shadows_deps{context.services, world->rulesets});
  });
}

child_spec history(const world_ptr& world) {
  return child("node/history", [world](const child_context& context) {
    return spawn(context, history_behavior,
                 history_deps{context.services, world->rulesets});
  });
}

child_spec clock_of(const world_ptr& world) {
  return child("node/clock", [world](const child_context& context) {
    return spawn(
      context, clock_behavior,
      clock_deps{context.services, world->time, world->watched_wall});
  });
}

child_spec accounts(const world_ptr& world) {
  return child("node/accounts", [world](const child_context& context) {
    return spawn(context, accounts_behavior,
                 accounts_deps{context.services, world->accounts,
                               world->utc_now, world->random, world->admin_code,
                               world->admin_code_until,
                               world->accounts_in_doubt});
  });
}

child_spec simulator(const world_ptr& world) {
  auto spec = child(
    "node/simulation/worker", [world](const child_context& context) {
      return spawn_blocking(context, world, simulator_behavior,
                            simulator_deps{context.services, world->simulate});
    });
  // It notices within a tenth of a second, and may be asking the node.
  spec.shutdown_timeout = std::chrono::milliseconds{5'000};
  return spec;
}

child_spec simulation(const world_ptr& world) {
  return child("node/simulation", [world](const child_context& context) {
    return spawn(context, simulation_behavior,
                 simulation_deps{context.services, world->utc_now,
                                 world->check_simulation,
                                 static_cast<bool>(world->simulate)});
  });
}

} // namespace

supervisor_spec node_tree(std::shared_ptr<const node_world> world) {
  supervisor_spec spec;
  spec.name = "node";
  spec.children = {
    health(world),   journal(world),   reader(world),    audit_trail(world),
    evidence(world), hub(world),       accounts(world),  calibration_of(world),
    clock_of(world), shadows(world),   history(world),   arena(world),
    vision(world),   simulator(world), simulation(world)};
  return spec;
}

} // namespace ringside
