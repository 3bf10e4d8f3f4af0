#pragma once

#include "actors/protocol/command_messages.hpp"
#include "domain/advice/hybrid_round.hpp"
#include "domain/advice/round_advice.hpp"
#include "domain/audit/checkpoint.hpp"
#include "domain/audit/entry.hpp"
#include "domain/audit/leaf_log.hpp"
#include "domain/bout/apply.hpp"
#include "domain/bout/state.hpp"
#include "domain/wire/audience.hpp"
#include "persistence/journal_store.hpp"
#include "persistence/memory/memory_disk.hpp"
#include "tests/sim/run_log.hpp"

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace ringside::sim {

/// The profiles in the files of the simulated node.
const advice::profile_list& sim_profiles();

/// What is durable at every moment, learned below the JOURNAL from the writes
/// that reached the disk. Everything that clients and screens are told is held
/// against it. The wall is stated here once more, in words of its own: by the
/// version at which a card was filed, a round locked, a result published.
class truth {
public:
  using cell = std::pair<int, int>;

  /// One bout as far as it is durable.
  struct bout_truth {
    bout::state state;
    scoring::bout_tally tallies;
    std::vector<bout::event> log;
    /// Versions at which things became known; absent: not yet.
    std::map<cell, bout::event_no> filed;
    std::map<int, bout::event_no> locked;
    std::map<int, bout::event_no> opened;
    std::optional<bout::event_no> ended;
    std::optional<bout::event_no> published;
  };

  truth(run_log& log, std::shared_ptr<const bout::ruleset_lookup> rulesets)
    : log_(log), rulesets_(std::move(rulesets)) {
    // Before the first entry nothing is in force, and that is known.
    in_force_[0] = advice::put_in_force(calibration_, sim_profiles());
  }

  // -- from the disk ----------------------------------------------------------

  /// These entries are durable from now on.
  void wrote(std::span<const persistence::journal_entry> entries);

  /// The text of this entry was erased; `image` is the disk after it.
  void erased(std::uint64_t seq, const persistence::memory_image& image);

  /// The signer notes this head: it has to be the tree over what is durable.
  void signed_head(const audit::checkpoint& head);

  /// While the journal does not verify, why; nothing may be written or signed.
  void forbid_writing(std::string why) {
    forbidden_ = std::move(why);
  }

  /// The last entries are gone until the disk is repaired.
  void lost_the_end(bool lost) noexcept {
    lost_the_end_ = lost;
  }

  // -- what clients were told -------------------------------------------------

  /// A command was acknowledged: it has to be durable, whole, and once.
  void acknowledged(const uuid& id, const protocol::accepted& answer);

  /// Somebody was told that there is no such bout.
  void unknown(const bout_id& id) const {
    if (bouts_.contains(id) && !lost_the_end_)
      log_.fail("bout " + id.str() + " is in the journal and not found");
  }

  /// Whether a card may be known to an audience at a version.
  bool card_open(const bout_truth& b, int seat, int round,
                 const wire::audience& who, bout::event_no version) const;

  // -- queries ----------------------------------------------------------------

  const bout_truth* find(const bout_id& id) const;

  const std::map<bout_id, bout_truth>& bouts() const noexcept {
    return bouts_;
  }

  /// The calibration as far as it is durable.
  const advice::calibration_state& calibration() const noexcept {
    return calibration_;
  }

  /// What was in force under a version of the calibration; null: no such
  /// version is durable.
  advice::in_force_ptr in_force(int version) const {
    auto found = in_force_.find(version);
    return found != in_force_.end() ? found->second : nullptr;
  }

  const bout::ruleset_lookup& rulesets() const noexcept {
    return *rulesets_;
  }

  /// Evidence and locks of a bout as far as they are durable.
  const advice::hybrid_book& hybrid_of(const bout_id& id) const;

  /// The assessment of a round as it has to be now, or why there is none.
  std::string assessment(const bout_id& id, int round) const;

  std::uint64_t entries() const noexcept {
    return entries_;
  }

  /// Latest moment on the server's timeline that the journal knows.
  std::int64_t latest_us() const noexcept {
    return latest_us_;
  }

  /// The tree over the bytes that reached the disk.
  const audit::leaf_log& tree() const noexcept {
    return tree_;
  }

  /// Entries whose text was erased.
  const std::set<std::uint64_t>& erased() const noexcept {
    return erased_;
  }

  /// Entries of which another says so and whose text is there all the same.
  std::set<std::uint64_t> half_erased() const;

  /// Calls `f(command, answer)` with every command of a bout, as far as the
  /// journal knows it, and the answer that its repetition has to get.
  template <class F>
  void each_command(const bout_id& bout, F f) const {
    for (const auto& [id, place] : commands_)
      if (place.bout == bout)
        f(bout::command{id, place.digest, {}, {}, {}, place.public_digest},
          protocol::accepted{bout, place.last, place.first, place.last,
                             place.position, true});
  }

  /// Number of commands that are in the journal.
  std::size_t commands() const noexcept {
    return commands_.size();
  }

  /// True if the command is in the journal, acknowledged or not.
  bool holds(const uuid& id) const {
    return commands_.contains(id);
  }

private:
  struct command_place {
    bout_id bout;
    bout::event_no first = 0;
    bout::event_no last = 0;
    std::uint64_t position = 0;
    std::uint32_t parts = 0;
    std::uint32_t of = 0;
    audit::hash digest{};
    /// Without the text, as the entry has it.
    audit::hash public_digest{};
  };

  void take(const persistence::journal_entry& row);
  void take_calibration(const audit::entry_fields& e, std::uint64_t seq);
  void take_command(const audit::entry_fields& e);
  /// Entries of hybrid scoring can be read, and no round is locked twice over
  /// the same.
  void take_hybrid(const audit::entry_fields& e);
  void take_event(bout_truth& b, const bout::event& e);

  run_log& log_;
  std::shared_ptr<const bout::ruleset_lookup> rulesets_;
  std::map<bout_id, bout_truth> bouts_;
  advice::calibration_state calibration_;
  std::map<int, advice::in_force_ptr> in_force_;
  std::map<uuid, command_place> commands_;
  /// By chain.
  std::map<std::string, advice::hybrid_book> hybrids_;
  audit::leaf_log tree_;
  std::set<std::uint64_t> said_erased_;
  std::set<std::uint64_t> erased_;
  std::string forbidden_;
  bool lost_the_end_ = false;
  std::uint64_t entries_ = 0;
  std::int64_t latest_us_ = 0;
  utc_ns last_t_;
};

} // namespace ringside::sim
