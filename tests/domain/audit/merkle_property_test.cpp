#include "domain/audit/leaf_log.hpp"
#include "domain/audit/merkle.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace ringside::audit {

namespace {

/// A log of random size whose leaves differ from log to log.
std::vector<hash> some_leaves() {
  auto n = *rc::gen::inRange<std::uint64_t>(1, 2'001);
  auto salt = std::to_string(*rc::gen::arbitrary<std::uint32_t>()) + "/";
  std::vector<hash> leaves;
  for (std::uint64_t i = 0; i < n; ++i)
    leaves.push_back(leaf_hash(salt + std::to_string(i)));
  return leaves;
}

leaf_log log_of(const std::vector<hash>& leaves) {
  leaf_log log;
  for (const auto& leaf : leaves)
    log.append(leaf);
  return log;
}

/// Flips one random bit of one random hash.
std::vector<hash> one_bit_off(std::vector<hash> hashes) {
  auto i = *rc::gen::inRange<std::size_t>(0, hashes.size());
  auto bit = *rc::gen::inRange<std::size_t>(0, 256);
  hashes[i][bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
  return hashes;
}

} // namespace

RC_GTEST_PROP(audit_merkle_property, three_ways_give_one_root, ()) {
  auto leaves = some_leaves();
  auto log = log_of(leaves);
  tree growing;
  for (const auto& leaf : leaves)
    growing.append(leaf);
  RC_ASSERT(growing.root() == root_of(leaves));
  RC_ASSERT(log.root() == growing.root());
  auto m = *rc::gen::inRange<std::uint64_t>(0, leaves.size() + 1);
  RC_ASSERT(*log.root_at(m) == root_of(std::span{leaves}.first(m)));
}

RC_GTEST_PROP(audit_merkle_property, inclusion_holds_and_breaks_by_a_bit, ()) {
  auto leaves = some_leaves();
  auto log = log_of(leaves);
  for (int probe = 0; probe < 50; ++probe) {
    auto size = *rc::gen::inRange<std::uint64_t>(1, leaves.size() + 1);
    auto index = *rc::gen::inRange<std::uint64_t>(0, size);
    auto root = *log.root_at(size);
    auto proof = *log.inclusion(index, size);
    const auto& leaf = leaves[index];
    RC_ASSERT(verify_inclusion(index, size, leaf, proof, root));
    auto off = one_bit_off({leaf, root});
    RC_ASSERT(!verify_inclusion(index, size, off[0], proof, off[1]));
    if (!proof.empty()) {
      RC_ASSERT(!verify_inclusion(index, size, leaf, one_bit_off(proof), root));
    }
    if (probe == 0) {
      RC_ASSERT(*inclusion_proof(std::span{leaves}.first(size), index)
                == proof);
    }
  }
}

RC_GTEST_PROP(audit_merkle_property, consistency_holds_and_breaks_by_a_bit,
              ()) {
  auto leaves = some_leaves();
  auto log = log_of(leaves);
  for (int probe = 0; probe < 50; ++probe) {
    auto to = *rc::gen::inRange<std::uint64_t>(1, leaves.size() + 1);
    auto from = *rc::gen::inRange<std::uint64_t>(0, to + 1);
    auto a = *log.root_at(from);
    auto b = *log.root_at(to);
    auto proof = *log.consistency(from, to);
    RC_ASSERT(verify_consistency(from, to, a, b, proof));
    if (from > 0) {
      auto off = one_bit_off({a, b});
      RC_ASSERT(!verify_consistency(from, to, off[0], off[1], proof));
    }
    if (!proof.empty()) {
      RC_ASSERT(!verify_consistency(from, to, a, b, one_bit_off(proof)));
    }
    if (probe == 0) {
      RC_ASSERT(*consistency_proof(std::span{leaves}.first(to), from) == proof);
    }
  }
}

RC_GTEST_PROP(audit_merkle_property, a_restored_tree_goes_on_alike, ()) {
  auto leaves = some_leaves();
  auto cut = *rc::gen::inRange<std::size_t>(0, leaves.size() + 1);
  tree first;
  for (std::size_t i = 0; i < cut; ++i)
    first.append(leaves[i]);
  auto second = tree::restore(first.size(), first.frontier());
  RC_ASSERT(static_cast<bool>(second));
  for (auto i = cut; i < leaves.size(); ++i)
    second->append(leaves[i]);
  RC_ASSERT(second->size() == leaves.size());
  RC_ASSERT(second->root() == root_of(leaves));
}

TEST(audit_merkle_exhaustive, every_pair_up_to_130_verifies) {
  leaf_log log;
  for (std::uint64_t n = 1; n <= 130; ++n) {
    log.append(leaf_hash(std::to_string(n)));
    auto root = log.root();
    for (std::uint64_t m = 0; m <= n; ++m) {
      ASSERT_TRUE(
        verify_consistency(m, n, *log.root_at(m), root, *log.consistency(m, n)))
        << m << " " << n;
      if (m < n) {
        ASSERT_TRUE(
          verify_inclusion(m, n, log.node(0, m), *log.inclusion(m, n), root))
          << m << " " << n;
      }
    }
  }
}

} // namespace ringside::audit
