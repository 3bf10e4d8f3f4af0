#include "domain/audit/merkle.hpp"

#include "domain/audit/leaf_log.hpp"
#include "domain/audit/sha256.hpp"
#include "tests/domain/audit/vectors.hpp"

#include <gtest/gtest.h>

/// RFC 6962 known answers (audit reference 5.1).
namespace ringside::audit {

namespace {

using namespace vectors;

constexpr std::string_view h5f
  = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
constexpr std::string_view hbc
  = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
constexpr std::string_view hca
  = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
constexpr std::string_view root_2
  = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125";
constexpr std::string_view root_4
  = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";
constexpr std::string_view leaf_0
  = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";

leaf_log log_of_eight() {
  leaf_log log;
  for (const auto& leaf : eight_leaves())
    log.append(leaf);
  return log;
}

void expect_inclusion(std::uint64_t index, std::uint64_t size,
                      std::vector<std::string_view> proof) {
  auto expected = hashes_of(std::move(proof));
  auto leaves = eight_leaves();
  EXPECT_EQ(*inclusion_proof(std::span{leaves}.first(size), index), expected);
  EXPECT_EQ(*log_of_eight().inclusion(index, size), expected);
  EXPECT_TRUE(verify_inclusion(index, size, leaves[index], expected,
                               eight_roots()[size]));
}

void expect_consistency(std::uint64_t from, std::uint64_t to,
                        std::vector<std::string_view> proof) {
  auto expected = hashes_of(std::move(proof));
  auto leaves = eight_leaves();
  auto roots = eight_roots();
  EXPECT_EQ(*consistency_proof(std::span{leaves}.first(to), from), expected);
  EXPECT_EQ(*log_of_eight().consistency(from, to), expected);
  EXPECT_TRUE(verify_consistency(from, to, roots[from], roots[to], expected));
}

} // namespace

TEST(audit_merkle, hashes_leaves_and_nodes) {
  EXPECT_EQ(to_hex(empty_root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(leaf_hash("")), leaf_0);
  EXPECT_EQ(to_hex(leaf_hash("L123456")),
            "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
  // The published node vector is over children that are no hashes.
  EXPECT_EQ(to_hex(sha256({"\x01", "N123", "N456"})),
            "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb");
  auto left = leaf_hash("l");
  auto right = leaf_hash("r");
  EXPECT_EQ(node_hash(left, right),
            sha256({"\x01", as_text(left), as_text(right)}));
  EXPECT_NE(node_hash(left, right), node_hash(right, left));
}

TEST(audit_merkle, roots_of_the_eight_leaves) {
  auto leaves = eight_leaves();
  auto roots = eight_roots();
  auto log = log_of_eight();
  tree growing;
  for (std::size_t n = 0; n <= 8; ++n) {
    EXPECT_EQ(root_of(std::span{leaves}.first(n)), roots[n]) << n;
    EXPECT_EQ(*log.root_at(n), roots[n]) << n;
    EXPECT_EQ(growing.root(), roots[n]) << n;
    EXPECT_EQ(growing.size(), n);
    if (n < 8)
      growing.append(leaves[n]);
  }
  EXPECT_EQ(log.root(), roots[8]);
  EXPECT_EQ(leaf_log{}.root(), roots[0]);
}

TEST(audit_merkle, inclusion_proofs) {
  expect_inclusion(0, 1, {});
  expect_inclusion(5, 8, {hbc, hca, root_4});
  expect_inclusion(2, 3, {root_2});
  expect_inclusion(1, 5, {leaf_0, h5f, hbc});
}

TEST(audit_merkle, consistency_proofs) {
  expect_consistency(
    1, 8,
    {"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", h5f,
     "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"});
  expect_consistency(
    6, 8,
    {"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a", hca,
     root_4});
  expect_consistency(2, 5, {h5f, hbc});
  expect_consistency(
    3, 7,
    {"0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
     "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7", root_2,
     "837dbb152e9b079010717e84e865da4ebc0fa198a806d59d31bf15accef22d0e"});
  expect_consistency(8, 8, {});
  expect_consistency(0, 8, {});
}

TEST(audit_merkle, refuses_ranges_that_do_not_exist) {
  auto leaves = eight_leaves();
  auto log = log_of_eight();
  EXPECT_FALSE(inclusion_proof(leaves, 8));
  EXPECT_FALSE(inclusion_proof({}, 0));
  EXPECT_FALSE(consistency_proof(leaves, 9));
  EXPECT_FALSE(log.root_at(9));
  EXPECT_FALSE(log.inclusion(0, 9));
  EXPECT_FALSE(log.inclusion(5, 5));
  EXPECT_FALSE(log.consistency(5, 4));
  EXPECT_FALSE(log.consistency(5, 9));
  EXPECT_EQ(log.inclusion(0, 9).reason().field, "size");
  EXPECT_EQ(log.consistency(5, 9).reason().field, "to");
}

TEST(audit_merkle, a_tree_is_restored_only_from_a_fitting_frontier) {
  auto leaves = eight_leaves();
  tree seven;
  for (std::size_t i = 0; i < 7; ++i)
    seven.append(leaves[i]);
  auto again = tree::restore(7, seven.frontier());
  ASSERT_TRUE(again);
  again->append(leaves[7]);
  EXPECT_EQ(again->root(), eight_roots()[8]);
  EXPECT_FALSE(tree::restore(8, seven.frontier()));
  EXPECT_FALSE(tree::restore(7, {}));
  EXPECT_TRUE(tree::restore(0, {}));
}

} // namespace ringside::audit
