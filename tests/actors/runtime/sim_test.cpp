#include "tests/support/sim_scheduler.hpp"

#include "tests/actors/runtime/test_actors.hpp"
#include "tests/support/actor_fixture.hpp"

using namespace std::chrono_literals;

namespace ringside::test {

namespace {

/// Loses, delays and doubles messages at random.
struct random_hook : delivery_hook {
  delivery decide(std::string_view receiver,
                  const caf::mailbox_element& what) override {
    if (!rng || receiver.substr(0, 4) != "bout"
        || !what.content().match_elements<note>())
      return {};
    auto dice = (*rng)() % 100;
    if (dice < 2)
      return {true, 0ns, 0};
    if (dice < 12)
      return {false, std::chrono::microseconds{(*rng)() % 500}, 0};
    if (dice < 13)
      return {false, 0ns, 1};
    return {};
  }

  std::mt19937_64* rng = nullptr;
};

struct run_result {
  std::uint64_t trace = 0;
  std::size_t steps = 0;
  std::size_t notes = 0;
  std::uint64_t p99_wait = 0;
  std::uint32_t restarts = 0;

  friend bool operator==(const run_result&, const run_result&) = default;
};

caf::behavior pump(caf::event_based_actor* self, const services_ptr& services,
                   int bouts) {
  harden(self, services->log, "pump");
  auto beat = std::make_shared<ticker>();
  auto n = std::make_shared<int>(0);
  beat->start(self, 1ms);
  return {[=](const tick& t) {
    if (!beat->accept(t))
      return;
    for (int i = 0; i < bouts; ++i) {
      auto who = services->names.resolve("bout/" + std::to_string(i));
      if (++*n % 400 == 0)
        self->send(who, crash{});
      self->send(who, note{*n});
    }
  }};
}

/// Eight supervised bouts under a pump, with faults and crashes, for two
/// seconds of virtual time.
class sim_fixture : public ::testing::Test {
protected:
  run_result run_once(std::uint64_t seed) {
    log_book book;
    random_hook hook;
    hooked_config cfg;
    runtime_settings settings;
    settings.scheduler = scheduler_kind::testing;
    apply_settings(cfg, settings);
    cfg.hook = &hook;
    caf::actor_system sys{cfg};
    sim_scheduler sim{sys, seed};
    hook.rng = &sim.rng();
    auto services = std::make_shared<runtime_services>(sys, book.sink());
    auto pages = std::make_shared<diary>();
    supervisor_spec spec{.name = "node", .intensity = {1'000, 1'000ms}};
    for (int i = 0; i < 8; ++i) {
      worker_options options;
      options.book = pages;
      spec.children.push_back(
        worker_child("bout/" + std::to_string(i), options));
    }
    auto root = spawn_root(services, spec);
    auto source = sys.spawn(pump, services, 8);
    sim.run_for(2s);
    run_result result;
    result.trace = sim.trace();
    result.notes = pages->take().size();
    result.p99_wait
      = services->probes.open("bout/0")->snapshot().queue_wait.p99_ns;
    result.restarts = static_cast<std::uint32_t>(book.count(severity::error));
    caf::anon_send_exit(source, caf::exit_reason::kill);
    caf::anon_send_exit(root, caf::exit_reason::user_shutdown);
    result.steps = sim.run(100'000);
    services.reset();
    EXPECT_EQ(sys.registry().running(), 0u);
    return result;
  }
};

TEST_F(sim_fixture, repeats_itself_for_the_same_seed) {
  auto first = run_once(42);
  EXPECT_GT(first.notes, 1'000u);
  EXPECT_GT(first.restarts, 10u);
  EXPECT_GT(first.p99_wait, 0u);
  EXPECT_EQ(run_once(42), first);
}

TEST_F(sim_fixture, differs_for_other_seeds) {
  EXPECT_NE(run_once(1).trace, run_once(2).trace);
}

} // namespace

} // namespace ringside::test
