#include "app/config/load_profiles.hpp"
#include "app/fit/fit_profile.hpp"
#include "app/fit/judge_effects.hpp"
#include "domain/calibration/logistic_fit.hpp"
#include "domain/scoring/assessment.hpp"
#include "tests/app/fit/real_rounds.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <unistd.h>

namespace ringside::fit {
namespace {

namespace fs = std::filesystem;
using scoring::column;

const char* const header
  = "bout_id,event_id,date,fighter_a,fighter_b,round,last_round,"
    "round_seconds,kd_a,kd_b,sig_landed_a,sig_landed_b,sig_att_a,sig_att_b,"
    "sig_head_landed_a,sig_head_landed_b,sig_body_landed_a,sig_body_landed_b,"
    "sig_leg_landed_a,sig_leg_landed_b,sig_distance_landed_a,"
    "sig_distance_landed_b,sig_clinch_landed_a,sig_clinch_landed_b,"
    "sig_ground_landed_a,sig_ground_landed_b,total_landed_a,total_landed_b,"
    "total_att_a,total_att_b,td_landed_a,td_landed_b,td_att_a,td_att_b,"
    "sub_att_a,sub_att_b,rev_a,rev_b,ctrl_seconds_a,ctrl_seconds_b,ded_a,ded_b,"
    "judge1_name,judge1_a,judge1_b,judge2_name,judge2_a,judge2_b\n";
const char* const row
  = "b1,e1,2020-01-02,Ann,Bea,1,0,300,1,0,12,7,20,15,6,5,3,1,2,1,8,6,2,1,1,0,"
    "15,9,24,18,1,0,3,1,1,0,0,1,60,30,1,0,Jo,9,9,Al,9,8\n";

result<std::vector<labelled_round>> read_text(const std::string& text) {
  auto file = fs::temp_directory_path()
              / ("ringside-labelled-" + std::to_string(::getpid()) + ".csv");
  std::ofstream{file} << text;
  auto out = read_labelled_rounds(file);
  fs::remove(file);
  return out;
}

std::string changed(std::string text, const std::string& from,
                    const std::string& to) {
  auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

} // namespace

TEST(labelled_rounds, reads_counts_and_cards) {
  auto rounds = read_text(std::string{header} + row);
  ASSERT_TRUE(rounds) << rounds.reason().detail;
  const auto& r = rounds->front();
  const auto& a = r.tally.corners.red;
  EXPECT_EQ(r.line, 2U);
  EXPECT_EQ(r.year(), 2020);
  EXPECT_EQ(a[column::head], 6);
  EXPECT_EQ(a[column::unknown_target], 1);
  EXPECT_EQ(a[column::unknown_position], 1);
  EXPECT_EQ(a[column::significant_missed], 8);
  EXPECT_EQ(a[column::other_landed], 3);
  EXPECT_EQ(a[column::other_missed], 1);
  EXPECT_EQ(a[column::takedowns_failed], 2);
  EXPECT_EQ(a[column::control_minutes], 60'000);
  // The deduction is added back: 10-9 and 10-8.
  EXPECT_EQ(r.votes(corner::red), 2);
  EXPECT_EQ(r.wide_votes(corner::red), 1);
  EXPECT_EQ(r.majority(), corner::red);
  EXPECT_FALSE(r.wide_majority());
  EXPECT_TRUE(r.counts());
}

TEST(labelled_rounds, needs_neither_cards_nor_control_nor_events) {
  auto text = std::string{header} + row;
  for (const auto* name : {"judge1_a", "judge1_b", "judge2_a", "judge2_b",
                           "ctrl_seconds_a", "event_id", "date,"})
    text = changed(text, name, std::string{"x_"} + name);
  auto rounds = read_text(text);
  ASSERT_TRUE(rounds) << rounds.reason().detail;
  EXPECT_TRUE(rounds->front().cards.empty());
  EXPECT_FALSE(rounds->front().counts());
  EXPECT_FALSE(rounds->front().control_known);
  EXPECT_EQ(rounds->front().event, "b1");
}

struct csv_fault {
  const char* from;
  const char* to;
  const char* place;
};

class faulty_csv : public testing::TestWithParam<csv_fault> {};

TEST_P(faulty_csv, is_refused_by_line_and_column) {
  auto text = std::string{header} + row + changed(row, "Bea,1", "Bea,2");
  auto second = text.rfind("b1,e1");
  auto tail = changed(text.substr(second), GetParam().from, GetParam().to);
  auto rounds = read_text(text.substr(0, second) + tail);
  ASSERT_FALSE(rounds);
  EXPECT_NE(rounds.reason().detail.find(GetParam().place), std::string::npos)
    << rounds.reason().detail;
}

INSTANTIATE_TEST_SUITE_P(
  files, faulty_csv,
  testing::Values(csv_fault{"12,7,20", "a dozen,7,20",
                            "line 3, column sig_landed_a: 'a dozen'"},
                  csv_fault{"12,7,20", "-1,7,20", "column sig_landed_a"},
                  csv_fault{"12,7,20", "99999,7,20", "column sig_landed_a"},
                  csv_fault{"12,7,20", "12,7,11", "more landed than attempted"},
                  csv_fault{"12,7,20", "5,7,20", "its parts add up to more"},
                  csv_fault{"15,9,24", "11,9,24", "column total_landed_a"},
                  csv_fault{",60,30,", ",200,130,", "column ctrl_seconds_b"},
                  csv_fault{"Bea,2", "Bea,1", "stands twice"},
                  csv_fault{"Ann,Bea", "Ann,Cat", "column fighter_b"},
                  csv_fault{"Ann,Bea", "Ann,", "column fighter_b"},
                  csv_fault{"2020-01-02", "2.1.2020", "column date"},
                  csv_fault{"Jo,9,9", "Jo,9,", "column judge1_b"},
                  csv_fault{"Jo,9,9", "Jo,9", "line 3"}));

TEST(labelled_rounds, names_the_missing_column) {
  auto text = changed(std::string{header} + row, ",kd_a,", ",kd_x,");
  auto rounds = read_text(text);
  ASSERT_FALSE(rounds);
  EXPECT_NE(rounds.reason().detail.find("column kd_a: the column is missing"),
            std::string::npos);
}

namespace {

/// Rounds whose cards follow a known rule exactly in expectation: every tally
/// appears in proportion to its chance.
std::vector<labelled_round> made_up_rounds(double head, double takedown) {
  std::vector<labelled_round> all;
  constexpr int each = 40;
  for (int h = -8; h <= 8; ++h)
    for (int t = -3; t <= 3; ++t) {
      auto p = calibration::logistic(head * h + takedown * t);
      auto yes = static_cast<int>(std::lround(p * each));
      for (int i = 0; i < each; ++i) {
        labelled_round r;
        r.bout = r.event = std::to_string(all.size());
        r.date = "2020-01-01";
        r.round = 1;
        r.tally.corners[h > 0 ? corner::red : corner::blue][column::head]
          = std::abs(h);
        r.tally.corners[t > 0 ? corner::red : corner::blue][column::takedowns]
          = std::abs(t);
        auto red = i < yes;
        for (int j = 0; j < 3; ++j)
          r.cards.push_back({"J", {red ? 10 : 9, red ? 9 : 10}});
        all.push_back(std::move(r));
      }
    }
  return all;
}

scoring::profile two_terms() {
  scoring::profile p;
  p.id = "two";
  p.fit.what = scoring::fitted::weights;
  p.fit.ridge = 0.001;
  p.wide.eras = {{"", -4}};
  p.terms
    = {{"head", {}, scoring::shape::difference, 0, 0, {{column::head, 1}}},
       {"takedowns",
        {},
        scoring::shape::difference,
        0,
        0,
        {{column::takedowns, 1}}}};
  return p;
}

} // namespace

TEST(fit_profile, finds_the_weights_behind_made_up_cards) {
  auto rounds = made_up_rounds(0.3, 0.8);
  auto p = fit_profile(two_terms(), all_of(rounds));
  ASSERT_TRUE(p) << p.reason().detail;
  EXPECT_NEAR(p->terms[0].weight, 0.3, 0.02);
  EXPECT_NEAR(p->terms[1].weight, 0.8, 0.05);
  EXPECT_EQ(p->fit.until, "2020-01-01");
}

TEST(fit_profile, never_learns_to_punish_a_landed_strike) {
  auto rounds = made_up_rounds(-0.3, 0.8);
  auto p = fit_profile(two_terms(), all_of(rounds));
  ASSERT_TRUE(p);
  EXPECT_EQ(p->terms[0].weight, 0);
  EXPECT_GT(p->terms[1].weight, 0.3);
}

TEST(fit_profile, fits_only_the_scale_where_the_plan_says_so) {
  auto rounds = made_up_rounds(0.3, 0.6);
  auto shape = two_terms();
  shape.fit.what = scoring::fitted::scale;
  shape.terms[0].weight = 1;
  shape.terms[1].weight = 2;
  auto p = fit_profile(shape, all_of(rounds));
  ASSERT_TRUE(p);
  EXPECT_NEAR(p->scale, 0.3, 0.02);
  EXPECT_EQ(p->terms[1].weight, 2);
  shape.fit.what = scoring::fitted::nothing;
  EXPECT_FALSE(fit_profile(shape, all_of(rounds)));
}

TEST(fit_profile, refuses_rounds_without_cards) {
  auto rounds = made_up_rounds(0.3, 0.8);
  for (auto& r : rounds)
    r.cards.clear();
  EXPECT_FALSE(fit_profile(two_terms(), all_of(rounds)));
}

TEST(judge_effects, find_the_odd_judge_and_draw_in_the_rare_one) {
  auto rounds = made_up_rounds(0.3, 0.8);
  std::size_t i = 0;
  for (auto& r : rounds) {
    ++i;
    r.cards[0].judge = "Anna";
    r.cards[1].judge = "Bert";
    // Bert votes against what he sees in every third round.
    if (i % 3 == 0)
      std::swap(r.cards[1].score.red, r.cards[1].score.blue);
    // Rare Rita does so always, but was seen ten times only.
    r.cards[2].judge = i <= 10 ? "Rita" : "Cora";
    if (i <= 10)
      std::swap(r.cards[2].score.red, r.cards[2].score.blue);
    // Cora likes a 10-8.
    else if (i % 4 == 0)
      (r.cards[2].margin() > 0 ? r.cards[2].score.blue : r.cards[2].score.red)
        = 8;
  }
  auto p = fit_profile(two_terms(), all_of(rounds));
  ASSERT_TRUE(p);
  auto effects = judge_effects(*p, all_of(rounds), 10);
  ASSERT_TRUE(effects) << effects.reason().detail;
  ASSERT_EQ(effects->size(), 4U);
  const auto& anna = (*effects)[0];
  const auto& bert = (*effects)[1];
  const auto& cora = (*effects)[2];
  const auto& rita = (*effects)[3];
  EXPECT_LT(bert.sharpness, 0.7);
  EXPECT_GT(anna.sharpness, 1.1);
  EXPECT_GT(cora.wide_shift, 0.5);
  EXPECT_LT(anna.wide_shift, -0.5);
  EXPECT_EQ(rita.rounds, 10U);
  // Alone she would be far below zero.
  EXPECT_GT(rita.sharpness, 0);
  EXPECT_LT(rita.agreement, 0.3);
  EXPECT_EQ(judge_effects(*p, all_of(rounds), 11)->size(), 3U);
}

TEST(fit_profile, gives_the_file_that_ships_byte_for_byte) {
  auto file = real_rounds();
  if (file.empty())
    GTEST_SKIP() << "no real rounds; set RINGSIDE_SHARED_DATA";
  auto rounds = read_labelled_rounds(file);
  ASSERT_TRUE(rounds) << rounds.reason().detail;
  for (const auto* id : {"mma_fit", "mma_hand"}) {
    auto path = config::default_profile_dir() / (std::string{id} + ".yaml");
    auto shipped = config::load_profile(path);
    ASSERT_TRUE(shipped) << shipped.reason().detail;
    auto p = fit_profile(*shipped, all_of(*rounds));
    ASSERT_TRUE(p) << p.reason().detail;
    std::ifstream in{path};
    std::string text{std::istreambuf_iterator<char>{in}, {}};
    EXPECT_EQ(config::profile_text(*p), text) << id;
  }
}

} // namespace ringside::fit
