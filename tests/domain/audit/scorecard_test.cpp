#include "domain/audit/scorecard.hpp"

#include "domain/audit/commitment.hpp"
#include "domain/audit/sha256.hpp"
#include "tests/domain/audit/vectors.hpp"

#include <gtest/gtest.h>

namespace ringside::audit {

namespace {

using namespace vectors;

constexpr std::string_view name = "ringside.example/official/j2";
constexpr std::string_view published
  = "ringside/scorecard/v1\n"
    "{\"blue\":\"f-22\",\"bout\":\"b-0042\",\"judge\":\"j2\",\"red\":\"f-11\","
    "\"round\":1,\"score\":{\"blue\":9,\"red\":10}}\n"
    "\n"
    "— ringside.example/official/j2 kBnbwyOiZLpyOvEViJr7Rt+rcEKJOxXtykIGkL3+hk"
    "hePnMbQaxBvl4fIrodOxdm3u6fGdoKMtw78MHwoRQ2xtG2RAg=\n";

json::value card() {
  return json::object{
    {"bout", "b-0042"}, {"judge", "j2"},
    {"round", 1},       {"red", "f-11"},
    {"blue", "f-22"},   {"score", json::object{{"red", 10}, {"blue", 9}}},
  };
}

std::vector<verifier_key> official() {
  return {*parse_vkey(
    "ringside.example/official/j2+9019dbc3+AT1AF8PoQ4lakrcKp00bfrycmCzPLsSWjMD"
    "NVfEq9GYM")};
}

} // namespace

TEST(audit_scorecard, signs_the_published_bytes) {
  auto key = key_of(name, seed_2);
  EXPECT_EQ(sign_scorecard(card(), key), published);
  auto opened = open_scorecard(published, official());
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->card, card());
  EXPECT_EQ(opened->official.name, name);
}

TEST(audit_scorecard, no_changed_byte_opens) {
  for (std::size_t i = 0; i < published.size(); ++i) {
    std::string changed{published};
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(open_scorecard(changed, official())) << i;
  }
}

TEST(audit_scorecard, is_taken_for_nothing_else) {
  auto key = key_of(name, seed_2);
  auto note_over = [&](const std::string& text) {
    return to_text(signed_note{text, {key.sign(text)}});
  };
  std::string label = "ringside/scorecard/v1\n";
  EXPECT_TRUE(open_scorecard(note_over(label + "{\"a\":1}\n"), official()));
  for (const auto& text :
       {std::string{"{\"a\":1}\n"},
        std::string{"ringside/clip/v1\n{\"a\":1}\n"}, label + "{\"a\": 1}\n",
        label + "[]\n", label, label + "\n", label + "{\"a\":1}\n\n",
        label + "{\"a\":1}\n{\"a\":1}\n"})
    EXPECT_FALSE(open_scorecard(note_over(text), official())) << text;
}

TEST(audit_scorecard, has_one_official) {
  auto two = key_of("ringside.example/official/j3", seed_1);
  auto text = scorecard_text(card());
  auto both = to_text(
    signed_note{text, {key_of(name, seed_2).sign(text), two.sign(text)}});
  auto keys = official();
  EXPECT_TRUE(open_scorecard(both, keys)) << "the other one is unknown";
  keys.push_back(two.verifier());
  EXPECT_FALSE(open_scorecard(both, keys));
}

TEST(audit_commitment, hides_and_binds_a_payload) {
  using namespace std::string_view_literals;
  commit_salt salt{};
  for (std::uint8_t i = 0; i < salt.size(); ++i)
    salt[i] = i;
  auto bytes = *parse_hex("000102030405060708090a0b0c0d0e0f");
  std::string_view salt_text{reinterpret_cast<const char*>(bytes.data()), 16};
  json::value payload = json::object{{"name", "A. Fighter"}};
  auto committed = commitment(salt, payload);
  EXPECT_EQ(committed, to_hex(sha256({"ringside/commit/v1\0"sv, salt_text,
                                      "{\"name\":\"A. Fighter\"}"})));
  salt[15] ^= 1;
  EXPECT_NE(commitment(salt, payload), committed);
}

} // namespace ringside::audit
