#include "domain/audit/json.hpp"

#include <gtest/gtest.h>

namespace ringside::json {

namespace {

/// The complaint about `text`, or "ok".
std::string complaint(std::string_view text, limits within = {}) {
  auto parsed = parse(text, within);
  return parsed ? "ok" : parsed.reason().detail;
}

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

} // namespace

TEST(audit_json, writes_sorted_keys_and_shortest_escapes) {
  value v{object{{"b", array{1, true, "x"}},
                 {"a", std::string_view{"q\" \\ \b\t\n\f\r \x01\x1f / \x7f é"}},
                 {"aa", object{}},
                 {"_", -7}}};
  EXPECT_EQ(to_text(v), R"({"_":-7,"a":"q\" \\ \b\t\n\f\r \u0001\u001f / )"
                        "\x7f é\",\"aa\":{},\"b\":[1,true,\"x\"]}");
}

TEST(audit_json, reads_any_white_space_and_key_order) {
  auto parsed = parse(" { \"b\" : [ 1 , -2 ] ,\r\n\t\"a\" : { } } ");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(to_text(*parsed), R"({"a":{},"b":[1,-2]})");
}

TEST(audit_json, reads_every_escape) {
  auto parsed = parse(R"("\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC\ud83e\udd4a")");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(*parsed->as_string(), "\"\\/\b\f\n\r\tAé€🥊");
  auto zero = parse(R"("\u0000")");
  ASSERT_TRUE(zero);
  EXPECT_EQ(*zero->as_string(), std::string(1, '\0'));
  EXPECT_EQ(to_text(*zero), R"("\u0000")");
}

TEST(audit_json, keeps_integers_up_to_2_to_53_less_one) {
  EXPECT_EQ(*parse("9007199254740991")->as_int(), integer_max);
  EXPECT_EQ(*parse("-9007199254740991")->as_int(), -integer_max);
  EXPECT_EQ(complaint("9007199254740992"), "byte 0: integer beyond 2^53-1");
  EXPECT_EQ(complaint("-9007199254740992"), "byte 0: integer beyond 2^53-1");
  EXPECT_EQ(complaint("[1,99999999999999999999999]"),
            "byte 3: integer beyond 2^53-1");
}

TEST(audit_json, refuses_numbers_outside_the_profile) {
  EXPECT_EQ(complaint("-0"), "byte 0: -0 is not in the profile");
  EXPECT_EQ(complaint("1.0"),
            "byte 1: a fraction or exponent is not in the profile");
  EXPECT_EQ(complaint("1e3"),
            "byte 1: a fraction or exponent is not in the profile");
  EXPECT_EQ(complaint("-0.0"),
            "byte 2: a fraction or exponent is not in the profile");
  EXPECT_EQ(complaint("01"), "byte 0: leading zero");
  EXPECT_EQ(complaint("-01"), "byte 0: leading zero");
  for (auto text : {"-", "+1", ".5", "NaN", "Infinity", "0x10", "1_000"})
    EXPECT_NE(complaint(text), "ok") << text;
}

TEST(audit_json, refuses_null_and_unknown_words) {
  EXPECT_EQ(complaint(R"({"a":null})"), "byte 5: null is not in the profile");
  EXPECT_EQ(complaint("tru"), "byte 0: unknown word");
  EXPECT_EQ(complaint("falsy"), "byte 0: unknown word");
  EXPECT_EQ(complaint("truex"), "byte 4: something follows the value");
}

TEST(audit_json, refuses_duplicate_keys) {
  EXPECT_EQ(complaint(R"({"a":1,"b":2,"a":1})"), "byte 13: duplicate key");
  EXPECT_EQ(complaint(R"({"a":1,"\u0061":1})"), "byte 7: duplicate key");
}

TEST(audit_json, refuses_keys_outside_the_profile) {
  std::string longest(32, 'k');
  EXPECT_EQ(complaint("{\"" + longest + "\":1}"), "ok");
  EXPECT_EQ(complaint("{\"" + longest + "k\":1}"),
            "byte 1: key is not 1 to 32 of a-z 0-9 _");
  for (auto key : {"", "A", "a-b", "a b", "é", "a.b", "\\u0000"})
    EXPECT_EQ(complaint("{\"" + std::string{key} + "\":1}"),
              "byte 1: key is not 1 to 32 of a-z 0-9 _")
      << key;
}

TEST(audit_json, refuses_depth_beyond_the_limit) {
  EXPECT_EQ(complaint(nested(8)), "ok");
  EXPECT_EQ(complaint(nested(9)), "byte 8: nested too deep");
  EXPECT_EQ(complaint(nested(16), {.bytes_max = 100, .depth_max = 16}), "ok");
  EXPECT_EQ(complaint("1", {.bytes_max = 100, .depth_max = 0}), "ok");
  EXPECT_EQ(complaint(std::string(16'000, '[')), "byte 8: nested too deep");
}

TEST(audit_json, refuses_size_beyond_the_limit) {
  std::string text = "\"" + std::string(16 * 1024 - 2, 'x') + "\"";
  EXPECT_EQ(complaint(text), "ok");
  auto over = parse(text + " ");
  ASSERT_FALSE(over);
  EXPECT_EQ(over.reason().code, ec::too_large);
}

TEST(audit_json, refuses_bad_utf8_where_it_stands) {
  EXPECT_EQ(complaint("[\"ab\xff\"]"), "byte 4: not UTF-8");
  EXPECT_EQ(complaint("\"\xed\xa0\x80\""), "byte 1: not UTF-8");
  EXPECT_EQ(complaint("\"\xc0\xaf\""), "byte 1: not UTF-8");
  EXPECT_EQ(complaint("\"\xe2\x80"), "byte 1: not UTF-8");
  EXPECT_EQ(complaint("\xef\xbb\xbf{}"), "byte 0: expected a value");
}

TEST(audit_json, refuses_lone_surrogates) {
  for (auto text : {R"("\ud800")", R"("\udc00")", R"("\ud800x")",
                    R"("\ud800\n")", R"("\ud800\ud800")", R"("\udc00\ud800")"})
    EXPECT_EQ(complaint(text), "byte 1: lone surrogate") << text;
}

TEST(audit_json, refuses_bad_strings) {
  EXPECT_EQ(complaint("\"a\nb\""), "byte 2: control character in a string");
  EXPECT_EQ(complaint(std::string_view{"\"\0\"", 3}),
            "byte 1: control character in a string");
  EXPECT_EQ(complaint("\"abc"), "byte 4: string is not closed");
  EXPECT_EQ(complaint(R"("\x41")"), "byte 1: unknown escape");
  EXPECT_EQ(complaint("\"\\"), "byte 1: unknown escape");
  EXPECT_EQ(complaint(R"("\u12g4")"),
            "byte 1: escape needs four hexadecimal digits");
}

TEST(audit_json, refuses_trailing_bytes_and_broken_structure) {
  EXPECT_EQ(complaint("{} x"), "byte 3: something follows the value");
  EXPECT_EQ(complaint("{}{}"), "byte 2: something follows the value");
  EXPECT_EQ(complaint(std::string_view{"{}\0", 3}),
            "byte 2: something follows the value");
  EXPECT_EQ(complaint("{\"a\":1,}"), "byte 7: expected a key");
  EXPECT_EQ(complaint("[1,]"), "byte 3: expected a value");
  EXPECT_EQ(complaint("[1 2]"), "byte 3: expected , or ]");
  EXPECT_EQ(complaint("{\"a\" 1}"), "byte 5: expected :");
  EXPECT_EQ(complaint("{a:1}"), "byte 1: expected a key");
  EXPECT_EQ(complaint("{\"a\":1"), "byte 6: expected , or }");
  EXPECT_EQ(complaint("// c\n1"), "byte 0: expected a value");
  EXPECT_EQ(complaint(""), "byte 0: expected a value");
  EXPECT_EQ(complaint("['a']"), "byte 1: expected a value");
}

TEST(audit_json, canonical_form_is_one_form) {
  EXPECT_TRUE(parse_canonical(R"({"a":"é\n","b":[1,false]})"));
  for (auto text :
       {R"({"b":1,"a":2})", R"({"a": 1})", R"( {"a":1})", R"({"a":1} )",
        R"({"a":"\u0041"})", R"({"a":"\/"})", R"({"a":"\u000a"})",
        R"({"a":"\u001F"})", R"({"a":"\u00e9"})"}) {
    EXPECT_TRUE(parse(text)) << text;
    auto canonical = parse_canonical(text);
    ASSERT_FALSE(canonical) << text;
    EXPECT_EQ(canonical.reason().code, ec::malformed);
  }
  EXPECT_EQ(parse_canonical(R"({"a": 1})").reason().detail,
            "byte 5: not in canonical form");
}

TEST(audit_json, finds_members) {
  value v{object{{"a", 1}}};
  ASSERT_NE(v.find("a"), nullptr);
  EXPECT_EQ(*v.find("a")->as_int(), 1);
  EXPECT_EQ(v.find("b"), nullptr);
  EXPECT_EQ(value{1}.find("a"), nullptr);
}

TEST(audit_json, a_foreign_text_keeps_what_the_profile_has_no_place_for) {
  limits foreign{1'024, 8, true};
  auto v = parse(R"({"eventType":-0.70,"n":1e3,"big":9007199254740992,)"
                 R"("z":-0,"i":5,"none":null,"a b":[0.5]})",
                 foreign);
  ASSERT_TRUE(v);
  EXPECT_EQ(*v->find("eventType")->as_string(), "-0.70");
  EXPECT_EQ(*v->find("n")->as_string(), "1e3");
  EXPECT_EQ(*v->find("big")->as_string(), "9007199254740992");
  EXPECT_EQ(*v->find("z")->as_string(), "-0");
  EXPECT_EQ(*v->find("i")->as_int(), 5);
  EXPECT_EQ(*v->find("none")->as_string(), "");
  EXPECT_EQ(*v->find("a b")->as_array()->front().as_string(), "0.5");
}

TEST(audit_json, a_foreign_text_is_json_all_the_same) {
  limits foreign{1'024, 2, true};
  for (auto text : {"01", "-", "1.", ".5", "1e", "1e+", "+1", "NaN", "nul",
                    "-x", "00.1", R"({"":1})", R"({"a":1,"a":2})", "[[[1]]]",
                    "1 2", "", "0.12345678901234567890123456789012345678901"})
    EXPECT_FALSE(parse(text, foreign)) << text;
  auto long_key = "{\"" + std::string(65, 'a') + "\":1}";
  EXPECT_FALSE(parse(long_key, foreign));
  EXPECT_FALSE(parse("{\"A\":1}")) << "ours is as strict as before";
  EXPECT_FALSE(parse("0.5"));
}

TEST(audit_json_death, writer_refuses_values_outside_the_profile) {
  EXPECT_DEATH((void)to_text(value{integer_max + 1}), "broken invariant");
  EXPECT_DEATH((void)to_text(value{"\xff"}), "broken invariant");
  EXPECT_DEATH((void)to_text(value{object{{"A", 1}}}), "broken invariant");
}

} // namespace ringside::json
