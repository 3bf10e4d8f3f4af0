#include "actors/runtime/request_helpers.hpp"

#include "tests/actors/runtime/test_actors.hpp"
#include "tests/support/actor_fixture.hpp"

using namespace std::chrono_literals;

namespace ringside::test {

namespace {

struct request_fixture : actor_fixture {
  /// Asks `to` once, urgently or not, and writes what came of it.
  caf::actor spawn_client(const caf::actor& to, int n, bool urgent) {
    auto fun = [](caf::event_based_actor* self, log_sink log, caf::actor dest,
                  int number, bool high, diary_ptr out) -> caf::behavior {
      harden(self, std::move(log), "client");
      auto good = [out](int reply) { out->add(std::to_string(reply)); };
      auto bad = [out](const error& reason) {
        out->add(std::string{to_string(reason.code)});
      };
      if (high)
        request_urgent(self, dest, 2'000ms, echo{number}, good, bad);
      else
        ringside::ask(self, dest, 2'000ms, echo{number}, good, bad);
      return {[](const note&) {
        // nop
      }};
    };
    return track(sys->spawn(fun, book.sink(), to, n, urgent, pages));
  }

  caf::actor spawn_worker() {
    child_context context{"worker", 1, services};
    worker_options options;
    options.book = std::make_shared<diary>();
    auto who = track(sys->spawn(worker, context, options));
    run();
    return who;
  }

  diary_ptr pages = std::make_shared<diary>();
};

TEST_F(request_fixture, calls_back_with_the_reply) {
  spawn_client(spawn_worker(), 5, false);
  run();
  EXPECT_EQ(pages->take(), (std::vector<std::string>{"5"}));
}

TEST_F(request_fixture, times_out_on_the_actor_clock) {
  // Nobody is bound to the name, so nobody answers.
  spawn_client(services->names.open("nobody"), 5, false);
  advance(1'999ms, 1ms);
  EXPECT_TRUE(pages->take().empty());
  advance(2ms, 1ms);
  EXPECT_EQ(pages->take(), (std::vector<std::string>{"timeout"}));
}

TEST_F(request_fixture, tells_that_the_receiver_is_gone) {
  auto who = spawn_worker();
  caf::anon_send(who, leave{});
  run();
  spawn_client(who, 5, false);
  run();
  EXPECT_EQ(pages->take(), (std::vector<std::string>{"unavailable"}));
}

TEST_F(request_fixture, brings_our_refusals_through) {
  services->names.open("closed");
  services->names.refuse("closed");
  auto reply = ask<int>(services->names.resolve("closed"), echo{1});
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.reason().code, ec::unavailable);
  EXPECT_EQ(reply.reason().detail, "closed is stopped");
}

/// The two ways to ask, against a receiver with a long queue.
struct priority_fixture : request_fixture {
  /// How many of 1000 queued notes were handled before the answer came.
  std::size_t notes_before_answer(bool urgent) {
    auto answered = std::make_shared<std::size_t>(0);
    auto count = std::make_shared<std::size_t>(0);
    auto fun = [](caf::event_based_actor* self, log_sink log,
                  std::shared_ptr<std::size_t> n,
                  std::shared_ptr<std::size_t> at) -> caf::behavior {
      harden(self, std::move(log), "busy");
      return {
        [n](const note&) { ++*n; },
        [n, at](const echo& x) {
          *at = *n;
          return x.n;
        },
      };
    };
    auto who = track(sys->spawn(fun, book.sink(), count, answered));
    for (int i = 0; i < 1'000; ++i)
      caf::anon_send(who, note{i});
    spawn_client(who, 1, urgent);
    // The client first, so that its request meets the full queue.
    std::swap(sched->jobs[0], sched->jobs[1]);
    sched->run_once();
    run();
    return *answered;
  }
};

TEST_F(priority_fixture, overtakes_the_queue_when_urgent) {
  EXPECT_EQ(notes_before_answer(false), 1'000u);
  EXPECT_LE(notes_before_answer(true), 5u);
}

} // namespace

} // namespace ringside::test
