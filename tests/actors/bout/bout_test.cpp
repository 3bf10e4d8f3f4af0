#include "actors/bout/bout.hpp"

#include "domain/audit/entry.hpp"
#include "persistence/journal_writer.hpp"
#include "persistence/memory/memory_journal_store.hpp"
#include "tests/support/actor_fixture.hpp"
#include "tests/support/memory_world.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ringside {
namespace {

using std::chrono::seconds;

constexpr const char* origin = "ringside.example/audit/test";

/// JOURNAL, READER, HUB and BOUTS in one, on a real store. While it is slow,
/// appends wait until the test lets them go.
struct node {
  std::unique_ptr<persistence::memory_journal_store> store;
  std::optional<persistence::journal_writer> writer;
  bool slow = false;
  struct waiting_append {
    protocol::append what;
    caf::typed_response_promise<protocol::append_answer> promise;
  };
  std::deque<waiting_append> waiting;
  std::optional<error> refusing;
  std::vector<protocol::bout_news> news;
  std::vector<protocol::bout_changed> changes;
  std::map<std::uint64_t, protocol::command_answer> answers;

  protocol::append_answer commit(const protocol::append& what) {
    if (refusing)
      return {*refusing};
    auto places = writer->commit({&what.batch, 1}, utc_ns{1});
    if (places[0])
      return {*places[0]};
    return {places[0].reason()};
  }
};

using node_ptr = std::shared_ptr<node>;

caf::behavior play(caf::event_based_actor* self, node_ptr it) {
  return {
    [self,
     it](const protocol::append& x) -> caf::result<protocol::append_answer> {
      if (!it->slow)
        return it->commit(x);
      auto promise = self->make_response_promise<protocol::append_answer>();
      it->waiting.push_back({x, promise});
      return promise;
    },
    [it](const tick&) {
      auto first = std::move(it->waiting.front());
      it->waiting.pop_front();
      first.promise.deliver(it->commit(first.what));
    },
    [it](const protocol::read_bout& x) {
      auto rows = it->store->read_bout(x.bout, x.from_bseq, x.limit);
      return protocol::entries_answer{
        std::make_shared<const std::vector<persistence::journal_entry>>(
          std::move(rows.value()))};
    },
    [it](const protocol::bout_news& x) { it->news.push_back(x); },
    [it](const protocol::bout_changed& x) { it->changes.push_back(x); },
  };
}

protocol::answer_sink::behavior_type collect(protocol::answer_sink::pointer,
                                             node_ptr it) {
  return {[it](const protocol::command_answer& x) { it->answers[x.tag] = x; }};
}

class bout_fixture : public test::actor_fixture {
protected:
  void SetUp() override {
    it->store = std::move(persistence::memory_journal_store::open(
                            std::make_shared<persistence::memory_disk>())
                            .value());
    it->writer.emplace(
      std::move(persistence::journal_writer::open(*it->store, origin, [](auto) {
                }).value()));
    rest = track(sys->spawn(play, it));
    for (const auto* name :
         {"node/journal", "node/reader", "node/hub", "bouts"})
      services->names.bind(name, rest);
    sink = track(sys->spawn(collect, it));
    start();
  }

  void start() {
    bout_deps deps;
    deps.services = services;
    deps.id = bout_id{"b1"};
    deps.rulesets = std::make_shared<const bout::ruleset_lookup>(
      [set = test::plain_mma()](std::string_view, int) { return set; });
    actor = track(sys->spawn(bout_behavior, std::move(deps)));
    run();
  }

  void kill() {
    caf::anon_send_exit(actor, caf::exit_reason::kill);
    run();
  }

  std::uint64_t send(bout::command_body body) {
    bout::command c;
    c.id.bytes[0] = static_cast<std::uint8_t>(++last_tag);
    c.by = {role::supervisor, "s1"};
    c.body = std::move(body);
    return send_again(c);
  }

  std::uint64_t send_again(const bout::command& c) {
    last_command = c;
    caf::anon_send(caf::actor_cast<caf::actor>(actor),
                   protocol::submit{sink, last_tag, bout_id{"b1"},
                                    std::make_shared<const bout::command>(c)});
    run();
    return last_tag;
  }

  std::uint64_t create() {
    bout::create_bout c;
    c.ruleset = "mma_test";
    c.fighters.red.name = "Ada";
    c.fighters.blue.name = "Bea";
    c.judges = {{"One", "j1"}, {"Two", "j2"}, {"Three", "j3"}};
    return send(c);
  }

  const protocol::accepted* accepted(std::uint64_t tag) {
    auto found = it->answers.find(tag);
    return found == it->answers.end()
             ? nullptr
             : std::get_if<protocol::accepted>(&found->second.outcome);
  }

  ec refused(std::uint64_t tag) {
    auto found = it->answers.find(tag);
    if (found == it->answers.end())
      return ec::internal;
    const auto* reason = std::get_if<error>(&found->second.outcome);
    return reason != nullptr ? reason->code : ec::internal;
  }

  void let_go() {
    caf::anon_send(rest, tick{});
    run();
  }

  template <class T>
  std::string text(const pending<T>& reply) {
    if (!*reply || !**reply)
      return "none";
    const auto* found = std::get_if<std::string>(&(**reply)->outcome);
    return found != nullptr ? *found : "refused";
  }

  auto view() {
    return send_request<protocol::text_answer>(
      actor, protocol::get_bout{control, protocol::bout_part::all});
  }

  const wire::audience control{wire::audience::kind::control, 0};
  node_ptr it = std::make_shared<node>();
  caf::actor rest;
  protocol::answer_sink sink;
  bout_impl actor;
  bout::command last_command;
  std::uint64_t last_tag = 0;
};

TEST_F(bout_fixture, case_24_nothing_leaves_before_the_commit) {
  create();
  it->news.clear();
  it->changes.clear();
  it->slow = true;
  auto open = send(bout::open_round{1});
  auto refused_by_it = send(bout::open_round{1});
  auto seen = view();
  auto events = send_request<protocol::text_answer>(
    actor, protocol::get_bout_events{control, 0, 10});
  run();
  EXPECT_FALSE(it->answers.contains(open));
  EXPECT_FALSE(it->answers.contains(refused_by_it));
  EXPECT_EQ(text(seen), "none");
  EXPECT_EQ(text(events), "none");
  EXPECT_TRUE(it->news.empty());
  EXPECT_TRUE(it->changes.empty());
  let_go();
  EXPECT_TRUE(accepted(open));
  EXPECT_EQ(refused(refused_by_it), ec::wrong_state);
  EXPECT_NE(text(seen).find("\"in_round\""), std::string::npos);
  EXPECT_NE(text(events), "none");
  EXPECT_EQ(it->news.size(), 1u);
  EXPECT_EQ(it->changes.size(), 1u);
}

TEST_F(bout_fixture, commits_in_groups_while_one_append_is_under_way) {
  create();
  it->slow = true;
  std::vector<std::uint64_t> tags;
  for (auto n = 0; n < 10; ++n)
    tags.push_back(send(bout::add_note{"n", 0}));
  EXPECT_EQ(it->waiting.size(), 1u);
  let_go();
  EXPECT_EQ(it->waiting.front().what.batch.drafts.size(), 9u);
  let_go();
  for (auto n = 0U; n < tags.size(); ++n) {
    ASSERT_TRUE(accepted(tags[n]));
    EXPECT_EQ(accepted(tags[n])->position, n + 1);
  }
}

TEST_F(bout_fixture, an_append_of_a_killed_one_comes_true_in_the_next) {
  create();
  it->slow = true;
  send(bout::open_round{1});
  kill();
  start();
  // It read the journal before the append of the dead one was written.
  it->news.clear();
  it->slow = false;
  let_go();
  let_go();
  auto seen = view();
  run();
  EXPECT_NE(text(seen).find("\"in_round\""), std::string::npos);
  ASSERT_FALSE(it->news.empty());
  EXPECT_EQ(it->news.back().version, 2u);
}

TEST_F(bout_fixture, decides_nothing_before_it_knows_its_place) {
  create();
  it->slow = true;
  send(bout::open_round{1});
  kill();
  start();
  // What was read says that no round is open. That is the past.
  auto clock = send(bout::start_clock{});
  EXPECT_FALSE(it->answers.contains(clock));
  it->slow = false;
  while (!it->waiting.empty())
    let_go();
  EXPECT_TRUE(accepted(clock));
}

TEST_F(bout_fixture, asks_for_its_place_until_it_is_told) {
  create();
  kill();
  it->refusing = refuse(ec::io_error, "no disk");
  start();
  auto open = send(bout::open_round{1});
  advance(seconds{3});
  EXPECT_FALSE(it->answers.contains(open));
  it->refusing.reset();
  advance(seconds{1});
  EXPECT_TRUE(accepted(open));
}

TEST_F(bout_fixture, a_repeat_after_a_restart_gets_the_first_answer) {
  auto tag = create();
  auto first = *accepted(tag);
  auto command = last_command;
  kill();
  start();
  it->answers.clear();
  send_again(command);
  ASSERT_TRUE(accepted(tag));
  EXPECT_TRUE(accepted(tag)->replayed);
  EXPECT_EQ(accepted(tag)->position, first.position);
  command.digest[0] = 1;
  send_again(command);
  EXPECT_EQ(refused(tag), ec::command_id_reused);
}

TEST_F(bout_fixture, a_note_stands_beside_its_entry_until_it_is_erased) {
  create();
  auto tag = send(bout::add_note{"hush", 0});
  auto command = last_command;
  auto seq = accepted(tag)->position;
  auto row = it->store->read(seq, 1)->front();
  EXPECT_EQ(row.bytes.find("hush"), std::string::npos);
  ASSERT_TRUE(row.personal);
  auto seen_after_a_restart = [&] {
    kill();
    start();
    auto seen = view();
    auto events = send_request<protocol::text_answer>(
      actor, protocol::get_bout_events{control, 0, 10});
    run();
    return text(seen) + text(events);
  };
  auto whole = seen_after_a_restart();
  EXPECT_NE(whole.find("hush"), whole.rfind("hush")) << "in view and events";
  EXPECT_TRUE(*it->store->erase_personal(seq));
  auto rest_of_it = seen_after_a_restart();
  EXPECT_EQ(rest_of_it.find("hush"), std::string::npos);
  EXPECT_NE(rest_of_it.find("[erased]"), rest_of_it.rfind("[erased]"));
  auto version = *it->store->head();
  send_again(command);
  ASSERT_TRUE(accepted(tag));
  EXPECT_TRUE(accepted(tag)->replayed);
  EXPECT_EQ(accepted(tag)->position, seq);
  EXPECT_EQ(*it->store->head(), version) << "no second effect";
}

TEST_F(bout_fixture, case_24_a_failed_append_takes_back_what_rested_on_it) {
  create();
  it->refusing = refuse(ec::io_error, "no disk");
  it->slow = true;
  auto open = send(bout::open_round{1});
  auto after = send(bout::start_clock{});
  let_go();
  EXPECT_EQ(refused(open), ec::timeout);
  EXPECT_EQ(refused(after), ec::timeout);
  it->refusing.reset();
  it->slow = false;
  while (!it->waiting.empty())
    let_go();
  auto clock = send(bout::start_clock{});
  EXPECT_EQ(refused(clock), ec::round_not_open);
}

TEST_F(bout_fixture, whose_creation_failed_gives_up_when_that_is_certain) {
  it->refusing = refuse(ec::read_only, "the disk is full");
  EXPECT_EQ(refused(create()), ec::read_only);
  auto lost = last_command;
  advance(seconds{10});
  EXPECT_TRUE(it->changes.empty()) << "a commit in doubt may come true yet";
  it->refusing.reset();
  advance(seconds{3});
  ASSERT_EQ(it->changes.size(), 1u);
  EXPECT_EQ(it->changes[0].phase, "none");
  EXPECT_EQ(refused(send_again(lost)), ec::unavailable)
    << "nothing more is written, it is about to end";
  EXPECT_EQ(it->changes.size(), 2u) << "in case nobody heard the first time";
}

TEST_F(bout_fixture, whose_creation_came_true_after_all_lives_on) {
  it->refusing = refuse(ec::read_only, "the disk does not answer");
  EXPECT_EQ(refused(create()), ec::read_only);
  auto lost = last_command;
  it->refusing.reset();
  advance(seconds{1});
  EXPECT_TRUE(accepted(send_again(lost)));
  advance(seconds{10});
  ASSERT_EQ(it->changes.size(), 1u);
  EXPECT_EQ(it->changes[0].phase, "created");
}

TEST_F(bout_fixture, believes_in_read_only_for_a_second) {
  create();
  it->refusing = refuse(ec::read_only, "the disk is full");
  EXPECT_EQ(refused(send(bout::open_round{1})), ec::read_only);
  it->refusing.reset();
  EXPECT_EQ(refused(send(bout::open_round{1})), ec::read_only);
  advance(seconds{1});
  EXPECT_TRUE(accepted(send(bout::open_round{1})));
}

} // namespace
} // namespace ringside
