#pragma once

#include "domain/audit/hash.hpp"
#include "domain/base/result.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// The Merkle tree of RFC 9162 section 2.1, unchanged: SHA-256, leaf prefix
/// 0x00, node prefix 0x01.
namespace ringside::audit {

/// SHA-256(0x00 || entry).
hash leaf_hash(std::string_view entry) noexcept;

/// SHA-256(0x01 || left || right).
hash node_hash(const hash& left, const hash& right) noexcept;

/// SHA-256 of nothing: the root of the tree without leaves.
const hash& empty_root() noexcept;

/// The greatest power of two below `n`; `n` is at least 2.
std::uint64_t split_point(std::uint64_t n) noexcept;

/// A growing tree that keeps only the roots of its complete subtrees: at most
/// 64 hashes, whatever the size.
class tree {
public:
  tree() = default;

  /// Takes up a tree where it was left. `corrupt` if the number of hashes does
  /// not fit the size.
  static result<tree> restore(std::uint64_t size,
                              std::span<const hash> frontier);

  /// Adds one leaf hash at index `size()`.
  void append(const hash& leaf);

  std::uint64_t size() const noexcept {
    return size_;
  }

  /// The root over all leaves so far.
  hash root() const noexcept;

  /// Roots of the complete subtrees, largest first.
  const std::vector<hash>& frontier() const noexcept {
    return frontier_;
  }

private:
  std::uint64_t size_ = 0;
  std::vector<hash> frontier_;
};

// -- over plain leaf hashes ---------------------------------------------------
// Straight from the definitions, linear in the number of leaves. `leaf_log`
// gives the same answers in logarithmic time.

/// The root over `leaves`.
hash root_of(std::span<const hash> leaves);

/// The proof that leaf `index` is in the tree over `leaves`, the sibling of the
/// leaf first. `invalid_value` if there is no such leaf.
result<std::vector<hash>> inclusion_proof(std::span<const hash> leaves,
                                          std::uint64_t index);

/// The proof that the tree over the first `from` leaves is a prefix of the tree
/// over `leaves`. `invalid_value` if `from` is greater than the tree. Empty
/// for `from` 0 and for the whole tree.
result<std::vector<hash>> consistency_proof(std::span<const hash> leaves,
                                            std::uint64_t from);

// -- verification -------------------------------------------------------------

/// RFC 9162 section 2.1.3.2: does `proof` lead from leaf hash `leaf` at `index`
/// to `root` of `size` leaves? Never fails on any input, only says no.
bool verify_inclusion(std::uint64_t index, std::uint64_t size, const hash& leaf,
                      std::span<const hash> proof, const hash& root) noexcept;

/// RFC 9162 section 2.1.4.2: is the tree of `to` leaves and `root_to` an
/// extension of the tree of `from` leaves and `root_from`? Equal sizes need
/// equal roots and an empty proof; `from` 0 needs the empty root and an empty
/// proof.
bool verify_consistency(std::uint64_t from, std::uint64_t to,
                        const hash& root_from, const hash& root_to,
                        std::span<const hash> proof) noexcept;

} // namespace ringside::audit
