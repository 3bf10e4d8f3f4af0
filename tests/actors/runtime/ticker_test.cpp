#include "actors/runtime/ticker.hpp"

#include "tests/actors/runtime/test_actors.hpp"
#include "tests/support/actor_fixture.hpp"

using namespace std::chrono_literals;

namespace ringside::test {

namespace {

/// Starts its ticker with the period in `note` (ms), stops it for 0; counts.
struct ticking_state {
  ticker beat{7};
  int ticks = 0;
  static inline const char* name = "ticking";
};

caf::behavior ticking(caf::stateful_actor<ticking_state>* self,
                      const log_sink& log) {
  harden(self, log, "ticking",
         [self](const caf::error&) { self->state.beat.stop(); });
  auto& st = self->state;
  return {
    [&st, self](const note& x) {
      if (x.n > 0)
        st.beat.start(self, std::chrono::milliseconds{x.n});
      else
        st.beat.stop();
    },
    [&st](const tick& t) {
      if (st.beat.accept(t))
        ++st.ticks;
    },
    [&st](const whoami&) { return st.ticks; },
  };
}

struct ticker_fixture : actor_fixture {
  void SetUp() override {
    who = track(sys->spawn(ticking, book.sink()));
    run();
  }

  void TearDown() override {
    who = nullptr;
    actor_fixture::TearDown();
  }

  void tell(int period_ms) {
    caf::anon_send(who, note{period_ms});
    run();
  }

  int ticks() {
    return *ask<int>(who, whoami{});
  }

  caf::actor who;
};

TEST_F(ticker_fixture, ticks_at_its_period) {
  tell(100);
  advance(99ms, 1ms);
  EXPECT_EQ(ticks(), 0);
  advance(1ms, 1ms);
  EXPECT_EQ(ticks(), 1);
  advance(900ms);
  EXPECT_EQ(ticks(), 10);
}

TEST_F(ticker_fixture, keeps_its_rate_when_ticks_come_late) {
  tell(100);
  sched->advance_time(130ms);
  run();
  EXPECT_EQ(ticks(), 1);
  advance(70ms, 1ms);
  EXPECT_EQ(ticks(), 2) << "the second tick is due at 200 ms, not at 230";
}

TEST_F(ticker_fixture, does_not_make_up_for_missed_ticks) {
  tell(100);
  sched->advance_time(1s);
  run();
  EXPECT_EQ(ticks(), 1);
  advance(100ms);
  EXPECT_EQ(ticks(), 2);
}

TEST_F(ticker_fixture, ignores_ticks_in_flight_after_a_stop) {
  tell(100);
  advance(50ms);
  tell(0);
  advance(1s);
  EXPECT_EQ(ticks(), 0);
  EXPECT_FALSE(sched->has_pending_timeout()) << "re-armed after the stop";
}

TEST_F(ticker_fixture, has_one_train_of_ticks_after_a_change) {
  tell(100);
  tell(50);
  tell(200);
  advance(1s);
  EXPECT_EQ(ticks(), 5);
}

TEST_F(ticker_fixture, ignores_forged_and_foreign_ticks) {
  tell(1'000);
  caf::anon_send(who, tick{7, 99});
  caf::anon_send(who, tick{3, 1});
  run();
  EXPECT_EQ(ticks(), 0);
}

TEST_F(ticker_fixture, lets_a_closing_actor_go) {
  tell(100);
  caf::anon_send_exit(who, caf::exit_reason::user_shutdown);
  run();
  advance(1s);
  EXPECT_FALSE(sched->has_pending_timeout());
  EXPECT_EQ(sys->registry().running(), 0u);
}

TEST_F(ticker_fixture, two_tickers_of_one_actor_do_not_mix) {
  auto fun = [](caf::event_based_actor* self, const log_sink& log,
                std::shared_ptr<std::pair<int, int>> out) -> caf::behavior {
    harden(self, log, "two");
    auto a = std::make_shared<ticker>(1);
    auto b = std::make_shared<ticker>(2);
    a->start(self, 100ms);
    b->start(self, 250ms);
    return {[=](const tick& t) {
      out->first += a->accept(t);
      out->second += b->accept(t);
    }};
  };
  auto counts = std::make_shared<std::pair<int, int>>(0, 0);
  track(sys->spawn(fun, book.sink(), counts));
  advance(1s);
  EXPECT_EQ(*counts, std::make_pair(10, 4));
}

} // namespace

} // namespace ringside::test
