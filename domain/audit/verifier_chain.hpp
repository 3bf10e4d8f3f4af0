#pragma once

#include "domain/audit/entry.hpp"
#include "domain/audit/finding.hpp"
#include "domain/audit/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ringside::audit {

/// Follows the chains of all bouts: positions without gaps, `bprev` right,
/// commands whole. Works on a whole log and on the entries of single bouts
/// alike, as long as each bout comes in order and from its beginning.
class chain_checker {
public:
  explicit chain_checker(std::string origin) : origin_(std::move(origin)) {
    // nop
  }

  /// Checks the next entry and appends complaints to `out`. `leaf` is the hash
  /// of its bytes, `stored` the leaf hash that was stored with it: after an
  /// altered entry the next one may chain to either, because the alteration
  /// itself is a finding already.
  void add(const entry_fields& entry, const hash& leaf, const hash& stored,
           std::vector<finding>& out);

  /// Notes an entry of `bout` that could not be read.
  void skip(const std::string& bout, const hash& leaf, const hash& stored);

  /// Complains about commands that are still incomplete.
  void finish(std::vector<finding>& out) const;

  /// Chains that are bouts; those of the node itself do not count.
  std::size_t bouts() const noexcept;

  /// Entries of bouts, not the system's, that later ones show to be missing.
  std::uint64_t missing() const noexcept {
    return missing_;
  }

  /// True if there were entries that belong to no bout.
  bool has_system() const noexcept {
    return chains_.contains(system_bout);
  }

private:
  struct chain {
    std::uint32_t next = 0;
    hash leaf{};
    hash stored{};
    /// The last entry that belongs to a command with parts still to come.
    std::optional<command_ref> open;
    std::uint64_t last_seq = 0;
    /// The last entry could not be read: what command it was of is unknown.
    bool unread = false;
  };

  chain& chain_of(const std::string& bout);

  static void check_command(chain& c, const entry_fields& entry,
                            std::vector<finding>& out);

  std::string origin_;
  std::uint64_t missing_ = 0;
  std::map<std::string, chain, std::less<>> chains_;
};

} // namespace ringside::audit
