#include "domain/advice/round_advice.hpp"
#include "tests/domain/bout/ring.hpp"
#include "tests/support/scoring_profiles.hpp"

#include <gtest/gtest.h>

namespace ringside::advice {
namespace {

using bout::test::ring;
using calibration::setting;

const bout_id id{"b1"};

scoring::bout_tally tally_of(const ring& r) {
  scoring::bout_tally t;
  bout::state s;
  for (const auto& e : r.log) {
    t.add(s, e);
    bout::apply(s, e, r.lookup);
  }
  return t;
}

result<round_advice> advice_of(const ring& r, const in_force& f,
                               int round = 1) {
  return advise(f, r.s, tally_of(r), id, round);
}

ring busy_round() {
  ring r;
  r.ready().bell();
  for (int n = 0; n < 8; ++n) {
    r.pass(7'000);
    r.must(bout::test::op, bout::test::jab(corner::red));
  }
  r.pass(1'000);
  r.must(bout::test::op,
         bout::log_fact{bout::knockdown{corner::blue, "hard"}, {}});
  return r;
}

TEST(advice, says_what_it_rests_on) {
  auto r = busy_round();
  auto f = test::plain_in_force();
  auto a = advice_of(r, *f);
  ASSERT_TRUE(a) << a.reason().detail;
  EXPECT_EQ(a->version, r.s.version);
  EXPECT_EQ(a->until, round_ms{57'000});
  EXPECT_EQ(a->assessment.wins.red.count + a->assessment.wins.blue.count
              + a->assessment.even.count,
            1'000'000);
  ASSERT_EQ(a->reasons.size(), reasons_max);
  // The knockdown moved most, and it is named by its event.
  EXPECT_EQ(a->reasons[0].no, r.s.version);
  EXPECT_NE(a->reasons[0].what.text.find("knockdown (hard) at 0:57"),
            std::string::npos)
    << a->reasons[0].what.text;
  EXPECT_EQ(a->receipt,
            "fj.b1.e" + std::to_string(r.s.version) + ".r1.mma_fit-1.c1");
}

TEST(advice, case_14_a_receipt_stands_for_one_content) {
  auto r = busy_round();
  auto f = test::plain_in_force();
  auto before = advice_of(r, *f);
  // What is not about the round leaves assessment and receipt as they are.
  r.pass(9'000);
  r.must(bout::test::op, bout::add_note{"hello", 0});
  EXPECT_EQ(*advice_of(r, *f), *before);
  // What is about it changes the receipt.
  r.must(bout::test::op, bout::test::jab(corner::red));
  EXPECT_NE(advice_of(r, *f)->receipt, before->receipt);
  // So does another calibration, and another version of the profile.
  auto other = *f;
  other.version = 2;
  EXPECT_EQ(advice_of(r, other)->receipt.substr(0, 12),
            advice_of(r, *f)->receipt.substr(0, 12));
  EXPECT_NE(advice_of(r, other)->receipt, advice_of(r, *f)->receipt);
}

TEST(advice, has_only_integers_and_words_in_its_json) {
  auto r = busy_round();
  auto a = advice_of(r, *test::plain_in_force());
  ASSERT_TRUE(a);
  auto text = json::to_text(json::value{advice_json(*a, id)});
  // The reader of this profile of JSON knows no floats.
  auto back = json::parse(text, {64 * 1024, 16});
  ASSERT_TRUE(back) << back.reason().detail;
  EXPECT_EQ(*back->find("receipt")->as_string(), a->receipt);
  EXPECT_EQ(back->find("contributions")->as_array()->size(), reasons_max);
  EXPECT_EQ(*back->find("red")->find("wins_ppm")->as_int(),
            a->assessment.wins.red.count);
}

TEST(advice, a_round_that_was_not_opened_has_none) {
  auto r = busy_round();
  auto none = advice_of(r, *test::plain_in_force(), 2);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.reason().code, ec::not_found);
}

TEST(advice, a_sport_without_a_profile_has_none) {
  auto set = bout::test::mma_rules();
  set.discipline = rules::sport::grappling;
  ring r{set};
  r.ready().bell();
  auto none = advice_of(r, *test::plain_in_force());
  ASSERT_FALSE(none);
  EXPECT_EQ(none.reason().code, ec::not_found);
}

class in_force_test : public testing::Test {
protected:
  in_force_test() {
    state.version = 3;
    state.profiles = marks_of(all);
  }

  std::string complaint() const {
    auto ok = check_in_force(*put_in_force(state, all));
    return ok ? "none" : ok.reason().field;
  }

  profile_list all{test::loaded(test::plain_profile("mma_fit")),
                   test::loaded(test::plain_profile("mma_hand"))};
  calibration_state state;
};

TEST_F(in_force_test, settings_override_only_where_they_speak) {
  const auto& file
    = *std::get<std::shared_ptr<const scoring::profile>>(all[0].what);
  auto own = put_in_force(state, all)->profiles.at("mma_fit");
  EXPECT_EQ(own.close_band_ppm, file.close_band_ppm);
  EXPECT_EQ(own.wide.card_at_ppm, file.wide.card_at_ppm);
  EXPECT_EQ(own.scale, file.scale);
  state.settings[setting::too_close_band_ppm] = 30'000;
  state.settings[setting::wide_card_at_ppm] = 410'000;
  state.settings[setting::temperature_milli] = 2'000;
  auto set = put_in_force(state, all)->profiles.at("mma_fit");
  EXPECT_EQ(set.close_band_ppm, 30'000);
  EXPECT_EQ(set.wide.card_at_ppm, 410'000);
  EXPECT_DOUBLE_EQ(set.scale, file.scale / 2);
  EXPECT_EQ(set.calibration_version, 3);
}

TEST_F(in_force_test, a_higher_temperature_is_less_sure) {
  auto r = busy_round();
  auto before = advice_of(r, *put_in_force(state, all))->assessment;
  state.settings[setting::temperature_milli] = 3'000;
  auto after = advice_of(r, *put_in_force(state, all))->assessment;
  auto sure = [](const scoring::assessment& a) {
    return std::max(a.wins.red.count, a.wins.blue.count);
  };
  EXPECT_LT(sure(after), sure(before));
  EXPECT_EQ(after.card_winner, before.card_winner);
}

TEST_F(in_force_test, only_profiles_that_the_journal_knows_are_used) {
  all[1].digest.fill(9);
  auto f = put_in_force(state, all);
  EXPECT_TRUE(f->profiles.contains("mma_fit"));
  EXPECT_FALSE(f->profiles.contains("mma_hand"));
}

TEST_F(in_force_test, what_is_named_has_to_be_there) {
  EXPECT_EQ(complaint(), "none");
  state.settings.profiles
    = {{calibration::scope::ruleset, "mma_test", "nobody"}};
  EXPECT_EQ(complaint(), "profiles[0].profile");
  state.settings.profiles.clear();
  state.settings.default_profile = "nobody";
  EXPECT_EQ(complaint(), "default_profile");
}

TEST_F(in_force_test, the_choice_for_a_bout_follows_its_rule_set) {
  auto r = busy_round();
  state.settings.profiles
    = {{calibration::scope::ruleset, r.s.ruleset->id, "mma_hand"}};
  EXPECT_EQ(profile_for(*put_in_force(state, all), r.s)->id, "mma_hand");
  state.settings.profiles[0].name = "another";
  EXPECT_EQ(profile_for(*put_in_force(state, all), r.s)->id, "mma_fit");
}

TEST(advice, knows_the_day_of_a_moment) {
  EXPECT_EQ(iso_date({0}), "1970-01-01");
  EXPECT_EQ(iso_date({86'400'000'000 - 1}), "1970-01-01");
  EXPECT_EQ(iso_date({-1}), "1969-12-31");
  EXPECT_EQ(iso_date({951'782'400'000'000}), "2000-02-29");
  EXPECT_EQ(iso_date({1'790'000'000'000'000}), "2026-09-21");
}

} // namespace
} // namespace ringside::advice
