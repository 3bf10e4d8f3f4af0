#include "tests/actors/runtime/test_actors.hpp"
#include "tests/support/actor_fixture.hpp"

namespace ringside::test {

namespace {

struct harden_fixture : actor_fixture {
  using counts_ptr = std::shared_ptr<const trouble_counts>;

  /// A plain actor that only knows `echo` and `crash`.
  caf::actor spawn_plain(std::shared_ptr<counts_ptr> where,
                         exit_hook on_exit = {}) {
    auto plain
      = [](caf::event_based_actor* self, log_sink log,
           std::shared_ptr<counts_ptr> out, exit_hook hook) -> caf::behavior {
      *out = harden(self, std::move(log), "plain", std::move(hook));
      return {
        [](const echo& x) { return x.n; },
        [](const crash& x) { throw std::runtime_error(x.text); },
      };
    };
    auto who = track(sys->spawn(plain, book.sink(), where, on_exit));
    run();
    return who;
  }

  std::shared_ptr<counts_ptr> counts = std::make_shared<counts_ptr>();
};

TEST_F(harden_fixture, survives_stray_errors) {
  auto who = spawn_plain(counts);
  caf::anon_send(who, caf::make_error(caf::sec::runtime_error, "stray"));
  run();
  EXPECT_EQ((*counts)->errors, 1u);
  EXPECT_EQ(*ask<int>(who, echo{7}), 7);
  EXPECT_TRUE(book.contains("stray"));
}

TEST_F(harden_fixture, answers_unexpected_requests_with_an_error) {
  auto who = spawn_plain(counts);
  auto reply = ask<int>(who, whoami{});
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.reason().code, ec::internal);
  EXPECT_EQ((*counts)->unexpected, 1u);
  EXPECT_EQ(*ask<int>(who, echo{1}), 1);
}

TEST_F(harden_fixture, does_not_answer_unexpected_async_messages) {
  auto receiver = spawn_plain(counts);
  auto sender_counts = std::make_shared<counts_ptr>();
  auto sender
    = [](caf::event_based_actor* self, log_sink log,
         std::shared_ptr<counts_ptr> out, caf::actor to) -> caf::behavior {
    *out = harden(self, std::move(log), "sender");
    self->send(to, leave{});
    return {[](const echo& x) { return x.n; }};
  };
  auto who = track(sys->spawn(sender, book.sink(), sender_counts, receiver));
  run();
  EXPECT_EQ((*counts)->unexpected, 1u);
  EXPECT_EQ((*sender_counts)->errors, 0u);
  EXPECT_EQ((*sender_counts)->unexpected, 0u);
  EXPECT_EQ(*ask<int>(who, echo{2}), 2);
}

TEST_F(harden_fixture, ends_after_an_exception_with_its_text) {
  auto who = spawn_plain(counts);
  auto reply = ask<int>(who, crash{"broken row"});
  ASSERT_FALSE(reply);
  EXPECT_NE(reply.reason().detail.find("broken row"), std::string::npos);
  EXPECT_EQ((*counts)->exceptions, 1u);
  EXPECT_TRUE(book.contains("exception: broken row"));
  auto again = ask<int>(who, echo{1});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.reason().code, ec::unavailable);
}

TEST_F(harden_fixture, counts_down_messages_nobody_asked_for) {
  auto other = spawn_plain(std::make_shared<counts_ptr>());
  auto watcher
    = [](caf::event_based_actor* self, log_sink log,
         std::shared_ptr<counts_ptr> out, caf::actor what) -> caf::behavior {
    *out = harden(self, std::move(log), "watcher");
    self->monitor(what);
    return {[](const echo& x) { return x.n; }};
  };
  auto who = track(sys->spawn(watcher, book.sink(), counts, other));
  run();
  caf::anon_send_exit(other, caf::exit_reason::user_shutdown);
  run();
  EXPECT_EQ((*counts)->downs, 1u);
  EXPECT_EQ(*ask<int>(who, echo{3}), 3);
}

TEST_F(harden_fixture, runs_the_exit_hook_and_quits) {
  auto seen = std::make_shared<std::string>();
  auto who = spawn_plain(
    counts, [seen](const caf::error& reason) { *seen = describe(reason); });
  caf::anon_send(who, caf::exit_msg{caf::actor_addr{}, caf::error{}});
  run();
  EXPECT_EQ(*ask<int>(who, echo{3}), 3) << "no reason is no order";
  caf::anon_send_exit(who, caf::exit_reason::user_shutdown);
  run();
  EXPECT_EQ(*seen, "user_shutdown");
  EXPECT_FALSE(ask<int>(who, echo{3}));
}

TEST_F(harden_fixture, answers_ready_and_status_for_everybody) {
  auto who = spawn_plain(counts);
  EXPECT_TRUE(ask<is_ready>(who, get_ready{}));
  auto status = ask<actor_status>(who, get_status{});
  ASSERT_TRUE(status);
  EXPECT_EQ(status->name, "plain");
}

using hardened_echo
  = caf::typed_actor<caf::replies_to<echo>::with<int>, caf::reacts_to<note>>;

TEST_F(harden_fixture, works_for_typed_actors) {
  auto fun = [](hardened_echo::pointer self,
                log_sink log) -> hardened_echo::behavior_type {
    harden(self, std::move(log), "typed");
    return {
      [](const echo& x) { return x.n; },
      [](const note&) {
        // nop
      },
    };
  };
  auto who = track(sys->spawn(fun, book.sink()));
  EXPECT_TRUE(ask<is_ready>(who, get_ready{}));
  EXPECT_FALSE(ask<int>(who, whoami{}));
  EXPECT_EQ(*ask<int>(who, echo{4}), 4);
}

} // namespace

} // namespace ringside::test
