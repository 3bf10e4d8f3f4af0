#include "domain/audit/hex.hpp"
#include "domain/audit/json.hpp"
#include "domain/base/limits.hpp"
#include "tests/domain/scoring/hybrid/desk.hpp"

namespace ringside::scoring::hybrid::test {

namespace {

class hybrid_round : public testing::Test {
protected:
  void SetUp() override {
    at.must(open_round{});
  }

  /// Two reports, and the fight is over.
  void fight() {
    at.must(report{seen("c1", 10'000)});
    at.must(report{tapped("h1", 10'000)});
    at.must(begin_scoring{});
  }

  desk at;
};

} // namespace

TEST_F(hybrid_round, goes_from_open_to_scoring_to_locked) {
  EXPECT_EQ(at.s.phase, phase::open);
  fight();
  EXPECT_EQ(at.s.phase, phase::scoring);
  at.must(lock_score{at.s.position});
  EXPECT_EQ(at.s.phase, phase::locked);
  ASSERT_EQ(at.s.locks.size(), 1u);
  EXPECT_EQ(at.s.locks[0].by, "supervisor:ann");
  EXPECT_EQ(at.s.with, (settings{"hybrid", 1, "normalise_default", 1}));
}

TEST_F(hybrid_round, nothing_happens_out_of_turn) {
  EXPECT_EQ(at.refusal(open_round{}), ec::wrong_state);
  EXPECT_EQ(at.refusal(lock_score{at.s.position}), ec::wrong_state);
  EXPECT_EQ(at.refusal(unlock_score{"why"}), ec::wrong_state);
  at.must(begin_scoring{});
  EXPECT_EQ(at.refusal(begin_scoring{}), ec::round_not_open);
  desk fresh;
  EXPECT_EQ(fresh.refusal(report{seen("c", 0)}), ec::round_not_open);
}

TEST_F(hybrid_round, case_17_exactly_the_previewed_version_is_approved) {
  fight();
  auto seen_by_ann = at.look();
  at.must(report{tapped("late", 12'000)});
  EXPECT_EQ(at.refusal(lock_score{seen_by_ann.position}), ec::wrong_state);
  auto again = at.look();
  EXPECT_NE(again.seen.score, seen_by_ann.seen.score);
  at.must(lock_score{again.position});
  EXPECT_EQ(at.s.locks[0].score, again.seen.score);
  EXPECT_EQ(at.s.locks[0].position, again.position);
}

TEST_F(hybrid_round, case_17_the_helper_compares_and_says_both_positions) {
  EXPECT_TRUE(approve_exactly(7, 7));
  auto got = approve_exactly(7, 9);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.reason().detail,
            "the preview is of position 7, the log is at 9");
  EXPECT_FALSE(approve_exactly(9, 7));
}

TEST_F(hybrid_round, after_the_lock_nothing_changes) {
  fight();
  at.must(lock_score{at.s.position});
  for (const command_body& body : std::vector<command_body>{
         open_round{}, report{seen("c1", 10'000)}, report{seen("new", 1)},
         withdraw{"c1", "why"}, change_coverage{coverage::human_only, "why"},
         change_settings{"why"}, begin_scoring{}, lock_score{at.s.position}})
    EXPECT_EQ(at.refusal(body), ec::round_locked);
}

TEST_F(hybrid_round, an_unlock_needs_a_reason_and_stays_on_record) {
  fight();
  at.must(lock_score{at.s.position});
  EXPECT_EQ(at.refusal(unlock_score{}), ec::reason_required);
  at.must(unlock_score{"a camera was mislabelled"});
  EXPECT_EQ(at.s.phase, phase::scoring);
  at.must(withdraw{"c1", "mislabelled"});
  at.must(lock_score{at.s.position});
  ASSERT_EQ(at.s.locks.size(), 2u);
  EXPECT_EQ(at.s.locks[0].unlock_reason, "a camera was mislabelled");
  EXPECT_NE(at.s.locks[0].digest, at.s.locks[1].digest);
  EXPECT_NE(at.s.locks[0].score, at.s.locks[1].score);
}

TEST_F(hybrid_round, the_digest_is_of_canonical_json) {
  fight();
  at.must(lock_score{at.s.position});
  auto before = at.s;
  before.phase = phase::scoring;
  --before.position;
  auto text = canonical_text(before, at.s.locks[0].score);
  EXPECT_EQ(at.s.locks[0].digest, audit::sha256(text));
  auto parsed = json::parse_canonical(text);
  ASSERT_TRUE(parsed) << parsed.reason().detail;
  EXPECT_EQ(*parsed->find("bout")->as_string(), "b1");
  EXPECT_EQ(parsed->find("evidence")->as_array()->size(), 2u);
  EXPECT_EQ(*parsed->find("score")->find("red")->find("total_ppm")->as_int(),
            68'950);
}

TEST_F(hybrid_round, the_digest_changes_with_everything_it_covers) {
  fight();
  auto base = audit::sha256(canonical_text(at.s, at.look().seen.score));
  auto digest_after = [&](auto change) {
    auto s = at.s;
    auto score = at.look().seen.score;
    change(s, score);
    return audit::sha256(canonical_text(s, score));
  };
  using score_ref = fused_round&;
  EXPECT_EQ(digest_after([](state&, score_ref) {}), base);
  EXPECT_NE(digest_after([](state& s, score_ref) { ++s.position; }), base);
  EXPECT_NE(digest_after([](state& s, score_ref) { ++s.round; }), base);
  EXPECT_NE(digest_after([](state& s, score_ref) { ++s.with.version; }), base);
  EXPECT_NE(digest_after(
              [](state& s, score_ref) { s.watched = coverage::camera_only; }),
            base);
  EXPECT_NE(digest_after([](state& s, score_ref) {
              s.reports.at("c1").severity.count += 1;
            }),
            base);
  EXPECT_NE(
    digest_after([](state&, score_ref f) { ++f.corners.blue.total_ppm; }),
    base);
}

TEST_F(hybrid_round, a_report_once_more_changes_nothing) {
  at.must(report{seen("c1", 10'000)});
  auto before = at.s;
  auto got = at.ask(report{seen("c1", 10'000)});
  ASSERT_TRUE(got);
  EXPECT_TRUE(got->empty());
  EXPECT_EQ(at.s, before);
  EXPECT_EQ(at.refusal(report{seen("c1", 10'001)}), ec::wrong_state);
  at.must(withdraw{"c1", "no"});
  EXPECT_EQ(at.refusal(report{seen("c1", 10'000)}), ec::already_retracted);
  EXPECT_EQ(at.refusal(withdraw{"c1", "no"}), ec::already_retracted);
  EXPECT_EQ(at.refusal(withdraw{"c9", "no"}), ec::not_found);
}

TEST_F(hybrid_round, what_cannot_be_is_refused) {
  auto code = [&](auto change) {
    auto e = seen("x", 1'000);
    change(e);
    return at.refusal(report{e});
  };
  auto bad = ec::invalid_value;
  EXPECT_EQ(code([](auto& e) { e.id = ""; }), bad);
  EXPECT_EQ(code([](auto& e) { e.id = "a\"b"; }), bad);
  EXPECT_EQ(code([](auto& e) { e.act_id = "a b"; }), bad);
  EXPECT_EQ(code([](auto& e) { e.reporter = ""; }), bad);
  EXPECT_EQ(code([](auto& e) { e.at = {-1}; }), bad);
  EXPECT_EQ(code([](auto& e) { e.at = {3'600'001}; }), bad);
  EXPECT_EQ(code([](auto& e) { e.confidence = {1'000'001}; }), bad);
  EXPECT_EQ(code([](auto& e) { e.severity = {-1}; }), bad);
  EXPECT_EQ(code([](auto& e) { e.lasted = {5}; }), bad);
  EXPECT_EQ(code([](auto& e) { e = held(e, -5); }), bad);
  EXPECT_EQ(code([](auto& e) { e.act = static_cast<act>(99); }), bad);
}

TEST_F(hybrid_round, a_side_that_does_not_watch_is_not_heard) {
  at.must(change_coverage{coverage::camera_only, "no operator tonight"});
  EXPECT_EQ(at.refusal(report{tapped("h", 0)}), ec::wrong_state);
  at.must(report{seen("c", 0)});
  EXPECT_EQ(count_of(at.look().seen, act::strike_head), 1'000);
  EXPECT_EQ(at.refusal(change_coverage{coverage::both, ""}),
            ec::reason_required);
}

TEST_F(hybrid_round, case_26_bouts_and_rounds_with_equal_times_stay_apart) {
  desk other{"b2"};
  desk next{"b1", 2};
  for (auto* one : {&other, &next})
    one->must(open_round{});
  for (auto* one : {&at, &other, &next})
    one->must(report{seen("c1", 10'000)});
  other.must(report{tapped("h1", 10'000)});
  EXPECT_EQ(at.look().seen.score, next.look().seen.score);
  EXPECT_EQ(count_of(at.look().seen, act::strike_head), 700);
  EXPECT_EQ(count_of(other.look().seen, act::strike_head), 1'000);
  // A report for one of them cannot end up in another.
  command stray{bout_id{"b2"}, 1, "source:cam1", report{seen("c2", 0)}};
  auto got = decide(at.s, stray, {at.settings, at.profile, at.hash});
  EXPECT_EQ(got.reason().field, "bout");
  stray.bout = bout_id{"b1"};
  stray.round = 2;
  got = decide(at.s, stray, {at.settings, at.profile, at.hash});
  EXPECT_EQ(got.reason().field, "round");
}

TEST_F(hybrid_round, case_33_new_settings_count_from_a_position_on) {
  fight();
  at.settings.version = 2;
  at.settings.sources.camera.weight_milli = 500;
  at.settings.sources.human.weight_milli = 500;
  EXPECT_EQ(at.refusal(lock_score{at.s.position}), ec::wrong_state);
  at.must(change_settings{"the commission asked for it"});
  EXPECT_EQ(at.s.with.version, 2);
  at.must(lock_score{at.s.position});
  auto locked = at.s.locks[0];
  at.settings.version = 3;
  EXPECT_EQ(at.refusal(change_settings{"later"}), ec::round_locked);
  EXPECT_EQ(at.s.locks[0], locked);
}

TEST_F(hybrid_round, a_round_has_an_end_of_reports) {
  for (std::size_t i = 0; i < limits::hybrid_evidence_max; ++i)
    at.must(
      report{seen("c" + std::to_string(i), static_cast<std::int64_t>(i) * 70)});
  EXPECT_EQ(at.refusal(report{seen("last", 0)}), ec::too_large);
  at.must(withdraw{"c0", "room for one"});
  EXPECT_EQ(at.refusal(report{seen("last", 0)}), ec::too_large);
}

TEST_F(hybrid_round, nobody_and_the_wrong_profile_are_refused) {
  command c{bout_id{"b1"}, 1, "", begin_scoring{}};
  EXPECT_EQ(decide(at.s, c, {at.settings, at.profile, at.hash}).reason().field,
            "by");
  desk other{"b2"};
  other.settings.normalise = "peer_caps";
  EXPECT_EQ(other.refusal(open_round{}), ec::wrong_state);
  desk zero{"b3", 0};
  EXPECT_EQ(zero.refusal(open_round{}), ec::invalid_value);
}

} // namespace ringside::scoring::hybrid::test
