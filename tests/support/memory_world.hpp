#pragma once

#include "app/node/world.hpp"
#include "domain/rules/ruleset.hpp"
#include "persistence/memory/memory_disk.hpp"
#include "persistence/memory/memory_journal_store.hpp"
#include "tests/support/scoring_profiles.hpp"

#include <memory>
#include <string>
#include <utility>

namespace ringside::test {

/// A small MMA rule set, so that these tests need no files.
inline std::shared_ptr<const rules::ruleset> plain_mma() {
  auto set = std::make_shared<rules::ruleset>();
  set->id = "mma_test";
  set->title = "MMA for tests";
  set->rounds.counts_allowed = {1, 2, 3, 5};
  set->techniques = {"jab", "cross", "kick"};
  set->control_kinds = {"top", "back", "cage"};
  set->fouls.codes = {"eye_gouge", "groin"};
  set->finish_methods = {"ko", "no_contest", "disqualification"};
  set->overturn_grounds = {"collusion"};
  set->accidental_foul.thresholds = {{1, 1}, {3, 2}, {5, 3}};
  return set;
}

/// A world on a simulated disk, for trees that run on a test scheduler.
class memory_world {
public:
  explicit memory_world(std::shared_ptr<persistence::memory_disk> where
                        = std::make_shared<persistence::memory_disk>())
    : disk(std::move(where)) {
    // nop
  }

  /// @param now where the actor clock stands.
  std::shared_ptr<node_world> make(caf::actor_clock::time_point now) {
    auto world = std::make_shared<node_world>();
    auto start_ns = wall_start_ns;
    world->open_writer = [d = disk] { return open(d, false); };
    world->open_reader = [d = disk] { return open(d, true); };
    world->utc_now = [this] { return utc_ns{wall_start_ns + wall_ns++}; };
    world->time = {mono_us{start_ns / 1'000}, now};
    world->random = [n = std::uint8_t{0}](auto bytes) mutable {
      for (auto& b : bytes)
        b = n++;
    };
    world->load_signed = [this] {
      return result<std::optional<audit::signer_state>>{signed_last};
    };
    world->store_signed = [this](const audit::signer_state& s) {
      signed_last = s;
      return result<unit>{unit{}};
    };
    world->log_key = key();
    world->origin = origin;
    world->rulesets = std::make_shared<const bout::ruleset_lookup>(
      [set = plain_mma()](std::string_view id, int) {
        return id == set->id ? set : nullptr;
      });
    world->read_profiles
      = [this] { return result<advice::profile_list>{profiles}; };
    world->mappers = mappers;
    world->workers = worker_thread::shared;
    return world;
  }

  std::shared_ptr<const audit::signing_key> key() const {
    std::array<std::uint8_t, 32> seed{};
    auto made = audit::signing_key::from_seed(
      origin, audit::key_algorithm::ed25519, seed);
    return std::make_shared<const audit::signing_key>(std::move(made.value()));
  }

  static result<std::unique_ptr<persistence::journal_store>>
  open(const std::shared_ptr<persistence::memory_disk>& disk, bool read_only) {
    auto store = persistence::memory_journal_store::open(disk, {read_only});
    if (!store)
      return store.reason();
    return std::unique_ptr<persistence::journal_store>{std::move(*store)};
  }

  std::shared_ptr<persistence::memory_disk> disk;
  std::optional<audit::signer_state> signed_last;
  /// What is in the files of the profiles.
  advice::profile_list profiles{loaded(plain_profile())};
  /// How sources write.
  std::shared_ptr<const mapper_table> mappers
    = std::make_shared<const mapper_table>();
  std::string origin = "ringside.example/audit/test";
  std::int64_t wall_start_ns = 1'790'000'000'000'000'000;
  std::int64_t wall_ns = 0;
};

} // namespace ringside::test
