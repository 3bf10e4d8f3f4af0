#include "tests/support/actor_fixture.hpp"

namespace ringside::test {

actor_fixture::actor_fixture(delivery_hook* hook) {
  runtime_settings settings;
  settings.scheduler = scheduler_kind::testing;
  apply_settings(cfg, settings);
  cfg.hook = hook;
  sys = std::make_unique<caf::actor_system>(cfg);
  sched = &dynamic_cast<caf::scheduler::test_coordinator&>(sys->scheduler());
  services = std::make_shared<runtime_services>(*sys, book.sink());
}

void actor_fixture::TearDown() {
  for (auto& who : tracked_)
    caf::anon_send_exit(who, caf::exit_reason::kill);
  tracked_.clear();
  run();
  // Late deaths: supervisors kill their children when they die themselves.
  for (int i = 0; i < 100 && sys->registry().running() > 0; ++i) {
    sched->trigger_timeouts();
    run();
  }
  services.reset();
  auto left = sys->registry().running();
  EXPECT_EQ(left, 0u) << "actors survived the test\n" << book.dump();
  // The destructor would wait for them for ever.
  if (left > 0)
    static_cast<void>(sys.release());
}

std::size_t actor_fixture::run(std::size_t max) {
  auto n = sched->run(max);
  EXPECT_LT(n, max) << "actors feed each other";
  return n;
}

void actor_fixture::advance(std::chrono::nanoseconds span,
                            std::chrono::nanoseconds step) {
  run();
  while (span.count() > 0) {
    auto part = std::min(span, step);
    sched->advance_time(part);
    run();
    span -= part;
  }
}

} // namespace ringside::test
