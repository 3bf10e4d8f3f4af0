#pragma once

#include "actors/protocol/journal_messages.hpp"
#include "domain/advice/hybrid_round.hpp"
#include "domain/advice/in_force.hpp"
#include "domain/audit/json.hpp"
#include "domain/bout/apply.hpp"
#include "domain/bout/state.hpp"
#include "domain/scoring/assessment.hpp"
#include "domain/scoring/bout_tally.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ringside {

/// What the last closed rounds would score under other settings, by Fight Judge
/// and in the hybrid result, made anew as if they were not locked. It is fed
/// pages of the journal and says which one it wants next; bounded in rounds
/// and in entries. Knows no actor.
class calibration_preview {
public:
  static constexpr std::size_t rounds_max = 200;
  /// Entries that one preview reads at most.
  static constexpr std::size_t entries_max = 100'000;

  calibration_preview(std::shared_ptr<const bout::ruleset_lookup> rulesets,
                      advice::in_force_ptr before, advice::in_force_ptr after,
                      std::size_t rounds);

  /// Where every bout ends; the one that was written last is read first.
  void begin(std::vector<persistence::bout_tail> tails);

  /// The next page; nothing: it is done.
  std::optional<protocol::read_bout> next() const;

  /// The page that was asked for. A bout that cannot be folded is left out.
  void take(const protocol::entry_list& page);

  /// The bout of the page that was asked for cannot be read.
  void skip_bout();

  json::object answer() const;

private:
  struct look {
    bout_id bout;
    int round = 0;
    bout::event_no version = 0;
    scoring::assessment before;
    scoring::assessment after;
  };

  /// One round in hybrid scoring.
  struct hybrid_look {
    bout_id bout;
    int round = 0;
    json::object before;
    json::object after;
  };

  bool fold(const protocol::entry_list& page);
  bool fold_evidence(const protocol::entry_list& page);
  void compare_hybrid(int round);
  json::object hybrid_answer() const;
  void next_bout();
  void assess();

  std::shared_ptr<const bout::ruleset_lookup> rulesets_;
  advice::in_force_ptr before_;
  advice::in_force_ptr after_;
  std::size_t rounds_;
  /// The one that is read is the last.
  std::vector<bout_id> to_read_;
  /// Bouts of which cameras reported something.
  std::set<std::string, std::less<>> with_evidence_;
  /// The bout was read, now what cameras reported of it is.
  bool reading_evidence_ = false;
  advice::hybrid_book evidence_;
  bout::state now_;
  scoring::bout_tally tallies_;
  std::size_t entries_ = 0;
  std::size_t assessed_ = 0;
  std::size_t left_out_ = 0;
  /// All of the journal was read, or as many rounds as were wanted.
  bool complete_ = false;
  std::vector<look> changed_;
  std::size_t hybrid_rounds_ = 0;
  std::vector<hybrid_look> hybrid_changed_;
};

} // namespace ringside
