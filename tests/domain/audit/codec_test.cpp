#include "domain/audit/base64.hpp"
#include "domain/audit/hex.hpp"
#include "domain/audit/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace ringside::audit {

namespace {

std::vector<std::uint8_t> bytes_of(std::string_view text) {
  return {text.begin(), text.end()};
}

} // namespace

TEST(audit_hex, refuses_all_but_its_own_form) {
  EXPECT_EQ(to_hex(bytes_of("\x01\xab")), "01ab");
  EXPECT_EQ(parse_hex("01ab"), bytes_of("\x01\xab"));
  EXPECT_EQ(parse_hex(""), bytes_of(""));
  for (auto text : {"0", "01AB", "0g", "0x01", " 01", "01 ", "01\n"})
    EXPECT_FALSE(parse_hex(text)) << text;
  std::string digits(64, 'a');
  EXPECT_TRUE(parse_hash_hex(digits));
  EXPECT_FALSE(parse_hash_hex(digits + "aa"));
  EXPECT_FALSE(parse_hash_hex(digits.substr(2)));
}

TEST(audit_base64, knows_the_vectors_of_rfc_4648) {
  std::vector<std::pair<std::string, std::string>> vectors{
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, coded] : vectors) {
    EXPECT_EQ(to_base64(bytes_of(plain)), coded);
    EXPECT_EQ(parse_base64(coded), bytes_of(plain));
  }
}

TEST(audit_base64, refuses_all_but_its_own_form) {
  for (auto text : {"Zg", "Zg=", "Zh==", "Zm9=", "Zm9v\n", " Zm9v", "Zm 9v",
                    "Zm9vZ", "Z===", "====", "Zg==Zg==", "_-__", "Zm9v="})
    EXPECT_FALSE(parse_base64(text)) << text;
  EXPECT_FALSE(parse_hash_base64("Zm9v"));
}

RC_GTEST_PROP(audit_base64, round_trips,
              (const std::vector<std::uint8_t>& bytes)) {
  RC_ASSERT(parse_base64(to_base64(bytes)) == bytes);
  RC_ASSERT(parse_hex(to_hex(bytes)) == bytes);
}

TEST(audit_text, reads_decimals_strictly) {
  EXPECT_EQ(parse_decimal("0"), 0u);
  EXPECT_EQ(parse_decimal("18446744073709551615"), UINT64_MAX);
  for (auto text : {"", "00", "01", "-1", "+1", "1 ", " 1", "1x", "1.0",
                    "18446744073709551616"})
    EXPECT_FALSE(parse_decimal(text)) << text;
}

TEST(audit_text, finds_the_first_bad_utf8) {
  constexpr auto none = std::string_view::npos;
  EXPECT_EQ(find_bad_utf8("a\xc3\xa9\xe2\x80\x94\xf0\x9f\xa5\x8a"), none);
  EXPECT_EQ(find_bad_utf8("a\xff"), 1u);
  EXPECT_EQ(find_bad_utf8("ab\x80"), 2u) << "lone continuation";
  EXPECT_EQ(find_bad_utf8("\xc0\x80"), 0u) << "overlong 2";
  EXPECT_EQ(find_bad_utf8("\xe0\x9f\xbf"), 0u) << "overlong 3";
  EXPECT_EQ(find_bad_utf8("\xf0\x8f\xbf\xbf"), 0u) << "overlong 4";
  EXPECT_EQ(find_bad_utf8("\xed\xa0\x80"), 0u) << "surrogate";
  EXPECT_EQ(find_bad_utf8("\xf4\x90\x80\x80"), 0u) << "beyond U+10FFFF";
  EXPECT_EQ(find_bad_utf8("a\xe2\x80"), 1u) << "cut off";
}

} // namespace ringside::audit
