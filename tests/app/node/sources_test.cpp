#include "actors/protocol/feed_actors.hpp"
#include "actors/protocol/vision_actors.hpp"
#include "domain/audit/json.hpp"
#include "tests/support/node_fixture.hpp"
#include "tests/support/vision_world.hpp"

/// Cameras in a whole node under virtual time.
namespace ringside {
namespace {

using persistence::fault;
using persistence::store_op;
using protocol::text_answer;
using std::chrono::milliseconds;
using std::chrono::seconds;

struct heard_reports {
  std::vector<fusion::report> reports;
  int beats = 0;
};

protocol::harmonizer_actor::behavior_type
listen(protocol::harmonizer_actor::pointer,
       std::shared_ptr<heard_reports> into) {
  return {
    [into](const protocol::source_reports& x) {
      into->reports.insert(into->reports.end(), x.reports->begin(),
                           x.reports->end());
    },
    [into](const protocol::source_beat&) { ++into->beats; },
    [](const protocol::source_acts&) {
      // nop
    },
    [](const protocol::bout_news&) {
      // nop
    },
    [](const protocol::get_fusion&) { return text_answer{"{}"}; },
    [](const protocol::get_fused&) { return text_answer{"{}"}; },
  };
}

class sources_fixture : public test::node_tree_fixture {
protected:
  void SetUp() override {
    world.mappers = test::plain_mappers({"jab", "hook"});
    node_tree_fixture::SetUp();
  }

  template <class Handle, class T>
  text_answer tell(const std::string& name, T what) {
    auto slot = send_request<text_answer>(services->names.open<Handle>(name),
                                          std::move(what));
    settle();
    if (!*slot || !**slot)
      return {refuse(ec::timeout, "none")};
    return ***slot;
  }

  template <class T>
  text_answer tell_all(T what) {
    return tell<protocol::sources_actor>("vision/sources", std::move(what));
  }

  static std::string text(const text_answer& x) {
    const auto* good = std::get_if<std::string>(&x.outcome);
    return good != nullptr
             ? *good
             : std::string{to_string(std::get<error>(x.outcome).code)};
  }

  std::string create(const std::string& account = {}) {
    intake::source_fact f;
    f.name = "left";
    f.mapping = "ringside";
    f.account = account;
    return text(tell_all(protocol::create_source{admin, f}));
  }

  mono_us now() {
    return test_time.at(sched->clock().now());
  }

  intake::batch batch(std::uint64_t seq, int n = 1) {
    json::array items;
    for (int i = 0; i < n; ++i)
      items.emplace_back(json::object{{"kind", i % 2 == 0 ? "jab" : "hook"},
                                      {"at_us", now().count - 20'000}});
    return {
      seq, std::make_shared<const json::array>(std::move(items)), now(), {}};
  }

  std::string send(const intake::batch& b, const std::string& account = "a9",
                   const std::string& source = "s1") {
    return text(tell<protocol::source_actor>(
      "source/" + source, protocol::send_detections{account, b}));
  }

  std::string status(const std::string& source = "s1") {
    return text(tell_all(protocol::get_source{source}));
  }

  static bool has(const std::string& where, const std::string& what) {
    return where.find(what) != std::string::npos;
  }

  void kill(const std::string& name) {
    caf::anon_send_exit(services->names.open(name), caf::exit_reason::kill);
    advance(seconds{3});
  }

  void watch_bout() {
    auto ear = track(sys->spawn(listen, heard));
    services->names.bind("bout/b1/harmonizer",
                         caf::actor_cast<caf::actor>(ear));
    EXPECT_TRUE(
      has(text(tell_all(protocol::assign_source{admin, "s1", bout_id{"b1"}})),
          R"("bout_id":"b1")"));
  }

  void fail_next_append(fault::kind how) {
    world.disk->plan([how, done = false](store_op op, auto) mutable {
      if (op != store_op::append || std::exchange(done, true))
        return fault{};
      return fault{how};
    });
  }

  const issuer admin{role::admin, "a1"};
  timeline test_time = world.make(sched->clock().now())->time;
  std::shared_ptr<heard_reports> heard = std::make_shared<heard_reports>();
};

TEST_F(sources_fixture, a_source_is_made_and_its_detections_are_taken) {
  EXPECT_EQ(create(), R"({"source_id":"s1"})");
  EXPECT_TRUE(has(status(), R"("state":"new")"));
  auto answer = send(batch(1, 3));
  EXPECT_TRUE(has(answer, R"("taken":3)")) << answer;
  EXPECT_TRUE(has(status(), R"("state":"live")")) << status();
  EXPECT_TRUE(has(status(), R"("next_seq":2)"));
  advance(seconds{4});
  EXPECT_TRUE(has(status(), R"("state":"silent")"));
}

TEST_F(sources_fixture, a_killed_source_answers_the_same_batch_the_same) {
  create();
  watch_bout();
  auto b = batch(1, 3);
  auto first = send(b);
  ASSERT_TRUE(has(first, R"("taken":3)")) << first;
  kill("source/s1");
  EXPECT_EQ(send(b), first);
  EXPECT_EQ(heard->reports.size(), 3u) << "told once";
  EXPECT_TRUE(has(status(), R"("repeated":1)")) << status();
  EXPECT_TRUE(has(send(batch(2)), R"("taken":1)"));
}

TEST_F(sources_fixture, what_is_sent_while_it_restarts_waits_for_it) {
  create();
  auto source = services->names.open<protocol::source_actor>("source/s1");
  caf::anon_send_exit(caf::actor_cast<caf::actor>(source),
                      caf::exit_reason::kill);
  auto slot = send_request<text_answer>(
    source, protocol::send_detections{"a9", batch(1)});
  advance(seconds{3});
  ASSERT_TRUE(*slot && **slot);
  EXPECT_TRUE(has(text(***slot), R"("taken":1)")) << text(***slot);
}

TEST_F(sources_fixture, every_killed_actor_comes_back_with_the_sources) {
  create();
  create();
  send(batch(1));
  for (const auto* name : {"vision/sources", "vision/pool", "source/s2",
                           "node/hub", "node/journal", "node/reader"}) {
    kill(name);
    EXPECT_TRUE(has(status("s2"), R"("id":"s2")")) << name;
    auto answer = send(batch(7), "a9", "s2");
    EXPECT_TRUE(has(answer, R"("seq":7)")) << name << ": " << answer;
  }
}

TEST_F(sources_fixture, sources_survive_a_restart_of_the_node) {
  create();
  EXPECT_FALSE(
    text(tell_all(protocol::assign_source{admin, "s1", bout_id{"b7"}}))
      .empty());
  caf::anon_send_exit(root, caf::exit_reason::user_shutdown);
  advance(seconds{5});
  start();
  advance(seconds{2});
  EXPECT_TRUE(has(status(), R"("bout_id":"b7")")) << status();
  EXPECT_EQ(create(), R"({"source_id":"s2"})");
  EXPECT_TRUE(has(send(batch(1)), R"("taken":1)"));
}

TEST_F(sources_fixture, reports_go_to_the_bout_that_is_watched) {
  create();
  EXPECT_TRUE(has(send(batch(1)), R"("taken":1)")) << "nobody listens";
  watch_bout();
  auto b = batch(2, 2);
  send(b);
  ASSERT_EQ(heard->reports.size(), 2u);
  EXPECT_EQ(heard->reports[1].seq, 2 * intake::items_max + 1);
  EXPECT_EQ(heard->reports[1].t_est.count, b.arrived.count - 20'000);
  EXPECT_TRUE(
    has(text(tell<protocol::source_actor>(
          "source/s1", protocol::source_heartbeat{"a9", true, now()})),
        R"("next_seq":3)"));
  EXPECT_EQ(heard->beats, 1);
}

TEST_F(sources_fixture, a_source_of_an_account_takes_nothing_from_others) {
  create("a4");
  EXPECT_EQ(send(batch(1), "a9"), "forbidden");
  EXPECT_TRUE(has(send(batch(1), "a4"), R"("taken":1)"));
}

TEST_F(sources_fixture, what_cannot_be_is_refused) {
  intake::source_fact f;
  f.mapping = "ringside";
  auto code = [&](const intake::source_fact& x) {
    return text(tell_all(protocol::create_source{admin, x}));
  };
  EXPECT_EQ(code(f), "invalid_value") << "no name";
  f.name = "left";
  f.mapping = "nobody";
  EXPECT_EQ(code(f), "invalid_value");
  f.mapping = "ringside";
  f.rate_hz = 2'001;
  EXPECT_EQ(code(f), "invalid_value");
  EXPECT_EQ(status("s1"), "not_found");
  EXPECT_EQ(text(tell_all(protocol::assign_source{admin, "s1", {}})),
            "not_found");
}

TEST_F(sources_fixture, a_creation_in_doubt_is_looked_up) {
  fail_next_append(fault::kind::fail_after);
  create();
  advance(seconds{5});
  EXPECT_TRUE(has(status(), R"("id":"s1")")) << "it was written";
  EXPECT_EQ(create(), R"({"source_id":"s2"})");
  fail_next_append(fault::kind::fail);
  create();
  advance(seconds{5});
  EXPECT_EQ(create(), R"({"source_id":"s3"})") << "it was not";
}

TEST_F(sources_fixture, the_topic_has_every_source_once_a_second) {
  create();
  auto seen = std::make_shared<test::seen_frames>();
  auto tv = track(sys->spawn(test::screen, seen));
  auto hub = services->names.open<protocol::hub_actor>("node/hub");
  protocol::stream_key key{"sources", {wire::audience::kind::control, 0}};
  caf::anon_send(caf::actor_cast<caf::actor>(hub), protocol::follow{key, tv});
  ASSERT_TRUE(ask<protocol::join_answer>(hub, protocol::join{key, {}}));
  advance(seconds{2});
  seen->frames.clear();
  for (std::uint64_t seq = 1; seq <= 10; ++seq)
    send(batch(seq));
  advance(seconds{1});
  ASSERT_FALSE(seen->frames.empty());
  EXPECT_LE(seen->frames.size(), 3u);
  EXPECT_TRUE(has(seen->frames.back(), R"("next_seq":11)"))
    << seen->frames.back();
}

} // namespace
} // namespace ringside
