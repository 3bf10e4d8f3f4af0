#pragma once

#include "actors/ops/account_book.hpp"
#include "actors/ops/health.hpp"
#include "actors/runtime/spawn_worker.hpp"
#include "actors/runtime/timeline.hpp"
#include "actors/simulation/simulator.hpp"
#include "actors/vision/source.hpp"
#include "app/config/node_config.hpp"
#include "domain/advice/in_force.hpp"
#include "domain/audit/bundle.hpp"
#include "domain/audit/signer_state.hpp"
#include "domain/audit/signing_key.hpp"
#include "domain/bout/apply.hpp"
#include "domain/vision/fusion/plan.hpp"
#include "persistence/journal_store.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ringside {

/// Everything outside of the actors: disk, clocks, randomness, keys. The real
/// node and the simulation each make one; the tree of actors is the same.
struct node_world {
  /// Opens the journal for the one writer.
  std::function<result<std::unique_ptr<persistence::journal_store>>()>
    open_writer;
  /// Opens the journal beside the writer.
  std::function<result<std::unique_ptr<persistence::journal_store>>()>
    open_reader;
  /// Wall clock; only for the journal, tokens and stream numbers.
  std::function<utc_ns()> utc_now;
  /// The wall clock as the CLOCK watches it for steps; empty: nobody does.
  std::function<utc_ns()> watched_wall;
  timeline time;
  /// Fills bytes with randomness fit for secrets.
  std::function<void(std::span<std::uint8_t>)> random;
  std::function<result<std::optional<audit::signer_state>>()> load_signed;
  std::function<result<unit>(const audit::signer_state&)> store_signed;
  std::shared_ptr<const audit::signing_key> log_key;
  /// All keys the log ever had, the present one last.
  std::vector<audit::log_key> log_keys;
  /// Packs an evidence bundle; without it there are none.
  std::function<result<std::string>(const std::vector<audit::bundle_file>&)>
    pack_bundle;
  /// Name and version of this program.
  std::string program;
  /// Name of the log, for example `ringside.example/audit/venue`.
  std::string origin;
  std::shared_ptr<const bout::ruleset_lookup> rulesets;
  /// Reads the scoring profiles; may be empty: then there are none.
  advice::profile_reader read_profiles;
  /// How sources write, by the ids of their files.
  std::shared_ptr<const mapper_table> mappers
    = std::make_shared<const mapper_table>();
  /// How the reports of a bout are fused; empty: they are not.
  std::shared_ptr<const fusion::fusion_plan> fusion;
  std::shared_ptr<account_book> accounts = std::make_shared<account_book>();
  /// Why the accounts in the journal may not be believed, if that is so.
  std::optional<error> accounts_in_doubt;
  /// One-time code of a fresh data directory, empty if there is none.
  std::string admin_code;
  utc_ns admin_code_until;
  std::chrono::milliseconds board_delay{0};
  /// See `hub_deps::spectator_round`.
  std::chrono::milliseconds spectator_round{15};
  /// Commands a second that one account gets through a judge's SEAT or
  /// through a DESK, on average and at once. An operator taps with both hands
  /// and may catch up after a lost network.
  config::rate_config seat_rate{20, 40};
  config::rate_config desk_rate{50, 100};
  /// Equal marks closer together than this come from a held key; 0: no filter.
  std::chrono::milliseconds repeat{60};
  std::vector<health_probe> probes;
  /// What the SIMULATOR runs; empty: this node runs no simulations.
  simulation_runner simulate;
  std::function<result<unit>(const protocol::simulation_spec&)>
    check_simulation;
  worker_thread workers = worker_thread::own;
};

} // namespace ringside
