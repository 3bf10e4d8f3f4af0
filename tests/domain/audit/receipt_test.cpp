#include "domain/audit/leaf_log.hpp"
#include "domain/audit/proof_text.hpp"
#include "tests/domain/audit/vectors.hpp"

#include <gtest/gtest.h>

namespace ringside::audit {

namespace {

using namespace vectors;

std::vector<verifier_key> keys() {
  return {key_of(origin, seed_1).verifier()};
}

/// Entry 5 of the eight is "@ABC".
inclusion_receipt receipt_5() {
  leaf_log log;
  for (const auto& leaf : eight_leaves())
    log.append(leaf);
  return {5, *log.inclusion(5, 8), std::string{checkpoint_8}};
}

template <class T>
ec refusal_of(const result<T>& r) {
  return r ? ec::internal : r.reason().code;
}

} // namespace

TEST(audit_receipt, proves_an_entry_offline) {
  auto text = to_text(receipt_5());
  EXPECT_TRUE(text.starts_with("c2sp.org/tlog-proof@v1\nindex 5\nvBoGQ7EuTS1"));
  EXPECT_TRUE(text.ends_with("\n\n" + std::string{checkpoint_8}));
  EXPECT_EQ(*parse_receipt(text), receipt_5());
  auto verified = verify_receipt(text, "@ABC", keys());
  ASSERT_TRUE(verified);
  EXPECT_EQ(verified->head.size, 8u);
}

TEST(audit_receipt, refuses_another_entry_index_or_signature) {
  auto text = to_text(receipt_5());
  EXPECT_EQ(refusal_of(verify_receipt(text, "@ABD", keys())), ec::corrupt);
  auto moved = receipt_5();
  moved.index = 4;
  EXPECT_EQ(refusal_of(verify_receipt(to_text(moved), "@ABC", keys())),
            ec::corrupt);
  EXPECT_EQ(refusal_of(verify_receipt(text, "@ABC", {})), ec::unauthenticated);
}

TEST(audit_receipt, a_log_of_one_entry_needs_no_hashes) {
  auto key = key_of(origin, seed_1);
  auto leaf = leaf_hash("only");
  auto note = sign_checkpoint({std::string{origin}, 1, leaf}, key);
  auto text = to_text(inclusion_receipt{0, {}, note});
  EXPECT_TRUE(verify_receipt(text, "only", keys()));
  EXPECT_FALSE(verify_receipt(text, "other", keys()));
}

TEST(audit_receipt, drops_well_formed_extra_data) {
  auto text = to_text(receipt_5());
  auto at = text.find("index");
  auto with = text;
  with.insert(at, "extra Zm9v\n");
  EXPECT_EQ(*parse_receipt(with), receipt_5());
  auto bad = text;
  bad.insert(at, "extra Zm9\n");
  EXPECT_FALSE(parse_receipt(bad));
  auto twice = with;
  twice.insert(at, "extra Zm9v\n");
  EXPECT_FALSE(parse_receipt(twice));
}

TEST(audit_receipt, refuses_malformed_texts) {
  std::string line = "vBoGQ7EuTS18d5GPROD0942Daz5+xbXCg+H01YhZnms=\n";
  std::string head = "c2sp.org/tlog-proof@v1\n";
  for (std::string text :
       {std::string{}, head, std::string{"c2sp.org/tlog-proof@v2\nindex 0\n\n"},
        head + "index\n\n", head + "index 01\n\n", head + "index -1\n\n",
        head + "index 0\n", head + "index 0\n" + line, head + line + "\n",
        head + "index 0\nAAAA\n\n", head + "index 0 \n\n",
        head + "Index 0\n\n"})
    EXPECT_FALSE(parse_receipt(text)) << text;
  std::string many = head + "index 0\n";
  for (std::size_t i = 0; i <= proof_hashes_max; ++i)
    many += line;
  EXPECT_FALSE(parse_receipt(many + "\n"));
}

TEST(audit_receipt, consistency_proofs_travel_as_lines) {
  leaf_log log;
  for (const auto& leaf : eight_leaves())
    log.append(leaf);
  auto proof = *log.consistency(3, 7);
  EXPECT_EQ(*parse_proof_lines(proof_lines(proof)), proof);
  EXPECT_TRUE(parse_proof_lines("")->empty());
  EXPECT_FALSE(parse_proof_lines("\n"));
  EXPECT_FALSE(parse_proof_lines(proof_lines(proof) + "AAAA"));
}

} // namespace ringside::audit
