#include "domain/audit/leaf_log.hpp"

#include "domain/audit/merkle.hpp"
#include "domain/base/check.hpp"

#include <algorithm>
#include <bit>
#include <string>

namespace ringside::audit {

namespace {

error no_such_size(std::uint64_t wanted, std::uint64_t have,
                   const char* field) {
  return refuse(ec::invalid_value,
                "size " + std::to_string(wanted) + " of a log of "
                  + std::to_string(have),
                field);
}

} // namespace

void leaf_log::append(const hash& leaf) {
  levels_[0].push_back(leaf);
  for (unsigned level = 0; levels_[level].size() % 2 == 0; ++level) {
    auto& below = levels_[level];
    auto left = below.end() - 2;
    levels_[level + 1].push_back(node_hash(*left, below.back()));
  }
}

const hash& leaf_log::node(unsigned level, std::uint64_t index) const {
  RINGSIDE_CHECK(has_node(level, index));
  return levels_[level][static_cast<std::size_t>(index)];
}

hash leaf_log::range_root(std::uint64_t begin, std::uint64_t end) const {
  // Complete subtrees from the smallest, which is the rightmost, to the left.
  auto left = end - begin;
  auto level = static_cast<unsigned>(std::countr_zero(left));
  auto root = node(level, (end >> level) - 1);
  left &= left - 1;
  while (left != 0) {
    level = static_cast<unsigned>(std::countr_zero(left));
    root = node_hash(node(level, ((begin + left) >> level) - 1), root);
    left &= left - 1;
  }
  return root;
}

result<hash> leaf_log::root_at(std::uint64_t size) const {
  if (size > this->size())
    return no_such_size(size, this->size(), "size");
  return size == 0 ? empty_root() : range_root(0, size);
}

hash leaf_log::root() const {
  return size() == 0 ? empty_root() : range_root(0, size());
}

result<std::vector<hash>> leaf_log::inclusion(std::uint64_t index,
                                              std::uint64_t size) const {
  if (size > this->size())
    return no_such_size(size, this->size(), "size");
  if (index >= size)
    return refuse(ec::invalid_value,
                  "no leaf " + std::to_string(index) + " in a tree of "
                    + std::to_string(size),
                  "index");
  std::vector<hash> proof;
  std::uint64_t begin = 0;
  auto end = size;
  while (end - begin > 1) {
    auto middle = begin + split_point(end - begin);
    auto goes_left = index < middle;
    proof.push_back(goes_left ? range_root(middle, end)
                              : range_root(begin, middle));
    (goes_left ? end : begin) = middle;
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

result<std::vector<hash>> leaf_log::consistency(std::uint64_t from,
                                                std::uint64_t to) const {
  if (to > size())
    return no_such_size(to, size(), "to");
  if (from > to)
    return refuse(ec::invalid_value,
                  "from " + std::to_string(from) + " is beyond to "
                    + std::to_string(to),
                  "from");
  std::vector<hash> proof;
  if (from == 0)
    return proof;
  std::uint64_t begin = 0;
  auto end = to;
  while (end != from) {
    auto middle = begin + split_point(end - begin);
    auto goes_left = from <= middle;
    proof.push_back(goes_left ? range_root(middle, end)
                              : range_root(begin, middle));
    (goes_left ? end : begin) = middle;
  }
  // The left part alone is the first root itself, which the verifier has.
  if (begin != 0)
    proof.push_back(range_root(begin, end));
  std::reverse(proof.begin(), proof.end());
  return proof;
}

} // namespace ringside::audit
