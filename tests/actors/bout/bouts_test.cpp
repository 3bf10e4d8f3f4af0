#include "actors/bout/bouts.hpp"

#include "actors/runtime/supervisor.hpp"
#include "domain/audit/json.hpp"
#include "domain/base/limits.hpp"
#include "tests/support/actor_fixture.hpp"
#include "tests/support/memory_world.hpp"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ringside {
namespace {

using std::chrono::seconds;

struct seen {
  /// Submits by the name of the bout that got them.
  std::map<std::string, int> passed;
  std::map<std::string, int> spawned;
  std::vector<protocol::command_answer> answers;
  int topics = 0;
  std::optional<error> read_only;
};

/// Stands in for a BOUT.
caf::behavior play_bout(caf::event_based_actor*, std::shared_ptr<seen> it,
                        std::string name) {
  ++it->spawned[name];
  return {
    [it, name](const protocol::submit&) { ++it->passed[name]; },
    [](const get_ready&) { return is_ready{}; },
  };
}

/// Stands in for JOURNAL, READER and HUB: an empty journal.
caf::behavior play_rest(caf::event_based_actor*, std::shared_ptr<seen> it) {
  return {
    [](const protocol::read_tails&) {
      return protocol::tails_answer{std::vector<persistence::bout_tail>{}};
    },
    [it](const protocol::append&) {
      if (it->read_only)
        return protocol::append_answer{*it->read_only};
      return protocol::append_answer{protocol::appended{}};
    },
    [it](const protocol::set_topic&) { ++it->topics; },
  };
}

protocol::answer_sink::behavior_type
collect_answers(protocol::answer_sink::pointer, std::shared_ptr<seen> it) {
  return {
    [it](const protocol::command_answer& x) { it->answers.push_back(x); }};
}

class bouts_fixture : public test::actor_fixture {
protected:
  void SetUp() override {
    auto rest = track(sys->spawn(play_rest, got));
    services->names.bind("node/journal", rest);
    services->names.bind("node/reader", rest);
    services->names.bind("node/hub", rest);
    sink = track(sys->spawn(collect_answers, got));
    supervisor_spec spec;
    spec.name = "arena/bouts";
    track(spawn_root(services, spec));
    start();
  }

  void start() {
    bouts_deps deps;
    deps.services = services;
    deps.rulesets = std::make_shared<const bout::ruleset_lookup>(
      [set = test::plain_mma()](std::string_view id, int) {
        return id == set->id ? set : nullptr;
      });
    deps.supervisor = "arena/bouts";
    deps.make_bout = [this](const bout_id& id, int seats) {
      last_seats = seats;
      supervisor_spec spec;
      spec.name = "bout/" + id.str();
      child_spec one;
      one.name = spec.name + "/bout";
      one.spawn = [it = got](const child_context& context) {
        return caf::actor_cast<caf::actor>(
          context.services->system.spawn(play_bout, it, context.name));
      };
      spec.children.push_back(std::move(one));
      return supervisor_child(std::move(spec));
    };
    actor = track(sys->spawn(bouts_behavior, std::move(deps)));
    run();
  }

  void restart() {
    caf::anon_send_exit(actor, caf::exit_reason::kill);
    run();
    start();
  }

  /// Asks for a bout; the number makes the command.
  bout_id create(std::uint16_t n, const std::string& ruleset = "mma_test") {
    bout::command c;
    c.id.bytes[0] = static_cast<std::uint8_t>(255 - n / 256);
    c.id.bytes[15] = static_cast<std::uint8_t>(n % 256);
    c.by = {role::supervisor, "s1"};
    bout::create_bout body;
    body.ruleset = ruleset;
    body.fighters.red.name = "Ada";
    body.fighters.blue.name = "Bea";
    c.body = body;
    caf::anon_send(
      caf::actor_cast<caf::actor>(actor),
      protocol::submit{sink, n, {}, std::make_shared<const bout::command>(c)});
    run();
    return bout_id_for(c.id);
  }

  void tell_phase(const bout_id& id, const std::string& phase,
                  const std::string& event = "") {
    caf::anon_send(caf::actor_cast<caf::actor>(actor),
                   protocol::bout_changed{id, phase,
                                          "{\"bout_id\":\"" + id.str()
                                            + "\",\"event\":\"" + event + "\"}",
                                          3});
    run();
  }

  std::string list(protocol::list_bouts what) {
    auto page = ask<protocol::text_answer>(actor, std::move(what));
    EXPECT_TRUE(page);
    return std::get<std::string>(page->outcome);
  }

  bool wake(const bout_id& id) {
    auto woken = ask<protocol::text_answer>(actor, protocol::wake_bout{id});
    return woken && std::holds_alternative<std::string>(woken->outcome);
  }

  int passed(const bout_id& id) {
    return got->passed["bout/" + id.str() + "/bout"];
  }

  int spawned(const bout_id& id) {
    return got->spawned["bout/" + id.str() + "/bout"];
  }

  std::shared_ptr<seen> got = std::make_shared<seen>();
  protocol::answer_sink sink;
  bouts_impl actor;
  int last_seats = 0;
};

TEST_F(bouts_fixture, a_repeated_command_means_the_same_bout) {
  auto id = create(1);
  EXPECT_EQ(create(1), id);
  EXPECT_EQ(passed(id), 2);
  EXPECT_EQ(spawned(id), 1);
  restart();
  create(1);
  EXPECT_EQ(passed(id), 3);
  EXPECT_EQ(spawned(id), 1);
  EXPECT_EQ(last_seats, 3);
}

TEST_F(bouts_fixture, makes_nothing_of_a_command_that_is_refused) {
  auto id = create(1, "chess");
  ASSERT_EQ(got->answers.size(), 1u);
  EXPECT_EQ(std::get<error>(got->answers[0].outcome).code, ec::not_found);
  EXPECT_EQ(spawned(id), 0);
  EXPECT_FALSE(wake(id));
}

TEST_F(bouts_fixture, starts_nothing_while_the_journal_takes_nothing) {
  got->read_only = refuse(ec::read_only, "the disk is full");
  for (std::uint16_t n = 0; n < 600; ++n) {
    auto id = create(n);
    ASSERT_EQ(spawned(id), 0);
    ASSERT_FALSE(wake(id));
  }
  ASSERT_EQ(got->answers.size(), 600u);
  for (const auto& x : got->answers)
    EXPECT_EQ(std::get<error>(x.outcome).code, ec::read_only);
  // More than a node can run; none of them took a place.
  got->read_only.reset();
  for (std::uint16_t n = 0; n < limits::bouts_live_max; ++n)
    ASSERT_EQ(passed(create(n)), 1) << n;
}

TEST_F(bouts_fixture, leaves_nothing_of_a_bout_that_was_never_made) {
  auto id = create(1);
  EXPECT_EQ(spawned(id), 1);
  tell_phase(id, "none");
  EXPECT_FALSE(wake(id));
  EXPECT_FALSE(services->names.resolve<caf::actor>("bout/" + id.str()));
  // The same command makes it after all.
  create(1);
  EXPECT_EQ(spawned(id), 2);
  tell_phase(id, "created");
  tell_phase(id, "none");
  EXPECT_TRUE(wake(id)) << "what exists does not go away";
  // A new one of this actor has not heard of the bout, but takes it away.
  auto other = create(2);
  restart();
  tell_phase(other, "none");
  EXPECT_FALSE(services->names.resolve<caf::actor>("bout/" + other.str()));
}

TEST_F(bouts_fixture, lists_the_newest_last_in_pages) {
  // The later a bout here is made, the smaller is its id.
  std::vector<bout_id> made;
  for (std::uint16_t n = 0; n < 5; ++n) {
    made.push_back(create(static_cast<std::uint16_t>(n * 256)));
    tell_phase(made.back(), "created");
  }
  EXPECT_GT(made[0], made[4]);
  auto first = list({{}, {}, {}, 2});
  EXPECT_LT(first.find(made[0].str()), first.find(made[1].str()));
  EXPECT_EQ(first.find(made[2].str()), std::string::npos);
  auto last = list({{}, {}, made[1].str(), 100});
  EXPECT_EQ(last.find(made[1].str()), std::string::npos);
  EXPECT_LT(last.find(made[2].str()), last.find(made[4].str()));
  EXPECT_NE(last.find("\"next\":\"\""), std::string::npos);
}

TEST_F(bouts_fixture, filters_by_phase_and_event) {
  auto one = create(1);
  auto two = create(2);
  tell_phase(one, "created", "gala");
  tell_phase(two, "published", "cup");
  EXPECT_EQ(list({"published", {}, {}, 9}).find(one.str()), std::string::npos);
  EXPECT_NE(list({"published", {}, {}, 9}).find(two.str()), std::string::npos);
  EXPECT_NE(list({{}, "gala", {}, 9}).find(one.str()), std::string::npos);
  EXPECT_EQ(list({{}, "gala", {}, 9}).find(two.str()), std::string::npos);
}

TEST_F(bouts_fixture, puts_a_published_bout_to_rest_for_a_new_one) {
  bout_id oldest;
  for (std::uint16_t n = 0; n < limits::bouts_live_max; ++n) {
    auto id = create(n);
    tell_phase(id, "created");
    if (n == 7)
      oldest = id;
  }
  create(600);
  ASSERT_EQ(got->answers.size(), 1u);
  EXPECT_EQ(std::get<error>(got->answers[0].outcome).code, ec::overloaded);
  tell_phase(oldest, "published");
  auto fits = create(601);
  EXPECT_EQ(passed(fits), 1);
  // The resting one comes back when somebody asks and there is room again.
  tell_phase(fits, "cancelled");
  EXPECT_TRUE(wake(oldest));
  EXPECT_EQ(spawned(oldest), 2);
  EXPECT_EQ(last_seats, 3);
}

TEST_F(bouts_fixture, learns_of_a_bout_that_an_earlier_one_made) {
  auto id = create(1);
  restart();
  EXPECT_FALSE(wake(id));
  tell_phase(id, "created");
  EXPECT_TRUE(wake(id));
  EXPECT_EQ(spawned(id), 1);
}

TEST_F(bouts_fixture, tells_a_new_hub_the_whole_list) {
  tell_phase(create(1), "created");
  tell_phase(create(2), "created");
  auto before = got->topics;
  caf::anon_send(caf::actor_cast<caf::actor>(actor), protocol::hub_started{});
  run();
  EXPECT_EQ(got->topics, before + 2);
}

} // namespace
} // namespace ringside
