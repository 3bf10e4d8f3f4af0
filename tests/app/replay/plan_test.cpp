#include "app/replay/bout_run.hpp"
#include "app/replay/plan.hpp"
#include "domain/bout/box_score.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace ringside::replay {
namespace {

std::vector<bout_record> made_up() {
  auto data = std::filesystem::path{RINGSIDE_SOURCE_DIR} / "tests/data/replay";
  auto bouts
    = read_rounds(data / "rounds_small.csv", data / "bouts_small.csv", 100);
  EXPECT_TRUE(bouts) << bouts.reason().detail;
  return bouts ? *bouts : std::vector<bout_record>{};
}

void expect_ratio(const bout::ratio& ours, const corner_counts& row,
                  const std::string& name) {
  EXPECT_EQ(ours.landed, row.of(name + "_landed")) << name;
  EXPECT_EQ(ours.attempted, row.of(name + "_att")) << name;
}

void expect_counts(const bout::box_score& box, const corner_counts& row) {
  expect_ratio(box.significant, row, "sig");
  expect_ratio(box.head, row, "sig_head");
  expect_ratio(box.body, row, "sig_body");
  expect_ratio(box.leg, row, "sig_leg");
  expect_ratio(box.distance, row, "sig_distance");
  expect_ratio(box.clinch, row, "sig_clinch");
  expect_ratio(box.ground, row, "sig_ground");
  expect_ratio(box.total, row, "total");
  expect_ratio(box.takedowns, row, "td");
  EXPECT_EQ(box.knockdowns, row.of("kd"));
  EXPECT_EQ(box.submission_attempts, row.of("sub_att"));
  EXPECT_EQ(box.reversals, row.of("rev"));
}

} // namespace

TEST(replay_plan, adds_up_to_the_row_in_every_column) {
  for (const auto& bout : made_up())
    for (const auto& row : bout.rounds) {
      auto plan = make_plan(bout.id, row);
      per_corner<bout::box_score> boxes;
      for (auto c : both_corners)
        for (const auto& p : plan.desks[c]) {
          EXPECT_EQ(bout::corner_of(p.what), c);
          EXPECT_GE(p.at.count, 0);
          EXPECT_LE(p.at.count, row.seconds * 1'000);
          bout::tally(boxes, p.what, 1);
        }
      for (auto c : both_corners)
        expect_counts(boxes[c], row.corners[c]);
    }
}

TEST(replay_plan, control_takes_turns_and_adds_up) {
  for (const auto& bout : made_up())
    for (const auto& row : bout.rounds) {
      auto plan = make_plan(bout.id, row);
      std::vector<const planned*> marks(static_cast<std::size_t>(plan.marks)
                                        + 1);
      for (auto c : both_corners)
        for (const auto& p : plan.desks[c])
          if (p.mark > 0)
            marks[static_cast<std::size_t>(p.mark)] = &p;
      per_corner<std::int64_t> ms;
      std::int64_t last = 0;
      for (std::size_t i = 1; i + 1 < marks.size(); i += 2) {
        ASSERT_TRUE(marks[i] != nullptr && marks[i + 1] != nullptr);
        EXPECT_GE(marks[i]->at.count, last);
        last = marks[i + 1]->at.count;
        ms[bout::corner_of(marks[i]->what)] += last - marks[i]->at.count;
      }
      for (auto c : both_corners)
        EXPECT_EQ(ms[c], row.corners[c].control_s.value_or(0) * 1'000);
    }
}

TEST(replay_plan, is_the_same_every_time_and_differs_by_bout) {
  auto bouts = made_up();
  const auto& row = bouts.front().rounds.front();
  auto times = [&](std::string_view id) {
    std::vector<std::int64_t> all;
    for (const auto& p : make_plan(id, row).desks.red)
      all.push_back(p.at.count);
    return all;
  };
  EXPECT_EQ(times("x"), times("x"));
  EXPECT_NE(times("x"), times("y"));
}

TEST(replay_ruleset, is_the_one_of_the_day) {
  bout_record bout;
  auto on = [&bout](const char* day) {
    bout.date = day;
    return ruleset_for(bout);
  };
  EXPECT_EQ(on("2001-05-04"), "mma_legacy_2001");
  EXPECT_EQ(on("2009-07-29"), "mma_legacy_2001");
  EXPECT_EQ(on("2009-07-30"), "mma_unified_2009");
  EXPECT_EQ(on("2016-12-31"), "mma_unified_2009");
  EXPECT_EQ(on("2017-01-01"), "mma_abc_2017");
  EXPECT_EQ(on("2025-08-08"), "mma_abc_2017");
  EXPECT_EQ(on("2025-08-09"), "mma_abc_2025");
  // A round cut short that was judged was scored, whatever the text said.
  round_record last;
  last.round = 3;
  last.last = true;
  last.seconds = 33;
  for (auto& card : last.cards)
    card = per_corner<int>{10, 9};
  bout.rounds.push_back(last);
  EXPECT_EQ(on("2007-01-01"), "mma_unified_2009");
  bout.rounds.back().cards[1].reset();
  EXPECT_EQ(on("2007-01-01"), "mma_legacy_2001");
}

} // namespace ringside::replay
