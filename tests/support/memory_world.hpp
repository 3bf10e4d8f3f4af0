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
  std::shared_ptr<node_world> make(caf::actor_clock::time_point now);

  std::shared_ptr<const audit::signing_key> key() const;

  static result<std::unique_ptr<persistence::journal_store>>
  open(const std::shared_ptr<persistence::memory_disk>& disk, bool read_only);

  std::shared_ptr<persistence::memory_disk> disk;
  std::optional<audit::signer_state> signed_last;
  /// What is in the files of the profiles.
  advice::profile_list profiles{loaded(plain_profile())};
  /// How sources write.
  std::shared_ptr<const mapper_table> mappers
    = std::make_shared<const mapper_table>();
  /// How reports are fused; null: they are not.
  std::shared_ptr<const fusion::fusion_plan> fusion;
  std::string origin = "ringside.example/audit/test";
  std::int64_t wall_start_ns = 1'790'000'000'000'000'000;
  std::int64_t wall_ns = 0;
};

} // namespace ringside::test
