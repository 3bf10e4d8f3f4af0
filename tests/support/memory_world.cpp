#include "tests/support/memory_world.hpp"

namespace ringside::test {

std::shared_ptr<node_world>
memory_world::make(caf::actor_clock::time_point now) {
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
  world->fusion = fusion;
  world->workers = worker_thread::shared;
  return world;
}

std::shared_ptr<const audit::signing_key> memory_world::key() const {
  std::array<std::uint8_t, 32> seed{};
  auto made = audit::signing_key::from_seed(
    origin, audit::key_algorithm::ed25519, seed);
  return std::make_shared<const audit::signing_key>(std::move(made.value()));
}

result<std::unique_ptr<persistence::journal_store>>
memory_world::open(const std::shared_ptr<persistence::memory_disk>& disk,
                   bool read_only) {
  auto store = persistence::memory_journal_store::open(disk, {read_only});
  if (!store)
    return store.reason();
  return std::unique_ptr<persistence::journal_store>{std::move(*store)};
}

} // namespace ringside::test
