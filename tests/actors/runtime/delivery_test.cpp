#include "tests/actors/runtime/test_actors.hpp"
#include "tests/support/actor_fixture.hpp"

using namespace std::chrono_literals;

namespace ringside::test {

namespace {

/// Does to every `note` and `echo` for "bout/1" what the test says.
struct scripted_hook : delivery_hook {
  delivery decide(std::string_view receiver,
                  const caf::mailbox_element& what) override {
    asked.emplace_back(receiver);
    if (receiver != "bout/1" || script.empty()
        || !(what.content().match_elements<note>()
             || what.content().match_elements<echo>()))
      return {};
    auto next = script.front();
    script.erase(script.begin());
    return next;
  }

  std::vector<std::string> asked;
  std::vector<delivery> script;
};

struct hook_holder {
  scripted_hook hook;
};

struct delivery_fixture : hook_holder, actor_fixture {
  delivery_fixture() : actor_fixture(&hook) {
    // nop
  }

  caf::actor spawn_worker(const std::string& name) {
    child_context context{name, 1, services};
    worker_options options;
    options.book = pages;
    auto who = track(sys->spawn(worker, context, options));
    dynamic_cast<probed*>(caf::actor_cast<caf::abstract_actor*>(who))
      ->adopt_probe(services->probes.open(name));
    run();
    pages->take();
    return who;
  }

  using lines = std::vector<std::string>;

  diary_ptr pages = std::make_shared<diary>();
};

TEST_F(delivery_fixture, drops) {
  auto who = spawn_worker("bout/1");
  hook.script = {{true, 0ns, 0}, {}};
  caf::anon_send(who, note{1});
  caf::anon_send(who, note{2});
  run();
  EXPECT_EQ(pages->take(), (lines{"bout/1=2"}));
}

TEST_F(delivery_fixture, delays_on_the_virtual_clock_and_so_reorders) {
  auto who = spawn_worker("bout/1");
  hook.script = {{false, 50ms, 0}, {}};
  caf::anon_send(who, note{1});
  caf::anon_send(who, note{2});
  advance(49ms, 1ms);
  EXPECT_EQ(pages->take(), (lines{"bout/1=2"}));
  advance(1ms, 1ms);
  EXPECT_EQ(pages->take(), (lines{"bout/1=1"}));
}

TEST_F(delivery_fixture, asks_once_about_a_delayed_message) {
  auto who = spawn_worker("bout/1");
  hook.script = {{false, 5ms, 0}, {true, 0ns, 0}};
  caf::anon_send(who, note{1});
  advance(10ms);
  EXPECT_EQ(pages->take(), (lines{"bout/1=1"}));
}

TEST_F(delivery_fixture, duplicates) {
  auto who = spawn_worker("bout/1");
  hook.script = {{false, 0ns, 2}};
  caf::anon_send(who, note{1});
  run();
  EXPECT_EQ(pages->take(), (lines{"bout/1=1", "bout/1=1", "bout/1=1"}));
}

TEST_F(delivery_fixture, answers_duplicated_and_delayed_requests_once) {
  auto who = spawn_worker("bout/1");
  hook.script = {{false, 5ms, 1}};
  auto reply = send_request<int>(who, echo{4});
  run();
  EXPECT_FALSE(reply->has_value());
  advance(10ms);
  ASSERT_TRUE(reply->has_value());
  EXPECT_EQ(***reply, 4);
}

TEST_F(delivery_fixture, touches_only_the_named_actor) {
  auto who = spawn_worker("bout/2");
  hook.script = {{true, 0ns, 0}};
  caf::anon_send(who, note{1});
  run();
  EXPECT_EQ(pages->take(), (lines{"bout/2=1"}));
  EXPECT_EQ(hook.asked.back(), "bout/2");
}

TEST_F(delivery_fixture, never_asks_about_exits_and_own_timers) {
  auto fun
    = [](metered_actor* self, log_sink log, diary_ptr out) -> caf::behavior {
    harden(self, std::move(log), "ticking");
    auto beat = std::make_shared<ticker>();
    beat->start(self, 10ms);
    return {[=](const tick& t) {
      if (beat->accept(t))
        out->add("tick");
    }};
  };
  auto who = track(sys->spawn(fun, book.sink(), pages));
  advance(30ms);
  EXPECT_EQ(pages->take().size(), 3u);
  caf::anon_send_exit(who, caf::exit_reason::kill);
  run();
  EXPECT_TRUE(hook.asked.empty());
}

} // namespace

} // namespace ringside::test
