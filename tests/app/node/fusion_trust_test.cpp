#include "actors/protocol/records_actors.hpp"
#include "domain/vision/trust/trust_entry.hpp"
#include "tests/app/node/fusion_fixture.hpp"

/// What is learned of a source from one bout to the next.
namespace ringside {
namespace {

using persistence::fault;
using persistence::store_op;
using std::chrono::seconds;

class fusion_trust : public test::fusion_fixture {
protected:
  void SetUp() override {
    fusion_fixture::SetUp();
    intake::source_fact f;
    f.name = "third";
    f.mapping = "ringside";
    f.bout = id;
    f.rate_hz = 100;
    tell<protocol::sources_actor>("vision/sources",
                                  protocol::create_source{admin, f});
    alive.push_back("s3");
  }

  void report(const std::string& from, corner who) {
    json::array items;
    items.emplace_back(json::object{{"kind", "jab"},
                                    {"corner", to_string(who)},
                                    {"at_us", now().count - 20'000}});
    send_to(from, protocol::send_detections{
                    "a9",
                    {++seqs[from],
                     std::make_shared<const json::array>(std::move(items)),
                     now(),
                     {}}});
  }

  /// One strike of red that everybody alive sees; s3 says whatever it says.
  void strike_and_claim(corner third) {
    for (const auto& s : alive)
      report(s, s == "s3" ? third : corner::red);
    run(1'500);
  }

  void bout_of_lies() {
    for (int i = 0; i < 25; ++i)
      strike_and_claim(corner::blue);
  }

  /// It sees nothing of what happens, and much that does not.
  void bout_of_inventions() {
    for (int i = 0; i < 25; ++i) {
      report("s1", corner::red);
      report("s2", corner::red);
      run(1'500);
      report("s3", corner::blue);
      run(1'500);
    }
  }

  void end() {
    desk("supervisor", supervisor, bout::cancel_bout{"the lights went out"});
    run(1'000);
  }

  /// The next bout of the evening, watched by the same cameras.
  void next_bout() {
    create();
    for (const auto& s : alive)
      tell<protocol::sources_actor>("vision/sources",
                                    protocol::assign_source{admin, s, id});
    desk("timekeeper", timekeeper, bout::open_round{1});
    desk("timekeeper", timekeeper, bout::start_clock{});
    run(1'000);
  }

  /// A number of a source in the stats of the bout, by its path.
  std::int64_t of(const std::string& source, const char* part,
                  const char* key) {
    auto v = json::parse(stats(), {1'024 * 1'024, 16});
    const auto* all = v ? v->find("sources") : nullptr;
    if (all != nullptr)
      for (const auto& s : *all->as_array())
        if (*s.find("source")->as_string() == "source/" + source)
          return *s.find(part)->find(key)->as_int();
    ADD_FAILURE() << source << " is not in " << stats();
    return 0;
  }

  desk::fused_fact newest() {
    auto all = chain();
    EXPECT_FALSE(all.empty()) << stats();
    return all.empty() ? desk::fused_fact{} : all.back();
  }

  /// s2 and s3 alone contradict each other.
  desk::fused_fact contradiction() {
    alive = {"s2", "s3"};
    run(2'000);
    strike_and_claim(corner::blue);
    alive = {"s1", "s2", "s3"};
    return newest();
  }

  /// What s3 adds to a strike that all three report.
  std::int32_t weight_of_third() {
    strike_and_claim(corner::red);
    auto last = newest();
    for (const auto& s : last.sources)
      if (s.source == "source/s3")
        return s.llr_milli;
    ADD_FAILURE() << stats();
    return 0;
  }

  std::map<std::string, std::uint64_t> seqs;

  trust::trust_book written() {
    trust::trust_book all;
    auto store = test::memory_world::open(world.disk, true);
    auto rows = (*store)->read_bout(bout_id{std::string{trust::trust_chain}}, 0,
                                    100'000);
    for (const auto& row : *rows)
      EXPECT_TRUE(
        trust::apply_trust_entry(all, *audit::parse_entry(row.bytes)));
    return all;
  }
};

TEST_F(fusion_trust, a_source_that_lied_is_trusted_less_in_the_next_bout) {
  EXPECT_LT(contradiction().corner_p.count, 700'000) << "who knows";
  bout_of_lies();
  EXPECT_EQ(of("s3", "trusted", "corner_ppm"), 980'000) << "not within a bout";
  EXPECT_EQ(written().entries, 0u);
  end();
  ASSERT_EQ(written().entries, 1u) << stats();
  next_bout();
  EXPECT_LT(of("s3", "trusted", "corner_ppm"), 700'000) << stats();
  EXPECT_GE(of("s1", "trusted", "corner_ppm"), 980'000) << stats();
  EXPECT_GT(of("s1", "trusted", "p_d_ppm"), 750'000);
  auto believed = contradiction();
  EXPECT_EQ(believed.corner, corner::red);
  EXPECT_GT(believed.corner_p.count, 900'000) << stats();
  EXPECT_EQ(believed.parameters, 1);
}

TEST_F(fusion_trust, a_source_that_invents_strikes_adds_less_to_the_next) {
  auto before = weight_of_third();
  bout_of_inventions();
  end();
  next_bout();
  EXPECT_LT(of("s3", "trusted", "p_d_ppm"), 500'000) << stats();
  EXPECT_GT(of("s3", "trusted", "false_rate_uhz"), 100'000) << stats();
  EXPECT_LT(of("s1", "trusted", "false_rate_uhz"), 80'000) << stats();
  EXPECT_LT(weight_of_third(), before) << stats();
}

TEST_F(fusion_trust, what_a_bout_began_with_holds_to_its_end) {
  bout_of_lies();
  end();
  next_bout();
  strike_and_claim(corner::red);
  auto began = of("s3", "trusted", "corner_ppm");
  // Another bout ends meanwhile, in which it was right all the time.
  trust::judged_bout other{bout_id{"elsewhere"}, {{"source/s3", {}}}};
  other.sources[0].counts.matched = 1'000;
  other.sources[0].counts.corner_right = 1'000;
  auto journal = services->names.open<protocol::journal_actor>("node/journal");
  static_cast<void>(send_request<protocol::append_answer>(
    journal,
    protocol::append{{bout_id{std::string{trust::trust_chain}},
                      std::nullopt,
                      {{"admin:node", std::string{trust::kind_trust},
                        json::to_text(json::value{trust::judged_data(other)}),
                        std::nullopt}}}}));
  run(1'000);
  ASSERT_EQ(written().entries, 2u);
  kill(harmonizer());
  run(1'000);
  strike_and_claim(corner::red);
  EXPECT_EQ(of("s3", "trusted", "corner_ppm"), began) << stats();
  EXPECT_EQ(newest().parameters, 1);
  end();
  next_bout();
  EXPECT_GT(of("s3", "trusted", "corner_ppm"), began) << stats();
}

TEST_F(fusion_trust, what_cannot_be_written_at_once_is_written_once) {
  bout_of_lies();
  for (auto how : {fault::kind::fail, fault::kind::fail_after}) {
    auto n = written().bouts.size();
    // The append of the end goes well, that of the sources does not.
    world.disk->plan([how, at = 0](store_op op, auto) mutable {
      return op == store_op::append && ++at == 2 ? fault{how} : fault{};
    });
    desk("supervisor", supervisor, bout::cancel_bout{"a test"});
    run(20'000);
    EXPECT_EQ(written().bouts.size(), n + 1) << stats();
    next_bout();
    bout_of_lies();
  }
  EXPECT_EQ(written().of("source/s3").bouts, 2);
}

TEST_F(fusion_trust, a_damaged_chain_leaves_the_plan) {
  end();
  auto journal = services->names.open<protocol::journal_actor>("node/journal");
  static_cast<void>(send_request<protocol::append_answer>(
    journal,
    protocol::append{{bout_id{std::string{trust::trust_chain}},
                      std::nullopt,
                      {{"admin:node", "nonsense", "{}", std::nullopt}}}}));
  run(1'000);
  next_bout();
  strike_and_claim(corner::red);
  EXPECT_EQ(of("s1", "trusted", "p_d_ppm"), 750'000);
  EXPECT_TRUE(has(stats(), R"("trust":{"state":"damaged"})")) << stats();
  EXPECT_EQ(chain().size(), 1u) << "it is fused all the same";
}

} // namespace
} // namespace ringside
