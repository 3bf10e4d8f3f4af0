#include "domain/audit/leaf_log.hpp"
#include "tests/domain/audit/vectors.hpp"

#include <gtest/gtest.h>

#include <functional>

/// From every proof that holds, everything that must not (audit reference 5.1,
/// as upstream generates its probes).
namespace ringside::audit {

namespace {

using proof_t = std::vector<hash>;
using check = std::function<bool(const proof_t&)>;

/// One generated lie must be refused; counts so that a class cannot be empty.
struct refusals {
  int count = 0;

  void expect(bool accepted, const std::string& what) {
    EXPECT_FALSE(accepted) << what;
    ++count;
  }
};

void corrupt_proof(refusals& r, const proof_t& good, const hash& root,
                   const check& holds, const std::string& name) {
  for (std::size_t i = 0; i < good.size(); ++i)
    for (std::size_t byte : {0, 15, 31}) {
      auto bad = good;
      bad[i][byte] ^= 0x10;
      r.expect(holds(bad), name + " bit flip");
    }
  if (!good.empty()) {
    r.expect(holds({good.begin(), good.end() - 1}), name + " truncated");
    r.expect(holds({good.begin() + 1, good.end()}), name + " headless");
    r.expect(holds({}), name + " empty");
  }
  for (const auto& extra : {hash{}, root}) {
    auto bad = good;
    bad.push_back(extra);
    r.expect(holds(bad), name + " trailing");
    bad = good;
    bad.insert(bad.begin(), extra);
    r.expect(holds(bad), name + " leading");
  }
}

void refuse_inclusion_lies(refusals& r, const leaf_log& log,
                           std::uint64_t index, std::uint64_t size) {
  auto leaf = log.node(0, index);
  auto root = *log.root_at(size);
  auto proof = *log.inclusion(index, size);
  auto name = std::to_string(index) + "/" + std::to_string(size);
  ASSERT_TRUE(verify_inclusion(index, size, leaf, proof, root)) << name;
  auto holds = [&](const proof_t& p) {
    return verify_inclusion(index, size, leaf, p, root);
  };
  corrupt_proof(r, proof, root, holds, name);
  // A leaf that moves to another place, at sizes where the path differs.
  for (auto other : {index + 1, index - 1, index ^ 2, index + size, size})
    if (other != index)
      r.expect(verify_inclusion(other, size, leaf, proof, root),
               name + " index");
  for (auto other : {size * 2, size / 2, std::uint64_t{0}, index})
    r.expect(verify_inclusion(index, other, leaf, proof, root), name + " size");
  r.expect(verify_inclusion(index, size, leaf, proof, empty_root()),
           name + " empty root");
  if (size > 1)
    r.expect(verify_inclusion(index, size, root, proof, leaf),
             name + " swapped");
}

void refuse_consistency_lies(refusals& r, const leaf_log& log,
                             std::uint64_t from, std::uint64_t to) {
  auto a = *log.root_at(from);
  auto b = *log.root_at(to);
  auto proof = *log.consistency(from, to);
  auto name = std::to_string(from) + "->" + std::to_string(to);
  ASSERT_TRUE(verify_consistency(from, to, a, b, proof)) << name;
  auto holds
    = [&](const proof_t& p) { return verify_consistency(from, to, a, b, p); };
  corrupt_proof(r, proof, b, holds, name);
  r.expect(verify_consistency(to, from, a, b, proof) && from != to,
           name + " backwards");
  auto broken = a;
  broken[7] ^= 1;
  r.expect(verify_consistency(from, to, broken, b, proof), name + " root 1");
  broken = b;
  broken[7] ^= 1;
  r.expect(verify_consistency(from, to, a, broken, proof), name + " root 2");
  if (from == to)
    return;
  r.expect(verify_consistency(from, to, b, a, proof), name + " swapped roots");
  r.expect(verify_consistency(from, to, b, b, proof), name + " same roots");
  r.expect(verify_consistency(from, from, a, b, proof), name + " equal sizes");
  for (auto other : {from - 1, from * 2, from / 2})
    if (other != from && other != to)
      r.expect(verify_consistency(other, to, a, b, proof), name + " from");
  r.expect(verify_consistency(from, to * 2, a, b, proof), name + " to * 2");
}

leaf_log log_of(std::uint64_t n) {
  leaf_log log;
  for (std::uint64_t i = 0; i < n; ++i)
    log.append(leaf_hash(std::to_string(i)));
  return log;
}

} // namespace

TEST(audit_merkle_negative, no_lie_about_inclusion_is_believed) {
  auto log = log_of(33);
  refusals r;
  for (std::uint64_t size = 1; size <= 33; ++size)
    for (std::uint64_t index = 0; index < size; ++index)
      refuse_inclusion_lies(r, log, index, size);
  EXPECT_GT(r.count, 10'000);
}

TEST(audit_merkle_negative, no_lie_about_consistency_is_believed) {
  auto log = log_of(33);
  refusals r;
  for (std::uint64_t to = 1; to <= 33; ++to)
    for (std::uint64_t from = 1; from <= to; ++from)
      refuse_consistency_lies(r, log, from, to);
  EXPECT_GT(r.count, 10'000);
}

TEST(audit_merkle_negative, empty_trees) {
  auto root = leaf_hash("x");
  EXPECT_FALSE(verify_inclusion(0, 0, root, {}, root));
  EXPECT_TRUE(verify_consistency(0, 0, empty_root(), empty_root(), {}));
  EXPECT_TRUE(verify_consistency(0, 1, empty_root(), root, {}));
  EXPECT_FALSE(verify_consistency(0, 1, root, root, {}));
  EXPECT_FALSE(verify_consistency(0, 0, empty_root(), root, {}));
  std::vector<hash> one{root};
  EXPECT_FALSE(verify_consistency(0, 1, empty_root(), root, one));
  EXPECT_FALSE(verify_consistency(1, 1, root, root, one));
}

} // namespace ringside::audit
