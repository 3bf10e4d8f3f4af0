#include "app/replay/rounds_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace ringside::replay {
namespace {

namespace fs = std::filesystem;

fs::path small() {
  return fs::path{RINGSIDE_SOURCE_DIR} / "tests/data/replay/rounds_small.csv";
}

std::string small_text() {
  std::ifstream in{small()};
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

/// Reads the made-up rounds with one text replaced by another.
result<std::vector<bout_record>> read_changed(const std::string& from,
                                              const std::string& to) {
  auto text = small_text();
  auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  auto file = fs::temp_directory_path()
              / ("ringside-rounds-" + std::to_string(::getpid()) + ".csv");
  std::ofstream{file} << text;
  auto out = read_rounds(file, {}, 100);
  fs::remove(file);
  return out;
}

} // namespace

TEST(rounds_file, knows_bouts_winners_and_missing_cards) {
  auto bouts = read_rounds(small(), bouts_file_beside(small()), 100);
  ASSERT_TRUE(bouts) << bouts.reason().detail;
  ASSERT_EQ(bouts->size(), 7u);
  EXPECT_EQ((*bouts)[2].official.winner, "draw");
  EXPECT_FALSE((*bouts)[3].rounds[1].cards[1]);
  EXPECT_EQ((*bouts)[0].rounds[1].corners.blue.deducted, 1);
  EXPECT_FALSE((*bouts)[0].rounds[0].corners.red.control_s);
  EXPECT_EQ((*bouts)[5].rounds[1].round, 3);
}

TEST(rounds_file, reads_no_more_bouts_than_asked_for) {
  auto bouts = read_rounds(small(), {}, 2);
  ASSERT_TRUE(bouts);
  EXPECT_EQ(bouts->size(), 2u);
  EXPECT_EQ(bouts->front().official.winner, "");
}

TEST(rounds_file, names_a_missing_column) {
  auto bouts = read_changed(",td_att_a,", ",td_tried_a,");
  ASSERT_FALSE(bouts);
  EXPECT_EQ(bouts.reason().field, "td_att_a");
  EXPECT_NE(bouts.reason().detail.find("row 2"), std::string::npos);
}

TEST(rounds_file, names_the_row_of_a_word_that_is_no_number) {
  auto bouts = read_changed("Decision - Unanimous,2,0,300,",
                            "Decision - Unanimous,2,0,long,");
  ASSERT_FALSE(bouts);
  EXPECT_EQ(bouts.reason().field, "round_seconds");
  EXPECT_NE(bouts.reason().detail.find("row 3"), std::string::npos);
}

TEST(rounds_file, refuses_rounds_that_do_not_ascend) {
  auto bouts = read_changed("Decision - Unanimous,2,0,300,",
                            "Decision - Unanimous,1,0,300,");
  ASSERT_FALSE(bouts);
  EXPECT_EQ(bouts.reason().field, "round");
}

TEST(rounds_file, says_which_file_is_not_there) {
  auto bouts = read_rounds("/nowhere/rounds.csv", {}, 1);
  ASSERT_FALSE(bouts);
  EXPECT_EQ(bouts.reason().code, ec::io_error);
  EXPECT_NE(bouts.reason().detail.find("/nowhere/rounds.csv"),
            std::string::npos);
}

TEST(rounds_file, the_winners_lie_beside_the_rounds) {
  EXPECT_EQ(bouts_file_beside("a/rounds_x.csv"), fs::path{"a/bouts_x.csv"});
}

} // namespace ringside::replay
