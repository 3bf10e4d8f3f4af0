#include "domain/scoring/peer/v3.hpp"
#include "domain/scoring/peer/words.hpp"
#include "tests/domain/scoring/peer/log_maker.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace ringside::scoring::peer::test {

namespace {

std::string key_text(const log_event& e) {
  auto key = v3_key_of(e);
  return key ? std::string{text_of(*key)} : "";
}

std::string key_of(std::string_view type) {
  return key_text(log_maker{}.put(red, type).log.front());
}

} // namespace

TEST(peer_words, every_alias_stands_once_and_is_found) {
  std::set<std::string_view> seen;
  for (const auto& row : words()) {
    EXPECT_TRUE(seen.insert(row.alias).second) << row.alias;
    EXPECT_EQ(key_of(row.alias), row.key ? std::string{text_of(*row.key)} : "");
  }
}

TEST(peer_words, literal_keys_are_words_too) {
  for (auto key : enum_names<v3_key>::value)
    EXPECT_EQ(key_of(key), key);
  EXPECT_EQ(key_of("KD-Hard"), "kd_hard");
  EXPECT_EQ(key_of("ss kick"), "ss_kick");
}

TEST(peer_words, case_matters_for_aliases_but_not_for_literals) {
  EXPECT_EQ(key_of("JAB"), "jab");
  EXPECT_EQ(key_of("td"), "");
  EXPECT_EQ(key_of("Cagestrikes_light"), "cagestrikes_light");
  // The capital in their table makes this one unreachable.
  EXPECT_EQ(key_of("Cagestrikes_hard"), "");
}

TEST(peer_words, anything_with_control_in_it_is_paid) {
  EXPECT_EQ(key_of("Mount Control"), "top_control");
  EXPECT_EQ(key_of("rear back control"), "back_control");
  EXPECT_EQ(key_of("cage-side CONTROL"), "cage_control");
}

TEST(peer_words, what_the_system_itself_makes_may_pay_nothing) {
  for (auto word :
       {"Sweep/Reversal", "Guard Passing", "Low Kick", "Front Kick/Teep",
        "Sub Attempt Standard", "SS Head Kick", "Cage Strikes Light",
        "Cage Strikes Hard", "CTRL_START", "CTRL_END", "Point Deduction"})
    EXPECT_EQ(key_of(word), "") << word;
}

TEST(peer_words, three_words_are_refined_by_their_event) {
  log_event e;
  e.type = "KD";
  EXPECT_EQ(key_text(e), "kd_flash");
  e.tier = "Hard";
  EXPECT_EQ(key_text(e), "kd_hard");
  e.tier = "NF";
  EXPECT_EQ(key_text(e), "kd_nf");
  e.type = "Submission Attempt";
  EXPECT_EQ(key_text(e), "sub_nf");
  e.tier = "";
  e.depth = "DEEP";
  EXPECT_EQ(key_text(e), "sub_deep");
  e.tier = "Light";
  EXPECT_EQ(key_text(e), "sub_light");
  e.type = "Ground Strike";
  EXPECT_EQ(key_text(e), "gnp_light");
  e.quality = "SOLID";
  EXPECT_EQ(key_text(e), "gnp_hard");
}

TEST(peer_words, translation_into_icvss_keeps_corner_and_time) {
  auto log = log_maker{}
               .put(corner::blue, "Head Kick")
               .put(red, "kd_nf")
               .put(red, "Nonsense")
               .log;
  log[1].severity = 0.2;
  auto got = to_icvss(log);
  ASSERT_EQ(got.size(), 2u);
  EXPECT_EQ(got[0].type, "kick_head");
  EXPECT_EQ(got[0].corner, corner::blue);
  EXPECT_EQ(got[0].at_ms, 1'000);
  EXPECT_EQ(got[1].type, "KD_nearfinish");
  EXPECT_EQ(got[1].severity, 1);
}

TEST(peer_words, translation_into_e1_drops_jabs_and_opens_control) {
  auto log = log_maker{}
               .put(red, "Jab")
               .put(red, "Uppercut")
               .hold(red, "Back Control", 30)
               .log;
  auto got = to_e1(log);
  ASSERT_EQ(got.size(), 3u);
  EXPECT_EQ(got[0].type, "strike_sig");
  EXPECT_EQ(got[0].severity, 0.6);
  EXPECT_EQ(got[1].type, "control_start");
  EXPECT_EQ(got[2].type, "control_end");
  EXPECT_EQ(got[2].at_ms - got[1].at_ms, 30'000);
  // A start at zero would be lost.
  EXPECT_GT(got[1].at_ms, 0);
}

TEST(peer_words, an_unknown_word_is_an_event_without_points) {
  auto got = score_v3(v3_code(), log_maker{}.put(red, "Nonsense", 3).log);
  EXPECT_EQ(got.events, 3);
  EXPECT_EQ(got.raw.red, 0);
  EXPECT_EQ(got.card, (per_corner<int>{10, 10}));
}

} // namespace ringside::scoring::peer::test
