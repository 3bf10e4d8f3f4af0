#include "actors/protocol/journal_messages.hpp"
#include "actors/protocol/vision_actors.hpp"
#include "domain/audit/entry.hpp"
#include "domain/vision/desk/fused_entry.hpp"
#include "tests/support/node_fixture.hpp"
#include "tests/support/vision_world.hpp"

#include <set>

/// What is fused is kept: reports go into SOURCEs, events come out of the
/// journal, whatever dies in between.
namespace ringside {
namespace {

using fusion::event_state;
using persistence::fault;
using persistence::store_op;
using protocol::text_answer;
using std::chrono::milliseconds;
using std::chrono::seconds;

class fused_fixture : public test::node_tree_fixture {
protected:
  void SetUp() override {
    const std::vector<std::string> kinds{"jab", "hook"};
    world.mappers = test::plain_mappers(kinds);
    world.fusion = plan(kinds);
    node_tree_fixture::SetUp();
    create();
    for (const auto* source : {"s1", "s2"}) {
      add_camera();
      watch(source);
    }
    desk("timekeeper", timekeeper, bout::open_round{1});
    desk("timekeeper", timekeeper, bout::start_clock{});
  }

  static std::shared_ptr<const fusion::fusion_plan>
  plan(const std::vector<std::string>& kinds) {
    auto p = test::plain_plan(kinds);
    p.version = 3;
    return std::make_shared<const fusion::fusion_plan>(std::move(p));
  }

  template <class Handle, class T>
  std::string tell(const std::string& name, T what) {
    auto slot = send_request<text_answer>(services->names.open<Handle>(name),
                                          std::move(what));
    settle();
    if (!*slot || !**slot)
      return "no answer";
    const auto* good = std::get_if<std::string>(&(***slot).outcome);
    return good != nullptr
             ? *good
             : std::string{to_string(std::get<error>((***slot).outcome).code)};
  }

  void add_camera() {
    intake::source_fact f;
    f.name = "camera";
    f.mapping = "ringside";
    tell<protocol::sources_actor>("vision/sources",
                                  protocol::create_source{admin, f});
  }

  void watch(const std::string& source) {
    tell<protocol::sources_actor>("vision/sources",
                                  protocol::assign_source{admin, source, id});
  }

  mono_us now() {
    return test_time.at(sched->clock().now());
  }

  intake::batch batch_of(std::uint64_t seq, mono_us at) {
    json::array items;
    items.emplace_back(
      json::object{{"kind", "jab"}, {"corner", "red"}, {"at_us", at.count}});
    return {
      seq, std::make_shared<const json::array>(std::move(items)), now(), {}};
  }

  std::string send_batch(const std::string& source, const intake::batch& b) {
    return tell<protocol::source_actor>("source/" + source,
                                        protocol::send_detections{"a9", b});
  }

  /// Both cameras see a strike now; returns what they sent.
  std::vector<intake::batch> strike() {
    std::vector<intake::batch> sent;
    auto at = now();
    for (const auto* source : {"s1", "s2"}) {
      sent.push_back(batch_of(++seqs[source], at));
      send_batch(source, sent.back());
    }
    return sent;
  }

  void kill(const std::string& name) {
    caf::anon_send_exit(services->names.open(name), caf::exit_reason::kill);
    advance(seconds{3});
  }

  std::string harmonizer() const {
    return "bout/" + id.str() + "/harmonizer";
  }

  std::string stats() {
    return tell<protocol::harmonizer_actor>(harmonizer(),
                                            protocol::get_fusion{});
  }

  std::string listed(std::uint32_t after = 0, std::size_t limit = 100) {
    return tell<protocol::harmonizer_actor>(harmonizer(),
                                            protocol::get_fused{after, limit});
  }

  /// The chain as the disk has it.
  std::vector<desk::fused_fact> kept() {
    auto store = test::memory_world::open(world.disk, true);
    auto rows = (*store)->read_bout(desk::fused_chain(id), 0, 10'000);
    std::vector<desk::fused_fact> out;
    for (const auto& row : *rows) {
      auto fact = desk::read_fused(*audit::parse_entry(row.bytes));
      EXPECT_TRUE(fact) << fact.reason().detail;
      if (fact)
        out.push_back(std::move(*fact));
    }
    return out;
  }

  std::size_t events_kept() {
    std::set<std::string> ids;
    for (const auto& x : kept())
      ids.insert(x.id);
    return ids.size();
  }

  static bool has(const std::string& where, const std::string& what) {
    return where.find(what) != std::string::npos;
  }

  const issuer admin{role::admin, "a1"};
  timeline test_time = world.make(sched->clock().now())->time;
  std::map<std::string, std::uint64_t> seqs;
};

TEST_F(fused_fixture, a_strike_is_kept_once_with_round_and_sources) {
  advance(seconds{5});
  strike();
  advance(seconds{3});
  auto facts = kept();
  ASSERT_EQ(facts.size(), 1u) << stats();
  const auto& x = facts[0];
  EXPECT_EQ(x.state, event_state::final);
  EXPECT_EQ(x.round, 1);
  ASSERT_TRUE(x.at);
  EXPECT_NEAR(static_cast<double>(x.at->count), 5'200, 300);
  EXPECT_EQ(x.corner, corner::red);
  EXPECT_EQ(x.kind, "jab");
  EXPECT_EQ(x.plan, "test");
  EXPECT_EQ(x.plan_version, 3);
  ASSERT_EQ(x.sources.size(), 2u);
  EXPECT_TRUE(has(stats(), R"("kept":"written")")) << stats();
}

TEST_F(fused_fixture, what_is_kept_is_listed_page_by_page) {
  for (int i = 0; i < 3; ++i) {
    strike();
    advance(seconds{2});
  }
  advance(seconds{2});
  ASSERT_EQ(kept().size(), 3u);
  auto first = listed(0, 2);
  EXPECT_TRUE(has(first, R"("more":true)")) << first;
  EXPECT_TRUE(has(first, R"("next_after":2)")) << first;
  auto second = listed(2, 2);
  EXPECT_TRUE(has(second, R"("more":false)")) << second;
  EXPECT_TRUE(has(second, kept()[2].id)) << second;
  EXPECT_FALSE(has(second, kept()[1].id)) << second;
}

TEST_F(fused_fixture, a_killed_harmonizer_makes_no_event_again) {
  auto sent = strike();
  advance(seconds{3});
  auto before = kept();
  ASSERT_EQ(before.size(), 1u);
  kill(harmonizer());
  // The same batches, told to the new one by hand: SOURCE would not.
  for (const auto& b : sent) {
    fusion::report r;
    r.seq = b.seq * intake::items_max;
    r.t_est = before[0].t;
    r.corner = corner::red;
    r.kind = fusion::kind_index{0};
    intake::source_fact from;
    from.id = &b == &sent[0] ? "s1" : "s2";
    caf::anon_send(
      caf::actor_cast<caf::actor>(services->names.open(harmonizer())),
      protocol::source_reports{
        from,
        std::make_shared<const std::vector<fusion::report>>(std::vector{r})});
  }
  advance(seconds{3});
  EXPECT_EQ(kept(), before);
  strike();
  advance(seconds{3});
  EXPECT_EQ(kept().size(), 2u) << "and goes on";
}

TEST_F(fused_fixture, a_node_that_starts_again_goes_on_with_other_numbers) {
  strike();
  advance(seconds{3});
  ASSERT_EQ(events_kept(), 1u);
  caf::anon_send_exit(root, caf::exit_reason::user_shutdown);
  advance(seconds{5});
  // The node's timeline begins with the wall clock, which went on.
  world.wall_start_ns = now().count * 1'000;
  start();
  test_time = {mono_us{world.wall_start_ns / 1'000},
               sched->clock().now() - milliseconds{100}};
  advance(seconds{2});
  // The books of the SOURCEs are empty now; cameras count from 1 again.
  seqs.clear();
  static_cast<void>(view_of_bout());
  desk("timekeeper", timekeeper, bout::stop_clock{});
  desk("timekeeper", timekeeper, bout::start_clock{});
  strike();
  advance(seconds{3});
  EXPECT_EQ(events_kept(), 2u) << stats();
  EXPECT_TRUE(has(stats(), R"("started_over":2)")) << stats();
}

TEST_F(fused_fixture, killed_at_any_moment_every_strike_is_kept_once) {
  // No operator watches, and the cameras give no life signs between strikes: a
  // strike is decided when they count as gone.
  for (int pause = 0; pause < 2'200; pause += 70) {
    auto before = events_kept();
    strike();
    advance(milliseconds{pause});
    caf::anon_send_exit(services->names.open(harmonizer()),
                        caf::exit_reason::kill);
    advance(seconds{4});
    auto after = events_kept();
    // Undecided reports go with it: that is the price, and it is one strike.
    EXPECT_LE(after, before + 1) << pause;
    if (pause > 1'900) {
      EXPECT_EQ(after, before + 1) << pause << ' ' << stats();
    }
  }
  std::set<std::pair<std::string, std::uint32_t>> seen;
  for (const auto& x : kept())
    EXPECT_TRUE(seen.emplace(x.id, x.rev).second) << x.id << " twice";
}

TEST_F(fused_fixture, a_journal_that_refuses_is_caught_up_with) {
  for (auto how : {fault::kind::fail, fault::kind::fail_after}) {
    world.disk->plan([how, left = 3](store_op op, auto) mutable {
      if (op != store_op::append || left == 0)
        return fault{};
      --left;
      return fault{how};
    });
    auto before = events_kept();
    strike();
    advance(seconds{2});
    world.disk->plan({});
    advance(seconds{12});
    EXPECT_EQ(events_kept(), before + 1) << stats();
    EXPECT_TRUE(has(stats(), R"("waiting":0)")) << stats();
    EXPECT_TRUE(has(stats(), R"("lost":0)")) << stats();
  }
}

TEST_F(fused_fixture, no_camera_moves_the_bout) {
  auto before = view_of_bout();
  for (int i = 0; i < 5; ++i) {
    strike();
    advance(seconds{1});
  }
  advance(seconds{3});
  EXPECT_EQ(events_kept(), 5u);
  auto store = test::memory_world::open(world.disk, true);
  auto rows = (*store)->read_bout(id, 0, 10'000);
  for (const auto& row : *rows)
    EXPECT_NE(audit::parse_entry(row.bytes)->kind, "fact_logged");
}

} // namespace
} // namespace ringside
