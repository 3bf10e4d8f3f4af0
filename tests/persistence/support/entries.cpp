#include "tests/persistence/support/entries.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace ringside::persistence::test {

bout_id bout_of(std::uint64_t seq) {
  static const char* const names[bout_count]
    = {"mma-2026-07", "_system", "b", "Z.9", "mma-2026"};
  return bout_id{names[seq % bout_count]};
}

audit::hash fake_hash(char what, std::uint64_t n) {
  audit::hash out{};
  auto state = n * 0x9e3779b97f4a7c15ULL + static_cast<unsigned char>(what);
  for (std::size_t i = 0; i < out.size(); i += sizeof(state)) {
    state = (state ^ state >> 29) * 0xbf58476d1ce4e5b9ULL + i;
    std::memcpy(out.data() + i, &state, sizeof(state));
  }
  return out;
}

journal_entry entry_at(std::uint64_t seq) {
  journal_entry entry;
  entry.seq = seq;
  entry.bout = bout_of(seq);
  entry.bseq = static_cast<std::uint32_t>(seq / bout_count);
  entry.bytes = "{\"seq\":" + std::to_string(seq) + ",\"pad\":\"";
  // Any bytes: zeros, quotes, broken UTF-8; lengths around a typical entry.
  auto hash = fake_hash('b', seq);
  for (std::size_t i = 0; i < 120 + seq % 150; ++i)
    entry.bytes += static_cast<char>(hash[i % hash.size()] + i);
  entry.bytes += "\"}";
  entry.leaf = fake_hash('l', seq);
  if (has_personal(seq))
    entry.personal = personal_of(seq);
  return entry;
}

bool has_personal(std::uint64_t seq) {
  return seq % 3 == 0;
}

audit::personal_part personal_of(std::uint64_t seq) {
  audit::personal_part part;
  auto hash = fake_hash('p', seq);
  std::copy_n(hash.begin(), part.salt.size(), part.salt.begin());
  part.payload = "{\"secret\":\"of " + std::to_string(seq) + "\"}";
  // Now and then more than one page of a database.
  if (seq % 27 == 0)
    for (int i = 0; i < 700; ++i)
      part.payload += "secret of " + std::to_string(seq);
  return part;
}

std::vector<journal_entry> batch(std::uint64_t first, std::size_t count) {
  std::vector<journal_entry> out;
  out.reserve(count);
  for (std::size_t i = 0; i < count; ++i)
    out.push_back(entry_at(first + i));
  return out;
}

journal_head head_at(std::uint64_t size) {
  journal_head head;
  if (size == 0)
    return head;
  head.size = size;
  head.root = fake_hash('r', size);
  for (int i = 0; i < std::popcount(size); ++i)
    head.frontier.push_back(fake_hash('f', size + static_cast<unsigned>(i)));
  return head;
}

checkpoint_row checkpoint_of(std::uint64_t size) {
  return {size, fake_hash('r', size),
          "origin\n" + std::to_string(size) + "\n\xe2\x80\x94 key sig\n"};
}

std::vector<bout_tail> tails_at(std::uint64_t size) {
  std::vector<bout_tail> out;
  for (std::uint64_t i = 0; i < std::min(size, bout_count); ++i) {
    auto last = entry_at(size - 1 - i);
    out.push_back({last.bout, last.bseq, last.leaf, last.seq});
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    return a.bout.str() < b.bout.str();
  });
  return out;
}

std::string difference(journal_store& store, std::uint64_t size,
                       const std::set<std::uint64_t>& erased) {
  auto head = store.head();
  if (!head)
    return "head: " + head.reason().detail;
  if (*head != head_at(size))
    return "head has size " + std::to_string(head->size) + ", expected "
           + std::to_string(size);
  auto entries = store.read(0, size + 1);
  if (!entries)
    return "read: " + entries.reason().detail;
  auto expected = batch(0, size);
  for (auto seq : erased)
    expected[seq].personal.reset();
  if (*entries != expected)
    return "entries differ";
  auto tails = store.tails();
  if (!tails)
    return "tails: " + tails.reason().detail;
  return *tails == tails_at(size) ? "" : "tails differ";
}

} // namespace ringside::persistence::test
