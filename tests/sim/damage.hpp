#pragma once

#include "actors/runtime/log_sink.hpp"
#include "domain/audit/signer_state.hpp"
#include "persistence/memory/memory_disk.hpp"
#include "tests/sim/faults.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace ringside::sim {

/// Damage to what a node has on its disk, how it is repaired, and what the node
/// has to say about it. One at a time.
class damage {
public:
  enum class kind : std::uint8_t {
    /// A byte of an entry or of the text beside it.
    flip,
    /// The same, under a running node.
    flip_live,
    /// The last entries; the head row is still there.
    cut,
    /// The whole journal is an older copy, the signer's file is not.
    older_journal,
    signer_missing,
    signer_older,
    signer_torn,
    /// It is gone while the node runs.
    signer_lost_live,
  };

  /// A copy of journal and signer's file from some time ago.
  struct copy {
    persistence::memory_image journal;
    std::optional<audit::signer_state> signer;
  };

  /// Damages something while the node is down. Nothing if the kind that was
  /// drawn has nothing to damage, or nothing that anybody could notice.
  static std::optional<damage> strike(rng& source, sim_disk& disk,
                                      sim_signer& signer,
                                      const std::optional<copy>& older);

  /// Flips a byte or takes the signer's file away under a running node.
  static std::optional<damage> strike_live(rng& source, sim_disk& disk,
                                           sim_signer& signer);

  void repair(sim_disk& disk, sim_signer& signer) const;

  /// A line of the node's log; an alarm may name what is damaged.
  void hear(const log_event& line);

  /// What the node should have said and did not; nothing if it said it.
  std::optional<std::string> missed() const;

  bool live() const noexcept {
    return kind_ == kind::flip_live || kind_ == kind::signer_lost_live;
  }

  /// The last entries are gone, and maybe whole bouts.
  bool lost_the_end() const noexcept {
    return kind_ == kind::cut || kind_ == kind::older_journal;
  }

  /// The bout of the flipped entry.
  const bout_id& bout() const noexcept {
    return bout_;
  }

  /// Who reads what is damaged as soon as it starts; for live damage.
  std::string read_by() const;

  /// What is damaged, for the log.
  std::string text() const;

private:
  kind kind_ = kind::flip;
  copy sound_;
  /// The flipped byte.
  bout_id bout_;
  std::uint64_t seq_ = 0;
  std::uint64_t offset_ = 0;
  /// An alarm has to name an entry from here to there: a cut may go through a
  /// command, and then its first entry is the first that is lost.
  std::uint64_t first_ = 0;
  std::uint64_t last_ = 0;
  bool journal_alarmed_ = false;
  bool audit_alarmed_ = false;
  bool anybody_alarmed_ = false;
};

} // namespace ringside::sim
