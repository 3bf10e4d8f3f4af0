#include "actors/ops/hub.hpp"

#include "domain/audit/entry.hpp"
#include "domain/base/limits.hpp"
#include "domain/wire/event_codec.hpp"
#include "tests/support/actor_fixture.hpp"
#include "tests/support/memory_world.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace ringside {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using kind = wire::audience::kind;

const bout_id the_bout{"b1"};

/// What stands in for the READER: entries of one bout.
struct shelf {
  std::vector<persistence::journal_entry> rows;
  bool failing = false;
};

struct seen {
  std::vector<protocol::feed_delta> deltas;
  int resets = 0;
  int asked_again = 0;
};

caf::behavior play_reader(caf::event_based_actor*, std::shared_ptr<shelf> it) {
  return {[it](const protocol::read_bout& x) -> protocol::entries_answer {
    if (it->failing)
      return {refuse(ec::io_error, "no disk")};
    auto rows = std::make_shared<std::vector<persistence::journal_entry>>();
    for (auto i = std::size_t{x.from_bseq}; i < it->rows.size(); ++i)
      rows->push_back(it->rows[i]);
    return {protocol::entry_list{rows}};
  }};
}

protocol::feed_sink::behavior_type screen(protocol::feed_sink::pointer,
                                          std::shared_ptr<seen> into) {
  return {
    [into](const protocol::feed_delta& d) { into->deltas.push_back(d); },
    [into](const protocol::feed_reset&) { ++into->resets; },
  };
}

caf::behavior owner(caf::event_based_actor*, std::shared_ptr<seen> into) {
  return {[into](const protocol::hub_started&) { ++into->asked_again; }};
}

class hub_fixture : public test::actor_fixture {
protected:
  void SetUp() override {
    services->names.bind("node/reader", track(sys->spawn(play_reader, it)));
    tv = track(sys->spawn(screen, got));
    services->names.bind("feed/1", caf::actor_cast<caf::actor>(tv));
    start();
  }

  void start(milliseconds board_delay = milliseconds{0}) {
    if (hub)
      caf::anon_send_exit(hub, caf::exit_reason::kill);
    run();
    hub_deps deps;
    deps.services = services;
    deps.rulesets = std::make_shared<const bout::ruleset_lookup>(
      [set = test::plain_mma()](std::string_view, int) { return set; });
    deps.time = {mono_us{1'790'000'000'000'000}, {}};
    deps.board_delay = board_delay;
    hub = track(sys->spawn(hub_behavior, std::move(deps)));
    services->names.bind("node/hub", caf::actor_cast<caf::actor>(hub));
    run();
  }

  void restart() {
    start();
  }

  /// Makes the next event durable; tells the HUB if `told`.
  void happen(bout::event_body body, bool told = true) {
    auto no = static_cast<bout::event_no>(it->rows.size() + 1);
    bout::event e{no,
                  {role::supervisor, "s1"},
                  mono_us{timeline{mono_us{1'790'000'000'000'000}, {}}.at(
                    sched->clock().now())},
                  std::move(body)};
    audit::entry_draft draft;
    draft.log = "ringside.example/audit/test";
    draft.seq = it->rows.size();
    draft.bout = the_bout.str();
    draft.bseq = no - 1;
    draft.actor = "supervisor:s1";
    draft.kind = wire::kind_of(e.body);
    auto data = json::to_text(wire::data_of(e));
    draft.data = data;
    auto bytes = audit::format_entry(draft);
    ASSERT_TRUE(bytes) << bytes.reason().detail;
    it->rows.push_back({draft.seq, the_bout, draft.bseq, *bytes, {}});
    auto events = std::make_shared<const std::vector<bout::event>>(
      std::vector<bout::event>{std::move(e)});
    if (told)
      tell({the_bout, no, events});
  }

  void tell(protocol::bout_news news) {
    caf::anon_send(caf::actor_cast<caf::actor>(hub), std::move(news));
    run();
  }

  void create() {
    bout::bout_created c;
    c.ruleset = "mma_test";
    c.ruleset_version = 1;
    c.scheduled_rounds = 3;
    c.fighters.red.name = "Ada";
    c.fighters.blue.name = "Bea";
    c.judges.resize(3);
    happen(c);
  }

  void note(const std::string& text, bool told = true) {
    happen(bout::note_added{text, 0}, told);
  }

  static protocol::stream_key key(kind who, const std::string& tail = "") {
    return {"bout/b1" + tail, {who, 0}};
  }

  void follow(const protocol::stream_key& what) {
    caf::anon_send(caf::actor_cast<caf::actor>(hub),
                   protocol::follow{what, tv});
    run();
  }

  std::variant<protocol::joined, error> join(const protocol::stream_key& what,
                                             std::optional<std::uint64_t> after
                                             = {}) {
    auto reply = ask<protocol::join_answer>(hub, protocol::join{what, after});
    if (!reply)
      return reply.reason();
    return reply->outcome;
  }

  protocol::joined must_join(const protocol::stream_key& what,
                             std::optional<std::uint64_t> after = {}) {
    auto start = join(what, after);
    if (auto* ok = std::get_if<protocol::joined>(&start))
      return *ok;
    ADD_FAILURE() << std::get<error>(start).detail;
    return {};
  }

  std::shared_ptr<shelf> it = std::make_shared<shelf>();
  std::shared_ptr<seen> got = std::make_shared<seen>();
  protocol::feed_sink tv;
  hub_impl hub;
};

TEST_F(hub_fixture, starts_with_a_snapshot_and_goes_on_without_gaps) {
  create();
  follow(key(kind::control));
  auto start = must_join(key(kind::control));
  ASSERT_EQ(start.frames.size(), 1u);
  EXPECT_NE(start.frames.front()->find("\"snapshot\""), std::string::npos);
  note("one");
  note("two");
  ASSERT_EQ(got->deltas.size(), 2u);
  EXPECT_EQ(got->deltas[0].seq, start.seq + 1);
  EXPECT_EQ(got->deltas[1].seq, start.seq + 2);
}

TEST_F(hub_fixture, makes_no_deltas_of_what_was_before_anybody_joined) {
  create();
  for (auto n = 0; n < 50; ++n)
    note("old");
  follow(key(kind::control));
  must_join(key(kind::control));
  EXPECT_TRUE(got->deltas.empty());
}

TEST_F(hub_fixture, resumes_inside_the_window_and_not_outside) {
  create();
  follow(key(kind::control));
  auto start = must_join(key(kind::control));
  for (auto n = 0; n < 10; ++n)
    note("n");
  auto missed = must_join(key(kind::control), start.seq + 3);
  EXPECT_EQ(missed.frames.size(), 7u);
  EXPECT_EQ(missed.seq, start.seq + 10);
  EXPECT_EQ(must_join(key(kind::control), start.seq + 10).frames.size(), 0u);
  auto beyond = must_join(key(kind::control), start.seq + 11);
  ASSERT_EQ(beyond.frames.size(), 1u);
  EXPECT_NE(beyond.frames[0]->find("\"snapshot\""), std::string::npos);
  for (std::size_t n = 0; n < limits::topic_window_max; ++n)
    note("n");
  auto late = must_join(key(kind::control), start.seq + 3);
  ASSERT_EQ(late.frames.size(), 1u);
  EXPECT_NE(late.frames[0]->find("\"snapshot\""), std::string::npos);
}

TEST_F(hub_fixture, a_number_of_an_earlier_run_gives_a_snapshot) {
  create();
  follow(key(kind::control));
  auto start = must_join(key(kind::control));
  note("one");
  note("two");
  // Within the same second, as after a crash.
  advance(milliseconds{1}, milliseconds{1});
  restart();
  EXPECT_EQ(got->resets, 2);
  follow(key(kind::control));
  must_join(key(kind::control));
  note("three");
  auto resumed = must_join(key(kind::control), start.seq + 1);
  ASSERT_EQ(resumed.frames.size(), 1u);
  EXPECT_NE(resumed.frames[0]->find("\"snapshot\""), std::string::npos);
}

TEST_F(hub_fixture, spectators_get_everything_of_a_round_at_once) {
  create();
  follow(key(kind::public_));
  auto start = must_join(key(kind::public_));
  happen(bout::round_opened{1});
  happen(bout::clock_started{1, round_ms{0}});
  happen(bout::clock_stopped{1, round_ms{0}, {}});
  advance(milliseconds{1}, milliseconds{1});
  auto first = got->deltas.size();
  advance(milliseconds{40});
  EXPECT_LT(got->deltas.size(), 3u);
  EXPECT_GE(got->deltas.size(), first);
  EXPECT_EQ(got->deltas.back().seq, start.seq + got->deltas.size());
  EXPECT_NE(got->deltas.back().frame->find("clock_stopped"), std::string::npos);
}

TEST_F(hub_fixture, the_board_lags_and_keeps_its_lag_over_a_restart) {
  start(seconds{2});
  create();
  auto early = join(key(kind::public_, "/board"));
  ASSERT_TRUE(std::holds_alternative<error>(early));
  EXPECT_EQ(std::get<error>(early).code, ec::unavailable);
  advance(milliseconds{2'100});
  follow(key(kind::public_, "/board"));
  must_join(key(kind::public_, "/board"));
  happen(bout::round_opened{1});
  advance(milliseconds{1'500});
  EXPECT_TRUE(got->deltas.empty());
  advance(milliseconds{700});
  EXPECT_EQ(got->deltas.size(), 1u);
  // What is old enough is on the board at once.
  start(seconds{2});
  auto again = must_join(key(kind::public_, "/board"));
  ASSERT_EQ(again.frames.size(), 1u);
  EXPECT_NE(again.frames[0]->find("\"in_round\""), std::string::npos);
}

TEST_F(hub_fixture, fetches_what_nobody_told) {
  create();
  follow(key(kind::control));
  must_join(key(kind::control));
  note("lost with a killed actor", false);
  EXPECT_TRUE(got->deltas.empty());
  static const auto nothing
    = std::make_shared<const std::vector<bout::event>>();
  tell({the_bout, 2, nothing});
  ASSERT_EQ(got->deltas.size(), 1u);
  note("lost too", false);
  note("told");
  EXPECT_EQ(got->deltas.size(), 3u);
}

TEST_F(hub_fixture, fetches_later_if_reading_fails) {
  create();
  follow(key(kind::control));
  must_join(key(kind::control));
  it->failing = true;
  note("lost", false);
  note("told");
  EXPECT_TRUE(got->deltas.empty());
  it->failing = false;
  advance(seconds{1});
  EXPECT_EQ(got->deltas.size(), 2u);
}

TEST_F(hub_fixture, a_bout_that_cannot_be_read_is_not_shown_empty) {
  it->failing = true;
  EXPECT_TRUE(std::holds_alternative<error>(join(key(kind::control))));
  EXPECT_TRUE(std::holds_alternative<error>(join(key(kind::control))));
  it->failing = false;
  auto none = join(key(kind::control));
  ASSERT_TRUE(std::holds_alternative<error>(none));
  EXPECT_EQ(std::get<error>(none).code, ec::not_found);
  create();
  must_join(key(kind::control));
}

TEST_F(hub_fixture, asks_the_owners_of_plain_topics_again) {
  auto someone = track(sys->spawn(owner, got));
  services->names.bind("bouts", someone);
  services->names.bind("bout/b1/seat/1", someone);
  run();
  // The first HUB has asked whoever would be `bouts`.
  got->asked_again = 0;
  start();
  EXPECT_EQ(got->asked_again, 2);
}

TEST_F(hub_fixture, plain_topics_give_their_changes) {
  protocol::stream_key ops{"ops/health", {kind::control, 0}};
  auto set = [this](const char* state) {
    caf::anon_send(caf::actor_cast<caf::actor>(hub),
                   protocol::set_topic{"ops/health", state});
    run();
  };
  set(R"({"journal":"ok"})");
  follow(ops);
  auto start = must_join(ops);
  EXPECT_NE(start.frames.at(0)->find("\"journal\":\"ok\""), std::string::npos);
  set(R"({"disk":"full"})");
  ASSERT_EQ(got->deltas.size(), 1u);
  EXPECT_EQ(got->deltas[0].seq, start.seq + 1);
  EXPECT_EQ(got->deltas[0].frame->find("journal"), std::string::npos);
  set("no JSON");
  EXPECT_EQ(got->deltas.size(), 1u);
}

} // namespace
} // namespace ringside
