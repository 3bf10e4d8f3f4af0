#include "tests/actors/runtime/test_actors.hpp"
#include "tests/support/actor_fixture.hpp"

using namespace std::chrono_literals;

namespace ringside::test {

namespace {

using caf::actor_cast;

/// Handles `note` by letting n milliseconds of virtual time pass.
template <class Self>
caf::behavior slow(Self* self, const log_sink& log) {
  harden(self, log, "slow");
  return {
    [self](const note& x) {
      auto& clock = dynamic_cast<caf::detail::test_actor_clock&>(self->clock());
      clock.current_time += std::chrono::milliseconds{x.n};
    },
    [](const echo& x) { return x.n; },
    [](const crash& x) { throw std::runtime_error(x.text); },
    [self](const leave&) { self->quit(); },
  };
}

template <unsigned Every>
using metered_every = metered<caf::event_based_actor, Every>;

struct metered_fixture : actor_fixture {
  template <class Handle>
  void adopt(const Handle& who) {
    auto* target = dynamic_cast<probed*>(actor_cast<caf::abstract_actor*>(who));
    ASSERT_NE(target, nullptr);
    EXPECT_TRUE(target->adopt_probe(numbers));
    EXPECT_FALSE(target->adopt_probe(std::make_shared<probe>("other")));
  }

  template <unsigned Every = 1>
  caf::actor spawn_slow() {
    auto who = track(sys->spawn(slow<metered_every<Every>>, book.sink()));
    run();
    adopt(who);
    return who;
  }

  probe_ptr numbers = std::make_shared<probe>("slow");
};

TEST_F(metered_fixture, measures_wait_and_work_on_the_virtual_clock) {
  auto who = spawn_slow();
  caf::anon_send(who, note{10});
  caf::anon_send(who, note{20});
  sched->advance_time(5ms);
  EXPECT_EQ(numbers->snapshot().depth, 2u);
  run();
  auto view = numbers->snapshot();
  EXPECT_EQ(view.depth, 0u);
  EXPECT_EQ(view.depth_max, 2u);
  EXPECT_EQ(view.handled, 2u);
  EXPECT_EQ(view.handler.count, 2u);
  EXPECT_EQ(view.handler.sum_ns, 30'000'000u);
  EXPECT_EQ(view.handler.max_ns, 20'000'000u);
  EXPECT_EQ(view.queue_wait.sum_ns, 20'000'000u);
  EXPECT_EQ(view.queue_wait.max_ns, 15'000'000u);
  EXPECT_EQ(view.busy_ns, 30'000'000u);
  EXPECT_EQ(view.resumes, 2u);
}

TEST_F(metered_fixture, samples_one_in_sixteen) {
  auto who = spawn_slow<16>();
  for (int i = 0; i < 160; ++i)
    caf::anon_send(who, note{1});
  run();
  auto view = numbers->snapshot();
  EXPECT_EQ(view.handled, 160u);
  EXPECT_EQ(view.handler.count, 10u);
  EXPECT_EQ(view.handler.sum_ns, 10'000'000u);
}

TEST_F(metered_fixture, passes_requests_and_responses) {
  auto who = spawn_slow();
  EXPECT_EQ(*ask<int>(who, echo{9}), 9);
  EXPECT_EQ(numbers->snapshot().handled, 1u);
}

TEST_F(metered_fixture, bounces_requests_behind_a_crash) {
  auto who = spawn_slow();
  auto boom = send_request<int>(who, crash{"oops"});
  auto behind = send_request<int>(who, echo{1});
  run();
  ASSERT_TRUE(boom->has_value());
  EXPECT_NE((*boom)->reason().detail.find("oops"), std::string::npos);
  ASSERT_TRUE(behind->has_value());
  EXPECT_EQ((*behind)->reason().code, ec::unavailable);
  EXPECT_EQ(numbers->snapshot().handled, 1u);
  EXPECT_EQ(numbers->snapshot().depth, 0u);
}

TEST_F(metered_fixture, keeps_skipped_messages_and_counts_them_once) {
  auto fun = [](metered_actor* self, const log_sink& log) -> caf::behavior {
    harden(self, log, "skipper");
    self->set_default_handler(caf::skip);
    return {[self](const leave&) {
      self->become([](const echo& x) { return x.n; });
    }};
  };
  auto who = track(sys->spawn(fun, book.sink()));
  run();
  adopt(who);
  auto early = send_request<int>(who, echo{5});
  run();
  EXPECT_FALSE(early->has_value());
  EXPECT_EQ(numbers->snapshot().depth, 1u);
  sched->advance_time(3ms);
  caf::anon_send(who, leave{});
  run();
  ASSERT_TRUE(early->has_value());
  EXPECT_EQ(***early, 5);
  auto view = numbers->snapshot();
  EXPECT_EQ(view.handled, 2u);
  EXPECT_EQ(view.queue_wait.max_ns, 3'000'000u);
  EXPECT_EQ(view.depth, 0u);
}

struct counter_state {
  int total = 0;
  static inline const char* name = "counter";
};

using typed_counter
  = caf::typed_actor<caf::replies_to<echo>::with<int>, caf::reacts_to<note>>;

using typed_self
  = caf::stateful_actor<counter_state, metered<typed_counter::base>>;

TEST_F(metered_fixture, works_below_typed_stateful_actors) {
  auto fun = [](typed_self* self,
                const log_sink& log) -> typed_counter::behavior_type {
    harden(self, log, "counter");
    return {
      [self](const echo& x) { return self->state.total + x.n; },
      [self](const note& x) { self->state.total += x.n; },
    };
  };
  typed_counter who = track(sys->spawn(fun, book.sink()));
  run();
  adopt(who);
  caf::anon_send(who, note{3});
  EXPECT_EQ(*ask<int>(who, echo{4}), 7);
  EXPECT_EQ(numbers->snapshot().handled, 2u);
}

TEST_F(metered_fixture, overtakes_with_urgent_messages) {
  auto who = spawn_slow();
  auto& virtual_clock = sched->clock();
  auto begin = virtual_clock.now();
  for (int i = 0; i < 100; ++i)
    caf::anon_send(who, note{1});
  caf::anon_send<caf::message_priority::high>(who, leave{});
  run();
  auto spent = virtual_clock.now() - begin;
  EXPECT_LE(spent, 5ms) << "urgent messages wait for at most one round";
}

TEST_F(metered_fixture, counts_only_the_depth_without_a_probe) {
  auto who = track(sys->spawn(slow<metered_actor>, book.sink()));
  run();
  auto* target = dynamic_cast<probed*>(actor_cast<caf::abstract_actor*>(who));
  caf::anon_send(who, note{1});
  EXPECT_EQ(target->probe_view().depth, 1u);
  EXPECT_EQ(target->probe_view().handled, 0u);
  run();
  EXPECT_EQ(target->probe_view().depth, 0u);
}

} // namespace

} // namespace ringside::test
