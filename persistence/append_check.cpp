#include "persistence/append_check.hpp"

#include "domain/base/limits.hpp"

#include <unordered_map>

namespace ringside::persistence {

namespace {

using std::to_string;

/// A size of 2^64 - 1 has no more complete subtrees than this.
constexpr std::size_t frontier_max = 64;

/// Next `bseq` per bout while one batch is walked.
using next_map = std::unordered_map<std::string_view, std::uint64_t>;

result<unit> check_limits(std::span<const journal_entry> entries) {
  if (entries.size() > limits::commit_entries_max)
    return refuse(ec::too_large, to_string(entries.size())
                                   + " entries in one append; at most "
                                   + to_string(limits::commit_entries_max));
  for (const auto& entry : entries) {
    if (entry.bytes.size() > limits::entry_bytes_max)
      return refuse(ec::too_large, "entry " + to_string(entry.seq) + " has "
                                     + to_string(entry.bytes.size())
                                     + " bytes; at most "
                                     + to_string(limits::entry_bytes_max));
    if (entry.personal
        && entry.personal->payload.size() > limits::entry_bytes_max)
      return refuse(ec::too_large, "the personal part of entry "
                                     + to_string(entry.seq) + " has "
                                     + to_string(entry.personal->payload.size())
                                     + " bytes; at most "
                                     + to_string(limits::entry_bytes_max));
    if (!valid_id_text(entry.bout.str()))
      return refuse(ec::invalid_value,
                    "entry " + to_string(entry.seq) + " has no valid bout id");
  }
  return unit{};
}

result<unit> check_head(const journal_head& before, std::size_t added,
                        const journal_head& after) {
  if (after.size != before.size + added || after.frontier.size() > frontier_max)
    return refuse(ec::corrupt, "head of size " + to_string(after.size)
                                 + " does not fit " + to_string(before.size)
                                 + " + " + to_string(added) + " entries");
  if (added == 0 && after != before)
    return refuse(ec::corrupt, "another head for the same "
                                 + to_string(before.size) + " entries");
  return unit{};
}

result<unit> check_bout(const journal_entry& entry, next_map& next,
                        const tail_lookup& tail) {
  auto [it, fresh] = next.try_emplace(entry.bout.str(), 0);
  if (fresh) {
    auto last = tail(entry.bout);
    if (!last)
      return last.reason();
    it->second = *last ? std::uint64_t{**last} + 1 : 0;
  }
  if (entry.bseq != it->second)
    return refuse(ec::corrupt, "entry " + to_string(entry.seq) + " has bseq "
                                 + to_string(entry.bseq) + " of bout "
                                 + entry.bout.str() + "; expected "
                                 + to_string(it->second));
  ++it->second;
  return unit{};
}

} // namespace

result<unit> check_append(const journal_head& before,
                          std::span<const journal_entry> entries,
                          const journal_head& after, const tail_lookup& tail) {
  if (auto ok = check_limits(entries); !ok)
    return ok;
  if (auto ok = check_head(before, entries.size(), after); !ok)
    return ok;
  next_map next;
  auto seq = before.size;
  for (const auto& entry : entries) {
    if (entry.seq != seq)
      return refuse(ec::corrupt, "entry " + to_string(entry.seq)
                                   + " where entry " + to_string(seq)
                                   + " was expected");
    if (auto ok = check_bout(entry, next, tail); !ok)
      return ok;
    ++seq;
  }
  return unit{};
}

result<bool> check_checkpoint(const journal_head& head,
                              const std::optional<checkpoint_row>& kept,
                              const checkpoint_row& row) {
  if (row.size > head.size)
    return refuse(ec::corrupt, "checkpoint of size " + to_string(row.size)
                                 + " for a journal of " + to_string(head.size)
                                 + " entries");
  // The head of an empty journal is not a tree root yet.
  auto fork = row.size == head.size && row.size > 0 && row.root != head.root;
  if (fork || (kept && kept->root != row.root))
    return refuse(ec::corrupt, "another root for the checkpoint of size "
                                 + to_string(row.size));
  return !kept;
}

} // namespace ringside::persistence
