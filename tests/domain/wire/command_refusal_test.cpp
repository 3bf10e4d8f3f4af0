#include "domain/wire/command_codec.hpp"

#include <gtest/gtest.h>

namespace ringside::wire {
namespace {

constexpr auto id_field
  = R"({"command_id":"0b8e7a52-6e0f-4a52-9a3c-1f2e3d4c5b6a")";

/// One bad body, and what is said about it.
struct refusal {
  const char* fields;
  ec code;
  const char* field;
};

std::ostream& operator<<(std::ostream& out, const refusal& x) {
  return out << x.fields;
}

error refused(const std::string& text) {
  auto body = json::parse(text);
  if (!body) {
    ADD_FAILURE() << body.reason().detail;
    return {};
  }
  auto got = parse_command(*body, {role::operator_, "ann"});
  if (got) {
    ADD_FAILURE() << "was read: " << text;
    return {};
  }
  return got.reason();
}

class command_refusal : public testing::TestWithParam<refusal> {};

TEST_P(command_refusal, says_which_field_is_wrong) {
  auto why = refused(std::string{id_field} + "," + GetParam().fields + "}");
  EXPECT_EQ(why.code, GetParam().code) << why.detail;
  EXPECT_EQ(why.field, GetParam().field) << why.detail;
  EXPECT_FALSE(why.detail.empty());
}

constexpr auto bad = ec::malformed;
constexpr auto wrong = ec::invalid_value;

INSTANTIATE_TEST_SUITE_P(
  values, command_refusal,
  testing::Values(
    refusal{R"("type":"log_takedown","corner":"PURPLE")", wrong, "corner"},
    refusal{R"("type":"log_takedown","corner":"Red")", wrong, "corner"},
    refusal{R"("type":"open_round","round":-3)", wrong, "round"},
    refusal{R"("type":"open_round","round":0)", wrong, "round"},
    refusal{R"("type":"open_round","round":31)", wrong, "round"},
    refusal{R"("type":"open_round","round":9007199254740991)", wrong, "round"},
    refusal{R"("type":"open_round","round":"abc")", wrong, "round"},
    refusal{R"("type":"record_finish","method":"ko","round":1,)"
            R"("round_ms":"abc")",
            wrong, "round_ms"},
    refusal{R"("type":"record_finish","method":"ko","round":1,"round_ms":-50)",
            wrong, "round_ms"},
    refusal{R"("type":"record_finish","method":"magic","round":1,)"
            R"("round_ms":5)",
            wrong, "method"},
    refusal{R"("type":"submit_card","seat":-1,"round":1,"red":10,"blue":9)",
            wrong, "seat"},
    refusal{R"("type":"submit_card","seat":1,"round":1,"red":-10,"blue":9)",
            wrong, "red"},
    refusal{R"("type":"submit_card","seat":1,"pick":"even")", wrong, "pick"},
    refusal{R"("type":"log_press","seat":6,"corner":"red")", wrong, "seat"},
    refusal{R"("type":"deduct_point","corner":"red","points":0,"reason":"x")",
            wrong, "points"},
    refusal{R"("type":"retract_event","event_id":"12")", wrong, "event_id"},
    refusal{R"("type":"retract_event","event_id":"e0")", wrong, "event_id"},
    refusal{R"("type":"rule_on_protest","protest":"e4","ruling":"maybe",)"
            R"("reason":"x")",
            wrong, "ruling"},
    refusal{R"("type":"cancel_bout","reason":"a\u0007b")", wrong, "reason"},
    refusal{R"("type":"log_foul","corner":"red","code":"low\nblow")", wrong,
            "code"},
    refusal{R"("type":"start_clock","at":{"device_us":-1,"generation":0})",
            wrong, "at.device_us"},
    refusal{R"("type":"fly")", wrong, "type"},
    refusal{R"("type":"create_bout")", wrong, "type"},
    refusal{R"("type":"")", wrong, "type"}));

INSTANTIATE_TEST_SUITE_P(
  shapes, command_refusal,
  testing::Values(
    refusal{R"("tipe":"start_clock")", bad, "type"},
    refusal{R"("type":7)", bad, "type"},
    refusal{R"("type":"log_takedown")", bad, "corner"},
    refusal{R"("type":"log_takedown","cornr":"red")", bad, "cornr"},
    refusal{R"("type":"log_takedown","corner":"red","colour":1)", bad,
            "colour"},
    refusal{R"("type":"log_takedown","corner":"red","landed":1)", bad,
            "landed"},
    refusal{R"("type":"log_takedown","corner":["red"])", bad, "corner"},
    refusal{R"("type":"open_round","round":true)", bad, "round"},
    refusal{R"("type":"open_round","round":{"n":1})", bad, "round"},
    refusal{R"("type":"start_clock","at":5)", bad, "at"},
    refusal{R"("type":"start_clock","at":{"device_us":1})", bad,
            "at.generation"},
    refusal{R"("type":"start_clock","at":{"device_us":1,"generation":1,)"
            R"("zone":"utc"})",
            bad, "at.zone"},
    refusal{R"("type":"replace_event","event_id":"e3","fact":{)"
            R"("type":"log_strike","corner":"red","technik":"jab"})",
            bad, "fact.technik"},
    refusal{R"("type":"submit_card","seat":1,"round":1)", bad, "red"},
    refusal{R"("type":"submit_card","seat":1,"round":1,"red":10)", bad, "blue"},
    refusal{R"("type":"submit_card","seat":1,"round":1,"red":10,"blue":9,)"
            R"("pick":"red")",
            bad, "red"},
    refusal{R"("type":"submit_card","seat":1,"round":1,"red":10,"blue":9,)"
            R"("red_x10":100,"blue_x10":90)",
            bad, "red"},
    refusal{R"("type":"submit_card","seat":1,"criteria":["damage"])", bad,
            "criteria"}));

TEST(command_refusals, name_the_nearest_field) {
  auto why = refused(std::string{id_field}
                     + R"(,"type":"log_takedown","cornr":"red"})");
  EXPECT_NE(why.detail.find("'corner'"), std::string::npos) << why.detail;
}

TEST(command_refusals, name_the_nearest_type) {
  auto why = refused(std::string{id_field} + R"(,"type":"log_knock_down"})");
  EXPECT_NE(why.detail.find("'log_knockdown'"), std::string::npos)
    << why.detail;
}

TEST(command_refusals, say_that_an_id_is_missing_or_no_uuid) {
  EXPECT_EQ(refused(R"({"type":"start_clock"})").field, "command_id");
  auto why = refused(R"({"command_id":"7","type":"start_clock"})");
  EXPECT_EQ(why.code, ec::invalid_value);
  EXPECT_EQ(why.field, "command_id");
}

TEST(command_refusals, want_an_object) {
  EXPECT_EQ(refused(R"([1,2])").code, ec::malformed);
  EXPECT_EQ(refused(R"("open_round")").code, ec::malformed);
}

TEST(command_refusals, cut_long_values_between_characters) {
  std::string eggs;
  for (int i = 0; i < 400; ++i)
    eggs += "\u00e9";
  auto why = refused(std::string{id_field}
                     + R"(,"type":"log_takedown","corner":"x)" + eggs + "\"}");
  EXPECT_LT(why.detail.size(), 200U);
  // What goes into an answer must be writable as JSON again.
  EXPECT_TRUE(json::parse(json::to_text(json::value{why.detail})));
}

TEST(command_refusals, limit_the_length_of_texts) {
  auto note = [](std::size_t bytes) {
    return std::string{id_field} + R"(,"type":"add_note","text":")"
           + std::string(bytes, 'x') + "\"}";
  };
  EXPECT_TRUE(parse_command(*json::parse(note(2'000)), {}));
  EXPECT_EQ(refused(note(2'001)).field, "text");
}

TEST(create_bout_refusals, name_the_inner_field) {
  auto refused_bout = [](const std::string& fields) {
    auto body = json::parse(std::string{id_field} + "," + fields + "}");
    auto got = parse_create_bout(*body, {});
    return got ? std::string{"was read"} : got.reason().field;
  };
  EXPECT_EQ(refused_bout(R"("ruleset":"x","red":{"nam":"A"},)"
                         R"("blue":{"name":"B"})"),
            "red.nam");
  EXPECT_EQ(refused_bout(R"("ruleset":"x","red":{"name":"A"})"), "blue");
  EXPECT_EQ(refused_bout(R"("ruleset":"x","red":{"name":"A"},)"
                         R"("blue":{"name":"B"},"scheduled_rounds":-3)"),
            "scheduled_rounds");
  EXPECT_EQ(refused_bout(R"("ruleset":"x","red":{"name":"A"},)"
                         R"("blue":{"name":"B"},"judges":[{},{},{},{},{},{}])"),
            "judges");
}

} // namespace
} // namespace ringside::wire
