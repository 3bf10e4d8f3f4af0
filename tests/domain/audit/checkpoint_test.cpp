#include "domain/audit/checkpoint.hpp"

#include "domain/audit/sha256.hpp"
#include "domain/audit/signer_state.hpp"
#include "tests/domain/audit/vectors.hpp"

#include <gtest/gtest.h>

namespace ringside::audit {

namespace {

using namespace vectors;

checkpoint head_of_eight() {
  return {std::string{origin}, 8, eight_roots()[8]};
}

std::vector<verifier_key> both_keys() {
  return {key_of(origin, seed_1).verifier(),
          key_of("witness.example/w1", seed_2, key_algorithm::cosignature)
            .verifier()};
}

} // namespace

TEST(audit_checkpoint, signs_and_cosigns_the_published_bytes) {
  auto log = key_of(origin, seed_1);
  auto witness
    = key_of("witness.example/w1", seed_2, key_algorithm::cosignature);
  auto text = checkpoint_text(head_of_eight());
  auto note = sign_checkpoint(head_of_eight(), log)
              + line_text(witness.cosign(text, 1'679'315'147));
  EXPECT_EQ(note, checkpoint_8);
  EXPECT_EQ(to_hex(sha256(text)),
            "8eee9a821502a4bb6d2d9bb3bcb2cd5cd4d7301ea07eea844458f50163c8f66b");
  EXPECT_EQ(to_hex(sha256(note)),
            "3d4028cfa46b11071b290a635abdc6207a1344b5c954b4355e1b2364ebc5da51");
}

TEST(audit_checkpoint, opens_with_the_signers_named) {
  auto opened = open_checkpoint(checkpoint_8, both_keys());
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->head, head_of_eight());
  ASSERT_EQ(opened->signers.size(), 2u);
  EXPECT_EQ(opened->signers[1].unix_s, 1'679'315'147u);
}

TEST(audit_checkpoint, no_changed_bit_opens) {
  for (std::size_t i = 0; i < checkpoint_8.size(); ++i) {
    std::string changed{checkpoint_8};
    changed[i] = static_cast<char>(changed[i] ^ 1);
    auto opened = open_checkpoint(changed, both_keys());
    // A changed witness name or id makes an unknown witness, nothing worse.
    auto unknown = opened && opened->signers.size() == 1
                   && i > checkpoint_8.find("— witness");
    EXPECT_TRUE(!opened || unknown) << i;
  }
}

TEST(audit_checkpoint, needs_the_key_named_like_the_origin) {
  auto other = key_of("other.example/log", seed_1);
  auto text = checkpoint_text(head_of_eight());
  auto note = to_text(signed_note{text, {other.sign(text)}});
  std::vector keys{other.verifier()};
  auto opened = open_checkpoint(note, keys);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.reason().code, ec::unauthenticated);
  auto witness_only = open_checkpoint(checkpoint_8, {{both_keys()[1]}});
  EXPECT_FALSE(witness_only);
}

TEST(audit_checkpoint, reads_exactly_three_lines) {
  auto text = checkpoint_text(head_of_eight());
  EXPECT_EQ(*parse_checkpoint(text), head_of_eight());
  std::string root = "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n";
  for (std::string bad :
       {std::string{}, text + "extension\n", text + "\n",
        text.substr(0, text.size() - 1), "\n8\n" + root, "o\n08\n" + root,
        "o\n+8\n" + root, "o\n-1\n" + root, "o\n\n" + root, "o\n8 \n" + root,
        "o o\n8\n" + root, "o\n99999999999999999999\n" + root,
        std::string{"o\n8\nAAAA\n"}, std::string{"o\n8\n\n"}})
    EXPECT_FALSE(parse_checkpoint(bad)) << bad;
}

TEST(audit_checkpoint_death, signs_only_under_its_own_name) {
  auto other = key_of("other.example/log", seed_1);
  EXPECT_DEATH((void)sign_checkpoint(head_of_eight(), other),
               "broken invariant");
}

TEST(audit_signer_state, never_signs_two_heads_that_contradict) {
  signer_state state{head_of_eight()};
  auto next = head_of_eight();
  EXPECT_TRUE(may_sign(state, next)) << "the same head again";
  next.size = 9;
  EXPECT_TRUE(may_sign(state, next));
  next.size = 7;
  auto smaller = may_sign(state, next);
  ASSERT_FALSE(smaller);
  EXPECT_EQ(smaller.reason().code, ec::corrupt);
  next = head_of_eight();
  next.root[0] ^= 1;
  auto fork = may_sign(state, next);
  ASSERT_FALSE(fork);
  EXPECT_EQ(fork.reason().code, ec::corrupt);
  next = head_of_eight();
  next.origin = "other";
  EXPECT_FALSE(may_sign(state, next));
}

TEST(audit_signer_state, survives_as_text) {
  signer_state state{head_of_eight()};
  auto text = to_text(state);
  auto again = parse_signer_state(text);
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, state);
  for (std::size_t cut = 0; cut < text.size(); ++cut) {
    auto torn = parse_signer_state(text.substr(0, cut));
    ASSERT_FALSE(torn) << cut;
    EXPECT_EQ(torn.reason().code, ec::corrupt);
  }
}

} // namespace ringside::audit
