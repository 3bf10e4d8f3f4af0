#include "domain/advice/hybrid_round.hpp"
#include "tests/app/node/fusion_fixture.hpp"

/// What cameras saw in the hybrid result, from report to assessment.
namespace ringside {
namespace {

using persistence::fault;
using persistence::store_op;
using std::chrono::seconds;

class fusion_evidence : public test::fusion_fixture {
protected:
  void SetUp() override {
    world.profiles.push_back(test::loaded(test::plain_hybrid(), 21));
    world.profiles.push_back(test::loaded(test::plain_weights(), 31));
    counting = counts();
    fusion_fixture::SetUp();
  }

  virtual rules::camera_counting counts() const {
    return rules::camera_counting::strikes;
  }

  advice::hybrid_book evidence() {
    advice::hybrid_book all;
    auto store = test::memory_world::open(world.disk, true);
    auto rows = (*store)->read_bout(advice::hybrid_chain(id), 0, 100'000);
    for (const auto& row : *rows)
      EXPECT_TRUE(advice::apply_hybrid_entry(
        all, *audit::parse_entry(row.bytes), row.seq));
    return all;
  }

  /// A member of the hybrid result of round 1, by its path.
  std::string at(std::string_view path) {
    auto to = services->names.open<protocol::scorer_actor>("bout/" + id.str()
                                                           + "/scorer");
    auto reply = ask<text_answer>(
      to, protocol::get_assessment{{wire::audience::kind::control, 0}, 1});
    if (!reply)
      return "none";
    auto v = json::parse(text(*reply), {1'024 * 1'024, 16});
    const auto* here = v ? v->find("hybrid") : nullptr;
    while (!path.empty() && here != nullptr) {
      auto dot = path.find('.');
      here = here->find(path.substr(0, dot));
      path = dot == path.npos ? "" : path.substr(dot + 1);
    }
    if (here == nullptr)
      return "";
    return here->as_string() != nullptr ? *here->as_string()
                                        : json::to_text(*here);
  }

  using text_answer = protocol::text_answer;

  void tap(corner by = corner::red) {
    auto s = jab();
    s.corner = by;
    desk("operator", operator_, bout::log_fact{s, {}});
  }
};

TEST_F(fusion_evidence, what_cameras_report_counts_in_the_hybrid_result) {
  EXPECT_EQ(at("coverage"), "both");
  auto before = at("red.total_ppm");
  strike_and_wait();
  ASSERT_EQ(chain().size(), 1u);
  ASSERT_EQ(evidence().of(1).reports.size(), 1u) << stats();
  auto e = evidence().of(1).reports.begin()->second;
  EXPECT_EQ(e.id, "fused.s1.64.r" + std::to_string(chain()[0].rev));
  EXPECT_EQ(e.at, *chain()[0].at);
  EXPECT_EQ(e.confidence, chain()[0].p);
  EXPECT_NE(at("red.total_ppm"), before);
  EXPECT_EQ(at("acts.camera_alone"), "1");
  EXPECT_EQ(at("blue.total_ppm"), "0");
}

TEST_F(fusion_evidence, an_operators_tap_of_the_same_strike_is_the_same_act) {
  strike();
  advance(std::chrono::milliseconds{280});
  tap();
  run(3'000);
  ASSERT_EQ(chain().back().sources.size(), 3u) << stats();
  EXPECT_EQ(at("acts.both"), "1") << stats();
  EXPECT_EQ(at("acts.camera_alone"), "0");
  EXPECT_EQ(at("acts.human_alone"), "0");
  auto e = evidence().of(1).reports.begin()->second;
  EXPECT_FALSE(e.act_id.empty()) << "by its name, not by its time";
}

TEST_F(fusion_evidence, what_only_an_operator_saw_is_no_evidence) {
  tap();
  tap();
  run(4'000);
  EXPECT_TRUE(evidence().of(1).reports.empty()) << stats();
  EXPECT_EQ(at("acts.human_alone"), "2");
}

TEST_F(fusion_evidence, dead_cameras_do_not_speak_against_operators) {
  tap();
  run(3'000);
  auto watched = at("red.total_ppm");
  alive.clear();
  advance(seconds{5});
  EXPECT_EQ(at("coverage"), "human_only") << stats();
  auto alone = at("red.total_ppm");
  EXPECT_GT(std::stoll(alone), std::stoll(watched));
  alive = {"s2"};
  // With no camera left the arena listened to people alone; it goes back to one
  // that is there for two seconds.
  run(4'000);
  EXPECT_EQ(at("coverage"), "both") << "one is enough";
  EXPECT_EQ(at("red.total_ppm"), watched);
}

TEST_F(fusion_evidence, after_a_kill_what_was_not_taken_is_sent_once) {
  strike_and_wait();
  auto before = evidence();
  kill(harmonizer());
  run(3'000);
  EXPECT_EQ(evidence(), before) << "nothing twice";
  // The SCORER is away while the next one is decided.
  strike();
  run(500);
  kill("bout/" + id.str() + "/scorer");
  kill(harmonizer());
  run(20'000);
  auto sent = evidence();
  EXPECT_EQ(sent.of(1).reports.size(), chain().size()) << stats();
  restart_node();
  run(3'000);
  EXPECT_EQ(evidence().of(1).reports, sent.of(1).reports);
}

TEST_F(fusion_evidence, evidence_in_doubt_is_looked_up) {
  strike();
  run(250);
  // The append of the event goes well, that of the evidence is in doubt.
  world.disk->plan([n = 0](store_op op, auto) mutable {
    return op == store_op::append && ++n == 2 ? fault{fault::kind::fail_after}
                                              : fault{};
  });
  run(10'000);
  EXPECT_EQ(evidence().of(1).reports.size(), 1u) << stats();
  EXPECT_EQ(at("acts.camera_alone"), "1");
}

TEST_F(fusion_evidence, a_revision_that_counts_the_same_is_not_sent_again) {
  strike_and_wait();
  auto before = evidence();
  intake::source_fact from;
  from.id = "s3";
  fusion::report r;
  r.seq = 64;
  r.t_est = chain()[0].t;
  r.corner = corner::red;
  r.kind = 0;
  auto to = services->names.open<protocol::harmonizer_actor>(harmonizer());
  caf::anon_send(caf::actor_cast<caf::actor>(to),
                 protocol::source_reports{
                   from, std::make_shared<const std::vector<fusion::report>>(
                           std::vector{r})});
  run(2'000);
  EXPECT_EQ(chain().size(), 2u) << "a camera that was late";
  EXPECT_EQ(evidence(), before);
}

TEST_F(fusion_evidence, between_rounds_nothing_counts) {
  desk("timekeeper", timekeeper, bout::close_round{1});
  run(1'000);
  strike_and_wait();
  EXPECT_EQ(chain().size(), 1u);
  EXPECT_TRUE(evidence().of(1).reports.empty());
}

// -- the switch of the rule set -----------------------------------------------

class cameras_count_nothing : public fusion_evidence {
protected:
  rules::camera_counting counts() const override {
    return rules::camera_counting::none;
  }
};

TEST_F(cameras_count_nothing, unless_the_rule_set_says_so) {
  strike_and_wait();
  EXPECT_EQ(chain().size(), 1u) << "kept and shown all the same";
  EXPECT_EQ(evidence().entries, 0u);
  EXPECT_EQ(at("coverage"), "human_only");
}

class cameras_need_people : public fusion_evidence {
protected:
  rules::camera_counting counts() const override {
    return rules::camera_counting::strikes_with_human;
  }
};

TEST_F(cameras_need_people, where_the_rule_set_wants_one) {
  strike_and_wait();
  EXPECT_TRUE(evidence().of(1).reports.empty());
  strike();
  advance(std::chrono::milliseconds{280});
  tap();
  run(3'000);
  EXPECT_EQ(evidence().of(1).reports.size(), 1u) << stats();
}

TEST_F(fusion_evidence, no_fused_event_is_an_officials_score_or_card) {
  auto journal_of_bout = [this] {
    auto store = test::memory_world::open(world.disk, true);
    std::string all;
    auto rows = (*store)->read_bout(id, 0, 100'000);
    for (const auto& row : *rows)
      all += row.bytes;
    return all;
  };
  auto before = journal_of_bout();
  auto view = view_of_bout();
  for (int i = 0; i < 5; ++i)
    strike_and_wait(i % 2 == 0 ? corner::red : corner::blue);
  ASSERT_EQ(evidence().of(1).reports.size(), 5u) << stats();
  EXPECT_EQ(journal_of_bout(), before) << "no entry of the bout";
  EXPECT_EQ(view_of_bout(), view);
}

} // namespace
} // namespace ringside
