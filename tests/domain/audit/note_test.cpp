#include "domain/audit/note.hpp"

#include "domain/audit/base64.hpp"
#include "domain/audit/sha256.hpp"
#include "tests/domain/audit/vectors.hpp"

#include <gtest/gtest.h>

namespace ringside::audit {

namespace {

using namespace vectors;

constexpr std::string_view example_vkey
  = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
constexpr std::string_view example_note
  = "This is an example message.\n"
    "\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1"
    "ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

std::vector<verifier_key> example_keys() {
  return {*parse_vkey(example_vkey)};
}

std::string note_of(std::string text, std::vector<note_line> lines) {
  return to_text(signed_note{std::move(text), std::move(lines)});
}

template <class T>
ec code_of(const result<T>& r) {
  return r ? ec::internal : r.reason().code;
}

} // namespace

TEST(audit_note, opens_the_published_example) {
  auto opened = open_note(example_note, example_keys());
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->text, "This is an example message.\n");
  ASSERT_EQ(opened->signers.size(), 1u);
  EXPECT_EQ(opened->signers[0].key.name, "example.com/foo");
  EXPECT_EQ(opened->signers[0].unix_s, 0u);
}

TEST(audit_note, no_changed_bit_of_the_example_opens) {
  for (std::size_t i = 0; i < example_note.size(); ++i)
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed{example_note};
      changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
      EXPECT_FALSE(open_note(changed, example_keys())) << i << " " << bit;
    }
}

TEST(audit_note, reads_and_writes_verifier_keys) {
  EXPECT_EQ(vkey_text(*parse_vkey(example_vkey)), example_vkey);
  EXPECT_EQ(vkey_text(key_of(origin, seed_1).verifier()),
            "ringside.example/audit/v1+e232b4f8+AddamAGCsQq31Uv+08lkBzoO4XLz2q"
            "YjJa8CGmj3B1Ea");
  EXPECT_EQ(
    vkey_text(key_of("witness.example/w1", seed_2, key_algorithm::cosignature)
                .verifier()),
    "witness.example/w1+04d2d833+BD1AF8PoQ4lakrcKp00bfrycmCzPLsSWjMDNVfEq9GYM");
}

TEST(audit_note, signs_like_rfc_8032) {
  auto key = key_of("k", seed_1);
  EXPECT_EQ(to_hex(key.verifier().bytes),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  EXPECT_EQ(to_hex(key.sign("").blob),
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555f"
            "b8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
  EXPECT_EQ(to_hex(key_of("k", seed_2).verifier().bytes),
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
}

TEST(audit_note, refuses_malformed_verifier_keys) {
  for (auto text :
       {"", "example.com/foo", "example.com/foo+530d903a",
        "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv",
        "exa mple+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"})
    EXPECT_FALSE(parse_vkey(text)) << text;
}

TEST(audit_note, refuses_weak_keys) {
  // Small order, not canonical, and not on the curve.
  for (auto hex :
       {"0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "0200000000000000000000000000000000000000000000000000000000000000"})
    EXPECT_FALSE(
      make_verifier_key("k", key_algorithm::ed25519, *parse_hex(hex)))
      << hex;
}

TEST(audit_note, key_names_have_no_space_and_no_plus) {
  for (auto name : {"a", "a/b", "é", "例え"})
    EXPECT_TRUE(valid_key_name(name)) << name;
  for (std::string name : {"", "a b", "a+b", "a\tb", "a\nb", "a\xc2\xa0",
                           "a\xe2\x80\x83", "a\xe3\x80\x80", "\xff", "a\x7f"})
    EXPECT_FALSE(valid_key_name(name)) << name;
  EXPECT_FALSE(valid_key_name(std::string(256, 'a')));
}

TEST(audit_note, ignores_unknown_keys_even_with_a_known_name_or_id) {
  auto known = key_of("me", seed_1);
  auto good = known.sign("text\n");
  auto same_name = key_of("me", seed_2).sign("something else\n");
  auto same_id = note_line{"you", good.key_id, {1, 2, 3}};
  auto unknown_type = note_line{"pq", 7, std::vector<std::uint8_t>(5'000, 9)};
  auto note = note_of("text\n", {same_name, same_id, good, unknown_type});
  std::vector keys{known.verifier()};
  auto opened = open_note(note, keys);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->signers.size(), 1u);
  EXPECT_EQ(code_of(open_note(note_of("text\n", {same_name, same_id}), keys)),
            ec::unauthenticated);
  EXPECT_EQ(code_of(open_note(note, {})), ec::unauthenticated);
}

TEST(audit_note, one_failing_line_of_a_known_key_spoils_the_note) {
  auto one = key_of("one", seed_1);
  auto two = key_of("two", seed_2);
  auto good = one.sign("text\n");
  auto bad = two.sign("another text\n");
  auto short_one = two.sign("text\n");
  short_one.blob.pop_back();
  std::vector keys{one.verifier(), two.verifier()};
  EXPECT_EQ(code_of(open_note(note_of("text\n", {good, bad}), keys)),
            ec::corrupt);
  EXPECT_EQ(code_of(open_note(note_of("text\n", {good, short_one}), keys)),
            ec::corrupt);
  // Also as a repetition of a key that already signed well.
  auto again = one.sign("another text\n");
  EXPECT_EQ(code_of(open_note(note_of("text\n", {good, again}), keys)),
            ec::corrupt);
  auto twice = open_note(note_of("text\n", {good, good}), keys);
  ASSERT_TRUE(twice);
  EXPECT_EQ(twice->signers.size(), 1u);
}

TEST(audit_note, accepts_sixteen_lines_and_more_up_to_the_limit) {
  auto key = key_of("me", seed_1);
  std::vector keys{key.verifier()};
  std::vector<note_line> lines(15, note_line{"other", 1, {1}});
  lines.push_back(key.sign("text\n"));
  EXPECT_TRUE(open_note(note_of("text\n", lines), keys));
  lines.resize(note_lines_max, note_line{"other", 1, {1}});
  EXPECT_TRUE(open_note(note_of("text\n", lines), keys));
  lines.push_back({"other", 1, {1}});
  EXPECT_EQ(code_of(open_note(note_of("text\n", lines), keys)), ec::too_large);
}

TEST(audit_note, the_last_empty_line_is_the_border) {
  auto key = key_of("me", seed_1);
  std::vector keys{key.verifier()};
  std::string text = "poem\n\nsecond verse\n\n\nthird\n";
  auto opened = open_note(note_of(text, {key.sign(text)}), keys);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->text, text);
}

TEST(audit_note, refuses_what_is_no_note) {
  std::string good{example_note};
  auto line = good.substr(good.find("— "));
  for (std::string text :
       {std::string{}, std::string{"\n"}, std::string{"text\n"},
        "text\n" + line, std::string{"text\n\n"}, good + std::string{"\n"},
        good + std::string{"x"}, good.substr(0, good.size() - 1),
        "te\txt\n\n" + line, "te\rxt\n\n" + line, "te\xffxt\n\n" + line,
        "text\n\n- " + line, std::string{"text\n\n— name\n"},
        std::string{"text\n\n— name \n"}, std::string{"text\n\n—  AAAAAAA=\n"},
        std::string{"text\n\n— name AAAA\n"},
        std::string{"text\n\n— na+me AAAAAAA=\n"},
        std::string{"text\n\n— name AAAAAAA\n"},
        std::string{"text\n\n— name AAAAAAA= \n"}}) {
    auto opened = open_note(text, example_keys());
    EXPECT_EQ(code_of(opened), ec::malformed) << text;
  }
  EXPECT_EQ(code_of(parse_note(std::string(note_bytes_max + 1, 'a'))),
            ec::too_large);
}

TEST(audit_note, a_cosignature_covers_its_time) {
  auto witness = key_of("w", seed_2, key_algorithm::cosignature);
  std::vector keys{witness.verifier()};
  auto line = witness.cosign("text\n", 1'679'315'147);
  auto opened = open_note(note_of("text\n", {line}), keys);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->signers[0].unix_s, 1'679'315'147u);
  line.blob[7] ^= 1;
  EXPECT_EQ(code_of(open_note(note_of("text\n", {line}), keys)), ec::corrupt);
  line.blob.resize(5);
  EXPECT_EQ(code_of(open_note(note_of("text\n", {line}), keys)), ec::corrupt);
}

TEST(audit_note, one_type_of_signature_is_never_taken_for_the_other) {
  auto plain = key_of("k", seed_1);
  auto timed = key_of("k", seed_1, key_algorithm::cosignature);
  EXPECT_NE(plain.verifier().id, timed.verifier().id);
  auto line = plain.sign(cosigned_text(5, "text\n"));
  line.key_id = timed.verifier().id;
  std::vector keys{timed.verifier()};
  EXPECT_EQ(code_of(open_note(note_of("text\n", {line}), keys)), ec::corrupt);
}

TEST(audit_note, a_moved_key_signs_and_the_old_one_is_wiped) {
  auto first = key_of("k", seed_1);
  auto line = first.sign("text\n");
  auto second = std::move(first);
  EXPECT_EQ(second.sign("text\n"), line);
  auto third = key_of("other", seed_2);
  third = std::move(second);
  EXPECT_EQ(third.sign("text\n"), line);
  EXPECT_FALSE(
    signing_key::from_seed("k", key_algorithm::ed25519, *parse_hex("00")));
}

} // namespace ringside::audit
