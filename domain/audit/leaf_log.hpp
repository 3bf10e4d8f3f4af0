#pragma once

#include "domain/audit/hash.hpp"
#include "domain/base/result.hpp"

#include <array>
#include <cstdint>
#include <deque>
#include <vector>

namespace ringside::audit {

/// Every node hash of the tree in memory, 64 bytes per leaf, so that any root
/// and any proof for any size up to the present one costs O(log n) look-ups.
/// Not synchronised: it belongs to one actor or one thread.
class leaf_log {
public:
  /// Adds one leaf hash at index `size()`.
  void append(const hash& leaf);

  std::uint64_t size() const noexcept {
    return levels_[0].size();
  }

  /// Hash of the complete subtree of 2^`level` leaves that begins at leaf
  /// `index` * 2^`level`. It must exist.
  const hash& node(unsigned level, std::uint64_t index) const;

  /// True if that subtree exists.
  bool has_node(unsigned level, std::uint64_t index) const noexcept {
    return level < levels_.size() && index < levels_[level].size();
  }

  /// The root over the first `size` leaves; `invalid_value` if there are not so
  /// many.
  result<hash> root_at(std::uint64_t size) const;

  /// The root over all leaves.
  hash root() const;

  /// The proof that leaf `index` is in the tree of the first `size` leaves.
  result<std::vector<hash>> inclusion(std::uint64_t index,
                                      std::uint64_t size) const;

  /// The proof that the first `from` leaves are a prefix of the first `to`.
  /// Empty for `from` 0 and for equal sizes.
  result<std::vector<hash>> consistency(std::uint64_t from,
                                        std::uint64_t to) const;

private:
  /// The root over leaves [begin, end), where `begin` is a multiple of a power
  /// of two not smaller than the range, as in every split of RFC 9162.
  hash range_root(std::uint64_t begin, std::uint64_t end) const;

  /// Level l holds floor(size / 2^l) hashes. A deque never moves what it
  /// holds, so that growing costs no pause.
  std::array<std::deque<hash>, 64> levels_;
};

} // namespace ringside::audit
