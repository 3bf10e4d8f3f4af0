#pragma once

#include "domain/audit/entry.hpp"
#include "domain/base/result.hpp"
#include "domain/base/strong_id.hpp"
#include "domain/vision/trust/source_counts.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// What the journal keeps of the sources' quality: one entry for each bout.
namespace ringside::trust {

/// A chain of the node. Any HARMONIZER writes to it, wherever it is: entries
/// are summed, and of one bout the first counts, so that neither their order
/// nor a repetition matters.
inline constexpr std::string_view trust_chain = "_trust";
inline constexpr std::string_view kind_trust = "sources_judged";
inline constexpr std::size_t judged_max = 64;

/// One source in one bout, by the name it has in what is fused.
struct judged_source {
  /// `source/<id>` or `account/<id>`.
  std::string source;
  source_counts counts;

  friend bool operator==(const judged_source&, const judged_source&) = default;
};

/// One bout.
struct judged_bout {
  bout_id bout;
  std::vector<judged_source> sources;

  friend bool operator==(const judged_bout&, const judged_bout&) = default;
};

/// Counts as the entry has them and people see them.
json::object counts_json(source_counts c);

/// The data of an entry.
json::object judged_data(judged_bout what);

/// What is known of one source.
struct source_record {
  source_counts counts;
  /// Bouts that it is known from.
  std::int64_t bouts = 0;

  friend bool operator==(const source_record&, const source_record&) = default;
};

/// The fold of the chain.
struct trust_book {
  /// The version of what is learned.
  std::uint32_t entries = 0;
  std::map<std::string, source_record, std::less<>> sources;
  std::set<bout_id> bouts;

  /// What is known of a source; nothing of one that nobody knows.
  const source_record& of(std::string_view source) const;

  void add(const judged_bout& what);

  friend bool operator==(const trust_book&, const trust_book&) = default;
};

/// The next entry. `corrupt` if it cannot be read; the book stays.
result<unit> apply_trust_entry(trust_book& book,
                               const audit::entry_fields& entry);

} // namespace ringside::trust
