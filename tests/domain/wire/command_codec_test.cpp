#include "domain/wire/command_codec.hpp"

#include "domain/audit/sha256.hpp"
#include "domain/bout/rights.hpp"
#include "tests/support/bout_generators.hpp"
#include "tests/support/same.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace ringside::wire {
namespace {

using test::same;

constexpr auto id_text = "0b8e7a52-6e0f-4a52-9a3c-1f2e3d4c5b6a";

result<parsed_command> parse_text(const std::string& text) {
  auto body = json::parse(text);
  if (!body)
    return body.reason();
  return parse_command(*body, {role::operator_, "ann"});
}

/// The body of a command with the usual id.
std::string command(const std::string& fields) {
  return R"({"command_id":")" + std::string{id_text} + R"(",)" + fields + "}";
}

RC_GTEST_PROP(command_codec, every_command_survives_the_round_trip, ()) {
  for (std::size_t i = 0; i < std::variant_size_v<bout::command_body>; ++i) {
    auto c = test::any_command(i);
    auto body = json::parse(json::to_text(command_json(c)));
    RC_ASSERT(static_cast<bool>(body));
    auto back
      = i == 0 ? parse_create_bout(*body, c.by) : parse_command(*body, c.by);
    RC_ASSERT(static_cast<bool>(back));
    RC_ASSERT(same(back->command.body, c.body));
    RC_ASSERT(back->command.id == c.id);
    RC_ASSERT(back->command.by == c.by);
    RC_ASSERT(!back->command.occurred);
  }
}

RC_GTEST_PROP(command_codec, every_logged_fact_survives_the_round_trip, ()) {
  for (std::size_t i = 0; i < std::variant_size_v<bout::fact>; ++i) {
    auto c = test::any_command(7);
    std::get<bout::log_fact>(c.body).what
      = test::any_alternative<bout::fact>(i);
    device_time at{test::any_int(0, 1'000'000), test::any_int(0, 9)};
    auto back = parse_command(command_json(c, at), c.by);
    RC_ASSERT(static_cast<bool>(back));
    RC_ASSERT(same(back->command.body, c.body));
    RC_ASSERT(back->at == at);
  }
}

TEST(command_codec, reads_a_tap_of_an_operator) {
  auto got = parse_text(command(
    R"("type":"log_strike","corner":"red","technique":"jab","target":"head",)"
    R"("at":{"device_us":81234567,"generation":2})"));
  ASSERT_TRUE(got) << got.reason().detail;
  const auto& log = std::get<bout::log_fact>(got->command.body);
  bout::strike expected;
  expected.technique = "jab";
  expected.target = bout::strike_target::head;
  EXPECT_EQ(std::get<bout::strike>(log.what), expected);
  EXPECT_FALSE(log.round);
  EXPECT_EQ(got->at, (device_time{81'234'567, 2}));
  EXPECT_EQ(to_string(got->command.id), id_text);
}

TEST(command_codec, digests_the_body_without_its_personal_text) {
  auto read = [](const std::string& rest) {
    auto body = json::parse(
      R"({"command_id":"0b8e7a52-6e0f-4a52-9a3c-1f2e3d4c5b6a",)" + rest + "}");
    return parse_command(*body, {role::supervisor, "s"})->command;
  };
  auto one = read(R"("type":"add_note","text":"one")");
  auto two = read(R"("type":"add_note","text":"two")");
  auto round = read(R"("type":"add_note","text":"one","round":2)");
  ASSERT_TRUE(one.public_digest);
  EXPECT_NE(one.digest, two.digest);
  EXPECT_EQ(one.public_digest, two.public_digest);
  EXPECT_NE(one.public_digest, round.public_digest);
  EXPECT_TRUE(
    read(R"("type":"rule_on_protest","protest":"e5","ruling":"denied",)"
         R"("reason":"late")")
      .public_digest);
  EXPECT_FALSE(read(R"("type":"cancel_bout","reason":"rain")").public_digest);
}

TEST(command_codec, digests_the_canonical_body) {
  auto a = parse_text(command(R"("type":"open_round","round":1)"));
  auto b = parse_text(R"({ "round" : 1, "type":"open_round", "command_id":")"
                      + std::string{id_text} + R"(" })");
  auto c = parse_text(command(R"("type":"open_round","round":2)"));
  ASSERT_TRUE(a && b && c);
  EXPECT_EQ(a->command.digest, b->command.digest);
  EXPECT_NE(a->command.digest, c->command.digest);
  EXPECT_EQ(a->command.digest,
            audit::sha256(R"({"command_id":")" + std::string{id_text}
                          + R"(","round":1,"type":"open_round"})"));
}

TEST(command_codec, reads_a_card_in_whole_points_or_tenths) {
  auto whole = parse_text(
    command(R"("type":"submit_card","seat":1,"round":1,"red":10,"blue":9)"));
  auto tenths = parse_text(command(
    R"("type":"submit_card","seat":1,"round":1,"red_x10":100,"blue_x10":95)"));
  ASSERT_TRUE(whole && tenths);
  auto entry = [](const auto& got) {
    return std::get<bout::submit_card>(got->command.body).entry;
  };
  EXPECT_EQ(entry(whole).score->raw, (per_corner<points>{{100}, {90}}));
  EXPECT_EQ(entry(tenths).score->raw, (per_corner<points>{{100}, {95}}));
}

TEST(command_codec, reads_criteria_by_their_id) {
  auto got = parse_text(
    command(R"("type":"submit_card","seat":2,"criteria":{"aggression":"blue",)"
            R"("damage":"none","near_finish":"red","striking":"red"})"));
  ASSERT_TRUE(got) << got.reason().detail;
  const auto& x = std::get<bout::submit_card>(got->command.body);
  EXPECT_EQ(x.round, 0);
  std::vector<bout::criterion_pick> expected{{"aggression", corner::blue},
                                             {"damage", std::nullopt},
                                             {"near_finish", corner::red},
                                             {"striking", corner::red}};
  EXPECT_EQ(x.entry.criteria, expected);
}

TEST(command_codec, reads_an_even_card_of_the_whole_bout) {
  auto got
    = parse_text(command(R"("type":"submit_card","seat":2,"pick":"none")"));
  ASSERT_TRUE(got);
  EXPECT_EQ(std::get<bout::submit_card>(got->command.body).entry,
            bout::card_entry{});
}

TEST(command_codec, reads_a_new_bout) {
  auto body = json::parse(
    command(R"("ruleset":"unified_mma","red":{"name":"A","record":"9-0"},)"
            R"("blue":{"name":"B"},"judges":[{"name":"J1","account":"j1"},)"
            R"({"name":"J2"},{"name":"J3"}],"title_bout":true)"));
  auto got = parse_create_bout(*body, {role::supervisor, "sue"});
  ASSERT_TRUE(got) << got.reason().detail;
  const auto& x = std::get<bout::create_bout>(got->command.body);
  EXPECT_EQ(x.fighters.red.record, "9-0");
  EXPECT_EQ(x.fighters.blue.name, "B");
  ASSERT_EQ(x.judges.size(), 3U);
  EXPECT_EQ(x.judges[0].account, "j1");
  EXPECT_EQ(x.scheduled_rounds, 0);
  EXPECT_TRUE(x.title_bout);
}

TEST(command_codec, names_every_type_once) {
  auto types = all_command_types();
  EXPECT_EQ(types.size(), std::variant_size_v<bout::command_body> - 2
                            + std::variant_size_v<bout::fact>);
  std::set<std::string_view> apart(types.begin(), types.end());
  EXPECT_EQ(apart.size(), types.size());
}

} // namespace
} // namespace ringside::wire
