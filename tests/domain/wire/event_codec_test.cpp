#include "domain/wire/event_codec.hpp"

#include "tests/support/bout_generators.hpp"
#include "tests/support/same.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

namespace ringside::wire {
namespace {

using test::same;

constexpr auto body_count = std::variant_size_v<bout::event_body>;

/// Writes as the journal does and reads the text back.
result<bout::event> through_text(const bout::event& e) {
  auto parsed = json::parse_canonical(json::to_text(data_of(e)));
  if (!parsed)
    return parsed.reason();
  return event_from(kind_of(e.body), *parsed, e.no, e.by);
}

RC_GTEST_PROP(event_codec, every_event_survives_the_round_trip, ()) {
  for (std::size_t index = 0; index < body_count; ++index) {
    auto e = test::any_event(index);
    auto back = through_text(e);
    RC_ASSERT(static_cast<bool>(back));
    RC_ASSERT(same(*back, e));
    RC_ASSERT(data_of(*back) == data_of(e));
  }
}

RC_GTEST_PROP(event_codec, every_logged_fact_survives_the_round_trip, ()) {
  for (std::size_t i = 0; i < std::variant_size_v<bout::fact>; ++i) {
    bout::fact_logged logged;
    test::fill(logged);
    logged.what = test::any_alternative<bout::fact>(i);
    auto e = test::any_event(7);
    e.body = logged;
    auto back = through_text(e);
    RC_ASSERT(static_cast<bool>(back));
    RC_ASSERT(same(*back, e));
  }
}

RC_GTEST_PROP(event_codec, every_result_survives_the_round_trip, ()) {
  auto x = test::any_outcome();
  auto back = outcome_from(outcome_json(x));
  RC_ASSERT(static_cast<bool>(back));
  RC_ASSERT(*back == x);
}

RC_GTEST_PROP(event_codec, any_change_of_a_field_name_is_refused, ()) {
  for (std::size_t index = 0; index < body_count; ++index) {
    auto e = test::any_event(index);
    auto data = data_of(e);
    auto& fields = *data.as_object();
    auto at = test::any_int(0, static_cast<int>(fields.size()) - 1);
    auto node = fields.extract(std::next(fields.begin(), at));
    node.key() += "_x";
    fields.insert(std::move(node));
    auto back = event_from(kind_of(e.body), data, e.no, e.by);
    RC_ASSERT(!back);
    RC_ASSERT(back.reason().code == ec::malformed);
  }
}

TEST(event_codec, names_every_kind_once) {
  auto kinds = all_kinds();
  EXPECT_EQ(kinds.size(), body_count - 1 + std::variant_size_v<bout::fact>);
  std::set<std::string_view> apart(kinds.begin(), kinds.end());
  EXPECT_EQ(apart.size(), kinds.size());
  for (auto kind : kinds)
    EXPECT_TRUE(json::valid_key(kind)) << kind;
}

TEST(event_codec, writes_a_strike_without_its_defaults) {
  bout::strike what;
  what.corner = corner::blue;
  what.technique = "jab";
  bout::event e{12,
                {role::operator_, "ann"},
                {5'000'123},
                bout::fact_logged{what, 2, {61'500}, 0}};
  EXPECT_EQ(kind_of(e.body), "strike_logged");
  EXPECT_EQ(json::to_text(data_of(e)),
            R"({"at_us":5000123,"corner":"blue","round":2,)"
            R"("round_ms":61500,"technique":"jab"})");
}

TEST(event_codec, writes_half_points_as_tenths) {
  bout::card_entry entry;
  entry.score = rules::round_score{{{100}, {95}}};
  bout::event e{
    3, {role::judge, "j1"}, {9}, bout::card_filed{1, 4, entry, "", true}};
  EXPECT_EQ(json::to_text(data_of(e)),
            R"({"at_us":9,"blue_x10":95,"late":true,"red_x10":100,)"
            R"("round":4,"seat":1})");
}

TEST(event_codec, writes_the_fact_of_a_replacement_with_its_type) {
  bout::fact_replaced x{
    12, bout::deduction{corner::red, {10}, "low"}, 1, {0}, "wrong corner"};
  EXPECT_EQ(json::to_text(data_of({13, {}, {1}, x})),
            R"({"at_us":1,"event_id":"e12","fact":{"corner":"red",)"
            R"("points_x10":10,"reason":"low","type":"deduction"},)"
            R"("reason":"wrong corner","round":1,"round_ms":0})");
}

TEST(event_codec, refuses_what_it_does_not_know) {
  json::object data{{"at_us", 1}, {"round", 1}};
  EXPECT_TRUE(event_from("round_opened", data, 1, {}));
  EXPECT_EQ(event_from("round_begun", data, 1, {}).reason().code,
            ec::malformed);
  EXPECT_EQ(event_from("", data, 1, {}).reason().code, ec::malformed);
  EXPECT_EQ(event_from("round_opened", json::object{{"at_us", 1}}, 1, {})
              .reason()
              .field,
            "round");
  data.emplace("colour", "red");
  EXPECT_EQ(event_from("round_opened", data, 1, {}).reason().field, "colour");
  EXPECT_EQ(event_from("round_opened", json::value{"x"}, 1, {}).reason().code,
            ec::malformed);
}

TEST(event_codec, refuses_a_number_that_its_field_cannot_hold) {
  json::object data{{"at_us", 1}, {"round", std::int64_t{1} << 40}};
  EXPECT_EQ(event_from("round_opened", data, 1, {}).reason().code,
            ec::invalid_value);
}

TEST(event_codec, reads_old_values_beyond_the_limits_of_today) {
  json::object data{{"at_us", 1}, {"text", std::string(5'000, 'x')}};
  EXPECT_TRUE(event_from("note_added", data, 1, {}));
}

TEST(event_ids, have_one_text_each) {
  EXPECT_EQ(event_id_text(12), "e12");
  EXPECT_EQ(parse_event_id("e12"), bout::event_no{12});
  EXPECT_EQ(parse_event_id("e4294967295"), bout::event_no{4'294'967'295U});
  for (auto text : {"", "e", "12", "e0", "e01", "e-1", "e+1", "e1 ", "E1",
                    "e4294967296", "e1x"})
    EXPECT_FALSE(parse_event_id(text)) << text;
}

TEST(issuers, survive_a_colon_in_the_account) {
  issuer who{role::operator_, "club:ann"};
  EXPECT_EQ(parse_issuer(to_string(who)), who);
  EXPECT_EQ(parse_issuer("operator:"), (issuer{role::operator_, ""}));
  EXPECT_FALSE(parse_issuer("operator"));
  EXPECT_FALSE(parse_issuer("referee:bob"));
}

} // namespace
} // namespace ringside::wire
