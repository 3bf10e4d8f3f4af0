#pragma once

#include "actors/judging/folded_bout.hpp"
#include "actors/protocol/advice_actors.hpp"
#include "actors/protocol/judging_actors.hpp"
#include "actors/protocol/records_actors.hpp"
#include "actors/runtime/metered.hpp"
#include "actors/runtime/services.hpp"
#include "domain/bout/career.hpp"
#include "domain/scoring/analytics/reliability.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

namespace ringside {

/// What the HISTORY needs.
struct history_deps {
  services_ptr services;
  rulesets_ptr rulesets;
};

/// State of the HISTORY: what the journal knows of judges and fighters.
///
/// It reads when somebody asks, and then only what is new: it keeps what each
/// bout came to and the version it read, and compares with the tails of the
/// journal. The engine that judges are compared with is the one in force; if
/// another is put in force, everything is read again. A bout that cannot be
/// read is left out, and the answer says how many.
///
/// Life cycle: child of the node's supervisor; it owns nothing, and restarted
/// it knows nothing until somebody asks.
struct history_state {
  using pointer = caf::stateful_actor<history_state,
                                      metered<protocol::history_actor::base>>*;
  using promise = caf::typed_response_promise<protocol::text_answer>;

  static constexpr std::size_t questions_max = 64;

  explicit history_state(pointer ptr) : self(ptr) {
    // nop
  }

  void init(history_deps what);

  promise reliability(const protocol::get_reliability& what);
  promise career(const protocol::get_career& what);

  // -- data members -----------------------------------------------------------

  /// What one bout came to.
  struct known_bout {
    bout::event_no version = 0;
    /// Kept while the bout goes on; null once it is over.
    folded_bout_ptr running;
    /// Once its result is published, the judges by account.
    std::vector<scoring::analytics::judged_round> rounds;
    bool left_out = false;
  };

  /// Answers with the text, or why there is none.
  using question = std::function<void(const error*)>;

  pointer self;
  history_deps deps;
  advice::in_force_ptr force;
  std::map<bout_id, known_bout> bouts;
  bout::career_book careers;
  std::vector<question> questions;
  /// It is reading.
  bool reading = false;
  /// What is still to be read.
  std::vector<bout_id> to_read;
  protocol::reader_actor reader;
  protocol::calibration_actor calibration;

  static inline const char* name = "history";

private:
  promise after_reading(std::function<protocol::text_answer()> make);
  void start_reading();
  void take_force(advice::in_force_ptr now);
  void take_tails(const std::vector<persistence::bout_tail>& tails);
  void read_next();
  void took(const folded_bout_ptr& bout, const error* why);
  void finish(const error* why);
  std::vector<scoring::analytics::judged_round>
  judged_rounds(const folded_bout& b) const;
  protocol::text_answer reliability_of(const std::string& account) const;
  protocol::text_answer career_of(const std::string& who) const;
  json::object frame() const;
};

protocol::history_actor::behavior_type
history_behavior(history_state::pointer self, history_deps deps);

} // namespace ringside
