#include "actors/simulation/simulation.hpp"

#include "domain/base/limits.hpp"
#include "tests/support/actor_fixture.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

namespace ringside {

using protocol::text_answer;

/// Tells the fake SIMULATOR to answer; a promise is its actor's alone.
struct give {
  std::size_t job = 0;
  text_answer what;
};

} // namespace ringside

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::give)

namespace ringside {
namespace {

using fake_simulator = simulator_actor::extend<caf::reacts_to<give>>;

/// The SIMULATION with a SIMULATOR that the test plays itself: it keeps what
/// it is asked and answers when it is told to.
class simulation_test : public test::actor_fixture {
protected:
  struct job {
    run_simulation what;
    caf::typed_response_promise<text_answer> promise;
  };

  using jobs_ptr = std::shared_ptr<std::vector<job>>;

  static fake_simulator::behavior_type worker(fake_simulator::pointer self,
                                              jobs_ptr jobs) {
    return {
      [=](const run_simulation& x) {
        auto p = self->make_response_promise<text_answer>();
        jobs->push_back({x, p});
        return p;
      },
      [=](const give& x) { (*jobs)[x.job].promise.deliver(x.what); },
    };
  }

  void SetUp() override {
    w = track(sys->spawn(worker, jobs));
    services->names.bind("node/simulation/worker",
                         caf::actor_cast<caf::actor>(w));
    actor = spawn(true);
  }

  void TearDown() override {
    // A promise keeps the actor that made it.
    jobs->clear();
    actor = nullptr;
    w = nullptr;
    actor_fixture::TearDown();
  }

  protocol::simulation_actor spawn(bool enabled) {
    simulation_deps deps;
    deps.services = services;
    deps.utc_now = [this] { return utc_ns{++now_ms * 1'000'000}; };
    deps.enabled = enabled;
    deps.check = [](const protocol::simulation_spec& x) {
      return x.script == "bad"
               ? result<unit>{refuse(ec::invalid_value, "bad", "script")}
               : result<unit>{unit{}};
    };
    auto made = track(sys->spawn(simulation_behavior, std::move(deps)));
    run();
    return made;
  }

  template <class T>
  text_answer tell(T what) {
    auto got = ask<text_answer>(actor, std::move(what));
    EXPECT_TRUE(got);
    return got ? *got : text_answer{refuse(ec::internal, "none")};
  }

  static json::value body(const text_answer& a) {
    const auto* text = std::get_if<std::string>(&a.outcome);
    EXPECT_NE(text, nullptr);
    auto v = text != nullptr ? json::parse(*text, {1024 * 1024, 16})
                             : result<json::value>{json::value{}};
    return v ? std::move(*v) : json::value{};
  }

  static std::string at(const json::value& v, std::string_view key) {
    const auto* found = v.find(key);
    return found != nullptr && found->as_string() ? *found->as_string() : "";
  }

  std::string start() {
    return at(body(tell(protocol::start_simulation{who, {}})), "id");
  }

  std::string state(const std::string& id) {
    return at(body(tell(protocol::get_simulation{id})), "state");
  }

  ec refused(const text_answer& a) {
    const auto* e = std::get_if<error>(&a.outcome);
    return e != nullptr ? e->code : ec::internal;
  }

  void finish(std::size_t i, text_answer with) {
    caf::anon_send(w, give{i, std::move(with)});
    run();
  }

  issuer who{role::supervisor, "sue"};
  jobs_ptr jobs = std::make_shared<std::vector<job>>();
  fake_simulator w;
  protocol::simulation_actor actor;
  std::int64_t now_ms = 1'000;
};

TEST_F(simulation_test, runs_one_at_a_time_in_order) {
  auto a = start();
  auto b = start();
  EXPECT_LT(a, b);
  ASSERT_EQ(jobs->size(), 1u);
  EXPECT_EQ(state(a), "running");
  EXPECT_EQ(state(b), "waiting");
  finish(0, {std::string{"{\"x\":1}"}});
  EXPECT_EQ(state(a), "done");
  EXPECT_EQ(state(b), "running");
  auto shown = body(tell(protocol::get_simulation{a}));
  EXPECT_EQ(*shown.find("result")->find("x")->as_int(), 1);
  EXPECT_EQ(at(shown, "by"), "supervisor:sue");
}

TEST_F(simulation_test, lets_eight_wait_and_refuses_the_ninth) {
  start();
  for (std::size_t i = 0; i < limits::simulations_waiting_max; ++i)
    start();
  EXPECT_EQ(refused(tell(protocol::start_simulation{who, {}})),
            ec::rate_limited);
  finish(0, {std::string{"{}"}});
  EXPECT_FALSE(start().empty());
}

TEST_F(simulation_test, cancels_what_waits_at_once) {
  auto a = start();
  auto b = start();
  auto c = start();
  EXPECT_EQ(at(body(tell(protocol::cancel_simulation{who, b})), "state"),
            "cancelled");
  finish(0, {std::string{"{}"}});
  EXPECT_EQ(state(a), "done");
  EXPECT_EQ(state(b), "cancelled");
  EXPECT_EQ(state(c), "running");
  EXPECT_EQ(jobs->size(), 2u);
}

TEST_F(simulation_test, tells_what_runs_to_stop) {
  auto a = start();
  EXPECT_FALSE((*jobs)[0].what.control->stopping());
  tell(protocol::cancel_simulation{who, a});
  EXPECT_TRUE((*jobs)[0].what.control->cancelled);
  // It runs until the worker says that it has ended.
  EXPECT_EQ(state(a), "running");
  finish(0, {refuse(ec::unavailable, "stopped")});
  EXPECT_EQ(state(a), "cancelled");
  EXPECT_EQ(refused(tell(protocol::cancel_simulation{who, a})),
            ec::wrong_state);
}

TEST_F(simulation_test, goes_on_after_a_failure) {
  auto a = start();
  auto b = start();
  finish(0, {refuse(ec::io_error, "no such profile")});
  auto shown = body(tell(protocol::get_simulation{a}));
  EXPECT_EQ(at(shown, "state"), "failed");
  EXPECT_EQ(at(*shown.find("error"), "detail"), "no such profile");
  EXPECT_EQ(state(b), "running");
}

TEST_F(simulation_test, shows_how_far_it_is) {
  auto a = start();
  (*jobs)[0].what.control->of = 50;
  (*jobs)[0].what.control->done = 20;
  auto shown = body(tell(protocol::get_simulation{a}));
  EXPECT_EQ(*shown.find("progress")->find("done")->as_int(), 20);
  EXPECT_EQ(*shown.find("progress")->find("of")->as_int(), 50);
}

TEST_F(simulation_test, keeps_a_hundred_and_forgets_the_oldest) {
  auto first = start();
  finish(0, {std::string{"{}"}});
  for (std::size_t i = 1; i <= limits::simulations_kept_max; ++i) {
    start();
    finish(i, {std::string{"{}"}});
  }
  EXPECT_EQ(refused(tell(protocol::get_simulation{first})), ec::not_found);
  auto all = body(tell(protocol::list_simulations{}));
  EXPECT_EQ(all.find("simulations")->as_array()->size(),
            limits::simulations_kept_max);
}

TEST_F(simulation_test, refuses_what_cannot_be_read_before_it_waits) {
  protocol::simulation_spec bad;
  bad.kind = protocol::simulation_kind::script;
  bad.script = "bad";
  EXPECT_EQ(refused(tell(protocol::start_simulation{who, bad})),
            ec::invalid_value);
  EXPECT_TRUE(jobs->empty());
  EXPECT_EQ(refused(tell(protocol::get_simulation{"s9"})), ec::not_found);
}

TEST_F(simulation_test, says_so_where_there_is_nothing_to_run) {
  actor = spawn(false);
  EXPECT_EQ(refused(tell(protocol::start_simulation{who, {}})),
            ec::unavailable);
}

TEST_F(simulation_test, lets_go_of_what_runs_when_it_ends) {
  start();
  caf::anon_send_exit(actor, caf::exit_reason::user_shutdown);
  run();
  EXPECT_TRUE((*jobs)[0].what.control->abandoned);
}

TEST_F(simulation_test, survives_a_worker_that_throws) {
  simulator_deps deps;
  deps.services = services;
  deps.run = [](const protocol::simulation_spec&,
                simulation_control&) -> result<std::string> {
    throw std::runtime_error{"boom"};
  };
  auto real = track(sys->spawn(simulator_behavior, deps));
  services->names.bind("node/simulation/worker",
                       caf::actor_cast<caf::actor>(real));
  auto a = start();
  EXPECT_EQ(state(a), "failed");
  EXPECT_TRUE(book.contains("boom")) << book.dump();
}

TEST_F(simulation_test, the_worker_does_not_begin_what_was_called_off) {
  auto ran = std::make_shared<int>(0);
  simulator_deps deps;
  deps.services = services;
  deps.run = [ran](const protocol::simulation_spec&,
                   simulation_control&) -> result<std::string> {
    ++*ran;
    return std::string{"{}"};
  };
  auto real = track(sys->spawn(simulator_behavior, deps));
  run_simulation what;
  what.control = std::make_shared<simulation_control>();
  what.control->cancelled = true;
  auto got = ask<text_answer>(real, what);
  ASSERT_TRUE(got);
  EXPECT_EQ(refused(*got), ec::unavailable);
  EXPECT_EQ(*ran, 0);
}

} // namespace
} // namespace ringside
