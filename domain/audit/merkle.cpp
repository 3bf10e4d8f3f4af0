#include "domain/audit/merkle.hpp"

#include "domain/audit/sha256.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <bit>
#include <string>

namespace ringside::audit {

namespace {

/// Folds complete subtrees, largest first, into the root over all of them.
hash fold(std::span<const hash> subtrees) noexcept {
  auto root = subtrees.back();
  for (auto i = subtrees.size() - 1; i > 0; --i)
    root = node_hash(subtrees[i - 1], root);
  return root;
}

} // namespace

hash leaf_hash(std::string_view entry) noexcept {
  using namespace std::string_view_literals;
  return sha256({"\0"sv, entry});
}

hash node_hash(const hash& left, const hash& right) noexcept {
  std::array<std::uint8_t, 1 + 2 * sizeof(hash)> input;
  input[0] = 1;
  auto next = std::copy(left.begin(), left.end(), input.begin() + 1);
  std::copy(right.begin(), right.end(), next);
  hash value;
  crypto_hash_sha256(value.data(), input.data(), input.size());
  return value;
}

const hash& empty_root() noexcept {
  static const hash value = sha256(std::string_view{});
  return value;
}

std::uint64_t split_point(std::uint64_t n) noexcept {
  return std::bit_floor(n - 1);
}

// -- tree ---------------------------------------------------------------------

result<tree> tree::restore(std::uint64_t size, std::span<const hash> frontier) {
  if (static_cast<std::size_t>(std::popcount(size)) != frontier.size())
    return refuse(ec::corrupt, std::to_string(frontier.size())
                                 + " frontier hashes do not fit size "
                                 + std::to_string(size));
  tree restored;
  restored.size_ = size;
  restored.frontier_.assign(frontier.begin(), frontier.end());
  return restored;
}

void tree::append(const hash& leaf) {
  auto node = leaf;
  // Every trailing one bit of the size is a complete subtree to merge with.
  for (auto n = size_; (n & 1) != 0; n >>= 1) {
    node = node_hash(frontier_.back(), node);
    frontier_.pop_back();
  }
  frontier_.push_back(node);
  ++size_;
}

hash tree::root() const noexcept {
  return size_ == 0 ? empty_root() : fold(frontier_);
}

// -- over plain leaf hashes ---------------------------------------------------

hash root_of(std::span<const hash> leaves) {
  if (leaves.empty())
    return empty_root();
  if (leaves.size() == 1)
    return leaves.front();
  auto k = static_cast<std::size_t>(split_point(leaves.size()));
  return node_hash(root_of(leaves.first(k)), root_of(leaves.subspan(k)));
}

result<std::vector<hash>> inclusion_proof(std::span<const hash> leaves,
                                          std::uint64_t index) {
  if (index >= leaves.size())
    return refuse(ec::invalid_value,
                  "no leaf " + std::to_string(index) + " in a tree of "
                    + std::to_string(leaves.size()),
                  "index");
  std::vector<hash> proof;
  while (leaves.size() > 1) {
    auto k = static_cast<std::size_t>(split_point(leaves.size()));
    auto left = leaves.first(k);
    auto right = leaves.subspan(k);
    auto goes_left = index < k;
    proof.push_back(root_of(goes_left ? right : left));
    leaves = goes_left ? left : right;
    index -= goes_left ? 0 : k;
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

result<std::vector<hash>> consistency_proof(std::span<const hash> leaves,
                                            std::uint64_t from) {
  if (from > leaves.size())
    return refuse(ec::invalid_value,
                  "a tree of " + std::to_string(leaves.size())
                    + " has no prefix of " + std::to_string(from),
                  "from");
  std::vector<hash> proof;
  if (from == 0)
    return proof;
  auto is_prefix = true;
  while (from != leaves.size()) {
    auto k = static_cast<std::size_t>(split_point(leaves.size()));
    auto left = leaves.first(k);
    auto right = leaves.subspan(k);
    auto goes_left = from <= k;
    proof.push_back(root_of(goes_left ? right : left));
    leaves = goes_left ? left : right;
    from -= goes_left ? 0 : k;
    is_prefix = is_prefix && goes_left;
  }
  if (!is_prefix)
    proof.push_back(root_of(leaves));
  std::reverse(proof.begin(), proof.end());
  return proof;
}

// -- verification -------------------------------------------------------------

bool verify_inclusion(std::uint64_t index, std::uint64_t size, const hash& leaf,
                      std::span<const hash> proof, const hash& root) noexcept {
  if (index >= size)
    return false;
  auto fn = index;
  auto sn = size - 1;
  auto r = leaf;
  for (const auto& p : proof) {
    if (sn == 0)
      return false;
    if ((fn & 1) != 0 || fn == sn) {
      r = node_hash(p, r);
      while ((fn & 1) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      r = node_hash(r, p);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && r == root;
}

bool verify_consistency(std::uint64_t from, std::uint64_t to,
                        const hash& root_from, const hash& root_to,
                        std::span<const hash> proof) noexcept {
  if (from > to)
    return false;
  if (from == to)
    return proof.empty() && root_from == root_to;
  if (from == 0)
    return proof.empty() && root_from == empty_root();
  // A complete first tree is its own first node; the proof leaves it out.
  auto complete = std::has_single_bit(from);
  if (!complete && proof.empty())
    return false;
  auto fr = complete ? root_from : proof.front();
  if (!complete)
    proof = proof.subspan(1);
  auto fn = from - 1;
  auto sn = to - 1;
  auto shift = std::countr_one(fn);
  fn >>= shift;
  sn >>= shift;
  auto sr = fr;
  for (const auto& c : proof) {
    if (sn == 0)
      return false;
    if ((fn & 1) != 0 || fn == sn) {
      fr = node_hash(c, fr);
      sr = node_hash(c, sr);
      while ((fn & 1) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      sr = node_hash(sr, c);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && fr == root_from && sr == root_to;
}

} // namespace ringside::audit
