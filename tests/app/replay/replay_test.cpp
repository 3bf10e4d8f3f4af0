#include "app/config/node_config.hpp"
#include "app/replay/replay.hpp"
#include "tests/support/live_node.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace ringside::replay {
namespace {

namespace fs = std::filesystem;

fs::path data(const std::string& name) {
  return fs::path{RINGSIDE_SOURCE_DIR} / "tests/data" / name;
}

fs::path real_data() {
  if (const auto* given = std::getenv("RINGSIDE_SHARED_DATA"))
    return given;
  return fs::path{RINGSIDE_SOURCE_DIR} / ".." / "shared" / "data";
}

replay_options small() {
  replay_options o;
  o.rounds_file = data("replay/rounds_small.csv");
  return o;
}

/// All made-up bouts, replayed once.
const replay_outcome& made_up() {
  static const auto outcome = [] {
    auto out = replay(small());
    EXPECT_TRUE(out) << out.reason().detail;
    return out ? std::move(*out) : replay_outcome{};
  }();
  return outcome;
}

const bout_report& report(const std::string& id) {
  static const bout_report none;
  for (const auto& b : made_up().bouts)
    if (b.id == id)
      return b;
  ADD_FAILURE() << "no bout " << id;
  return none;
}

void expect_equal(const std::string& id, const std::string& result) {
  const auto& b = report(id);
  EXPECT_EQ(b.result, result);
  EXPECT_EQ(b.equal, true) << b.reason;
  EXPECT_TRUE(b.differences.empty());
  EXPECT_FALSE(b.failed);
}

void expect_no_result(const std::string& id, const std::string& reason) {
  const auto& b = report(id);
  EXPECT_EQ(b.result, "");
  EXPECT_FALSE(b.equal);
  EXPECT_EQ(b.reason, reason);
  EXPECT_FALSE(b.failed);
}

} // namespace

TEST(replay, applies_a_deduction_beside_the_cards) {
  expect_equal("made0001", "unanimous_decision a");
}

TEST(replay, files_a_wide_card_with_a_reason) {
  expect_equal("made0002", "split_decision a");
}

TEST(replay, comes_to_a_draw) {
  expect_equal("made0003", "majority_draw");
  EXPECT_EQ(report("made0003").ruleset, "mma_unified_2009");
}

TEST(replay, names_the_missing_card_and_makes_none_up) {
  expect_no_result("made0004", "round 2: card of judge 2 not published");
  EXPECT_EQ(report("made0004").rounds, 3);
}

TEST(replay, turns_a_stop_into_a_technical_decision) {
  expect_equal("made0005", "technical_decision (unanimous) a");
}

TEST(replay, names_the_missing_row) {
  expect_no_result("made0006", "round 2 has no row");
  EXPECT_EQ(report("made0006").rounds, 1);
}

TEST(replay, blames_the_source_for_cards_without_a_ten) {
  const auto& b = report("made0007");
  EXPECT_EQ(b.equal, false);
  EXPECT_TRUE(b.source_error);
  EXPECT_FALSE(b.failed);
  EXPECT_NE(b.reason.find("the source's error: round 1"), std::string::npos)
    << b.reason;
}

TEST(replay, counts_every_column_and_verifies_the_journal) {
  const auto& s = made_up().all;
  EXPECT_TRUE(s.good());
  EXPECT_EQ(s.cells_different, 0);
  // 21 counts and deductions of 17 rounds and two corners, and control.
  EXPECT_GT(s.cells, 17 * 2 * 22);
  ASSERT_TRUE(s.verify);
  EXPECT_TRUE(s.verify->sound) << s.verify->detail;
  EXPECT_GT(static_cast<std::int64_t>(s.verify->entries), s.events);
  EXPECT_GT(s.acks, 0);
  EXPECT_GE(s.p99_us, s.p50_us);
  EXPECT_NE(json_of(made_up().bouts, s).find("\"equal\":null"),
            std::string::npos);
}

TEST(replay, fails_for_a_difference_that_nobody_explains) {
  test::temporary_directory dir;
  auto o = small();
  o.bouts = 1;
  o.bouts_file = dir.path() / "bouts.csv";
  std::ofstream{o.bouts_file} << "bout_id,method,winner\n"
                                 "made0001,Decision - Split,a\n";
  auto out = replay(o);
  ASSERT_TRUE(out) << out.reason().detail;
  EXPECT_EQ(out->bouts[0].equal, false);
  EXPECT_TRUE(out->bouts[0].failed);
  EXPECT_FALSE(out->all.good());

  o.source_errors_file = dir.path() / "known.csv";
  std::ofstream{o.source_errors_file}
    << "bout_id,recorded,derived,reason\n"
       "made0001,Decision - Split,Decision - Unanimous,invented\n";
  out = replay(o);
  ASSERT_TRUE(out) << out.reason().detail;
  EXPECT_EQ(out->bouts[0].equal, false);
  EXPECT_EQ(out->bouts[0].reason, "the source's error: invented");
  EXPECT_TRUE(out->all.good());
}

TEST(replay, sends_again_what_a_strict_node_turns_away) {
  test::live_node node{[](config::node_config& c) {
    c.operator_rate = {60, 10};
    c.judge_rate = {5, 5};
  }};
  auto admin = node->make_token("Admin", role::admin);
  ASSERT_TRUE(admin);
  auto o = small();
  o.bouts = 1;
  o.url = node->url();
  o.admin_token = *admin;
  auto out = replay(o);
  ASSERT_TRUE(out) << out.reason().detail;
  EXPECT_EQ(out->bouts[0].equal, true) << out->bouts[0].reason;
  EXPECT_TRUE(out->bouts[0].differences.empty());
  EXPECT_GT(out->all.resent, 0);
  EXPECT_FALSE(out->all.verify);
}

TEST(replay, says_that_nobody_answers) {
  auto o = small();
  o.url = "http://127.0.0.1:9";
  auto out = replay(o);
  ASSERT_FALSE(out);
  EXPECT_EQ(out.reason().code, ec::io_error);
  o.url = "https://example.org";
  out = replay(o);
  ASSERT_FALSE(out);
  EXPECT_EQ(out.reason().code, ec::invalid_value);
}

TEST(replay, the_first_twenty_real_bouts_come_out_as_announced) {
  replay_options o;
  o.rounds_file = real_data() / "rounds_train.csv";
  if (!fs::exists(o.rounds_file))
    GTEST_SKIP() << "no " << o.rounds_file;
  o.source_errors_file = config::known_errors_file();
  o.bouts = 20;
  auto out = replay(o);
  ASSERT_TRUE(out) << out.reason().detail;
  EXPECT_EQ(out->all.bouts, 20);
  EXPECT_TRUE(out->all.good()) << text_of(out->all);
  EXPECT_EQ(out->all.cells_different, 0);
  EXPECT_GT(out->all.equal, 0);
}

} // namespace ringside::replay
