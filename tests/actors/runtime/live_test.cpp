#include "tests/actors/runtime/test_actors.hpp"
#include "tests/support/actor_fixture.hpp"

#include "actors/runtime/shutdown.hpp"

#include <atomic>
#include <thread>

using namespace std::chrono_literals;

namespace ringside::test {

namespace {

/// The same tree on real threads.
class live_fixture : public ::testing::Test {
protected:
  void SetUp() override {
    apply_settings(cfg, {});
    sys = std::make_unique<caf::actor_system>(cfg);
    services = std::make_shared<runtime_services>(*sys, book.sink());
    supervisor_spec spec{
      .name = "node", .intensity = {100'000, 1'000ms}, .backoff = {0ms, 0ms}};
    for (auto* name : {"a", "b"})
      spec.children.push_back(worker_child(name));
    root = spawn_root(services, spec);
  }

  void TearDown() override {
    shutdown_options how;
    how.log = book.sink();
    EXPECT_EQ(shut_down(root, "node", how), shutdown_result::orderly);
    root = nullptr;
    services.reset();
  }

  log_book book;
  hooked_config cfg;
  std::unique_ptr<caf::actor_system> sys;
  services_ptr services;
  caf::actor root;
};

TEST_F(live_fixture, answers_the_next_request_after_each_of_200_crashes) {
  auto who = services->names.open("a");
  caf::scoped_actor self{*sys, true};
  int most_tries = 0;
  for (int i = 0; i < 200; ++i) {
    caf::anon_send(who, crash{});
    auto answered = false;
    // Queued behind the crash it bounces at once; then it is held.
    for (int tries = 1; !answered && tries <= 5; ++tries) {
      most_tries = std::max(most_tries, tries);
      self->request(who, 5s, echo{i})
        .receive([&](int reply) { answered = reply == i; },
                 [&](caf::error& reason) {
                   EXPECT_EQ(from_caf(reason).code, ec::unavailable);
                 });
    }
    ASSERT_TRUE(answered) << "crash " << i << '\n' << book.dump();
  }
  EXPECT_LE(most_tries, 2) << "clients spin against the dead actor";
  self->request(who, 5s, whoami{})
    .receive([&](int incarnation) { EXPECT_EQ(incarnation, 201); },
             [&](caf::error& reason) { FAIL() << describe(reason); });
}

TEST_F(live_fixture, loses_no_request_under_load_and_crashes) {
  auto who = services->names.open("b");
  std::atomic<int> answered{0};
  std::atomic<bool> stop{false};
  std::vector<std::thread> clients;
  for (int t = 0; t < 3; ++t)
    clients.emplace_back([&] {
      caf::scoped_actor self{*sys, true};
      for (int i = 0; i < 1'000; ++i) {
        auto done = false;
        while (!done)
          self->request(who, 5s, echo{i})
            .receive(
              [&](int reply) {
                done = true;
                answered += reply == i;
              },
              [&](caf::error& reason) {
                if (from_caf(reason).code != ec::unavailable) {
                  ADD_FAILURE() << describe(reason);
                  done = true;
                }
              });
      }
    });
  std::thread saboteur{[&] {
    while (!stop) {
      caf::anon_send(who, crash{});
      std::this_thread::sleep_for(2ms);
    }
  }};
  for (auto& client : clients)
    client.join();
  stop = true;
  saboteur.join();
  EXPECT_EQ(answered, 3'000);
}

TEST_F(live_fixture, keeps_one_busy_actor_from_starving_the_others) {
  auto fun = [](caf::event_based_actor* self, log_sink log) -> caf::behavior {
    harden(self, std::move(log), "busy");
    return {[self](const note& x) { self->send(self, x); }};
  };
  std::vector<caf::actor> busy;
  for (std::size_t i = 0; i < sys->scheduler().num_workers(); ++i) {
    busy.push_back(sys->spawn(fun, book.sink()));
    caf::anon_send(busy.back(), note{1});
  }
  caf::scoped_actor self{*sys, true};
  for (int i = 0; i < 20; ++i)
    self->request(services->names.open("a"), 2s, echo{i})
      .receive([&](int reply) { EXPECT_EQ(reply, i); },
               [&](caf::error& reason) { ADD_FAILURE() << describe(reason); });
  for (auto& who : busy)
    caf::anon_send_exit(who, caf::exit_reason::kill);
}

} // namespace

} // namespace ringside::test
