#pragma once

#include "domain/audit/entry.hpp"
#include "domain/base/strong_id.hpp"
#include "domain/bout/command.hpp"
#include "domain/scoring/hybrid/round.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// What the journal keeps of hybrid scoring: what cameras reported, and every
/// lock. What people reported is in the journal of the bout already.
namespace ringside::advice {

/// The chain of a bout: a chain of the node, beside that of the bout itself.
bout_id hybrid_chain(const bout_id& id);

/// The kinds of its entries.
inline constexpr std::string_view kind_hybrid_evidence = "hybrid_evidence";
inline constexpr std::string_view kind_hybrid_locked = "hybrid_locked";

/// Reports and withdrawals of one entry at most, so that it fits.
inline constexpr std::size_t hybrid_news_max = 24;

/// What cameras have to say about one round, all of it or none.
struct hybrid_news {
  int round = 0;
  /// Which kinds of sources watch from now on.
  std::optional<scoring::hybrid::change_coverage> coverage;
  std::vector<scoring::hybrid::evidence> reports;
  std::vector<scoring::hybrid::withdraw> withdrawn;

  bool empty() const noexcept {
    return !coverage && reports.empty() && withdrawn.empty();
  }
};

/// One lock. It stands as long as nothing came that it does not know of.
struct hybrid_lock {
  int revision = 0;
  /// The last event of the bout that may have changed the round.
  bout::event_no version = 0;
  /// Entries of evidence of the round.
  int heard = 0;
  /// Hexadecimal; see `scoring::hybrid::canonical_text`.
  std::string digest;
  /// Journal position.
  std::uint64_t position = 0;
  /// The result as it was locked, and as it is shown from then on.
  json::object shown;

  friend bool operator==(const hybrid_lock&, const hybrid_lock&) = default;
};

/// One round.
struct hybrid_record {
  /// Until somebody says that cameras watch, none does.
  scoring::hybrid::coverage watched = scoring::hybrid::coverage::human_only;
  /// What cameras reported and did not withdraw, by id.
  std::map<std::string, scoring::hybrid::evidence, std::less<>> reports;
  std::set<std::string, std::less<>> withdrawn;
  /// Entries of evidence so far.
  int heard = 0;
  /// Oldest first; a lock is never taken away.
  std::vector<hybrid_lock> locks;

  friend bool operator==(const hybrid_record&, const hybrid_record&) = default;
};

/// The fold of the chain of one bout.
struct hybrid_book {
  std::map<int, hybrid_record> rounds;
  std::uint32_t entries = 0;

  /// The record of a round; an empty one where nothing is known.
  const hybrid_record& of(int round) const;

  friend bool operator==(const hybrid_book&, const hybrid_book&) = default;
};

/// Data of the entries.
json::value evidence_data(hybrid_news what);
json::value lock_data(int round, const hybrid_lock& what);

/// The next entry. `corrupt` if it cannot be read; the book stays.
result<unit> apply_hybrid_entry(hybrid_book& book,
                                const audit::entry_fields& entry,
                                std::uint64_t position);

} // namespace ringside::advice
