#pragma once

#include "actors/ops/calibration_preview.hpp"
#include "actors/protocol/advice_actors.hpp"
#include "actors/runtime/metered.hpp"
#include "actors/runtime/services.hpp"
#include "actors/runtime/ticker.hpp"
#include "domain/advice/in_force.hpp"
#include "domain/bout/apply.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

namespace ringside {

/// What the CALIBRATION needs.
struct calibration_deps {
  services_ptr services;
  std::shared_ptr<const bout::ruleset_lookup> rulesets;
  /// Blocks in files; may be empty: then there are no profiles.
  advice::profile_reader read_profiles;
};

using calibration_impl = protocol::calibration_actor::extend<
  caf::reacts_to<tick>, caf::replies_to<get_ready>::with<is_ready>>;

/// State of the CALIBRATION: settings and scoring profiles in force.
///
/// Everything is an entry of the chain `_calibration` first; then one frozen
/// whole goes to all SCORERs, with the version and position it holds from. One
/// change at a time: whoever was not shown the present version is refused, so
/// no change is ever lost under another. If the journal fails, nothing changed.
///
/// Which profiles are in use, by the digest of their files, is in the chain
/// too: at the start they are noted if they are other ones than before, and a
/// file whose bytes changed without a new version is not used.
///
/// Life cycle: child of the node's supervisor, before the bouts. Detached in a
/// real node, because it reads files.
struct calibration_actor_state {
  using pointer = caf::stateful_actor<calibration_actor_state,
                                      metered<calibration_impl::base>>*;
  using promise = caf::typed_response_promise<protocol::text_answer>;
  using ready_promise = caf::typed_response_promise<is_ready>;

  explicit calibration_actor_state(pointer ptr) : self(ptr) {
    // nop
  }

  void init(calibration_deps what);

  // -- queries ----------------------------------------------------------------

  ready_promise when_ready();
  protocol::in_force_answer in_force_now() const;
  protocol::text_answer view() const;
  protocol::text_answer profiles() const;
  promise history(const protocol::get_calibration_history& what);
  promise preview(const protocol::preview_calibration& what);

  // -- transitions ------------------------------------------------------------

  promise set(const protocol::set_calibration& what);
  promise go_back(const protocol::roll_back& what);
  promise reload(const protocol::reload_profiles& what);
  void on_tick(const tick& t);

  // -- data members -----------------------------------------------------------

  pointer self;
  calibration_deps deps;
  advice::calibration_state known;
  advice::in_force_ptr force;
  /// Everything that was read from files; which of it counts says `known`.
  advice::profile_list pool;
  /// What was in the files at the start.
  std::vector<advice::profile_mark> on_file;
  /// The journal says that those are in use, or there were none. From then on
  /// only a reload changes which are.
  bool noted = false;
  /// The journal is being read; nothing is changed meanwhile.
  bool loading = false;
  /// A change is on its way, or made ready.
  bool changing = false;
  /// The chain cannot be read and does not mend itself.
  std::optional<error> damaged;
  std::vector<ready_promise> waiting;
  /// One at a time; null: none.
  std::shared_ptr<calibration_preview> running_preview;
  caf::actor_clock::time_point preview_until{};
  /// Runs until the profiles on file can be noted in the journal.
  ticker again{1};
  /// Runs until the journal has said where the chain ends.
  ticker place_again{2};

  static inline const char* name = "calibration";

private:
  struct change {
    issuer by;
    std::string_view kind;
    json::value data;
  };

  // -- loading (calibration_loading.cpp) --------------------------------------

  void read_files();
  void load();
  void take_page(const protocol::entries_answer& page);
  void loaded();
  void load_failed(const error& reason);
  /// Asks the journal where it is, behind all that is on its way, and reads.
  void resync();
  void check_place();
  void announce();
  /// Tells the journal which profiles are used, if it knows others.
  void note_profiles();

  // -- changing (calibration.cpp) ---------------------------------------------

  /// Why nothing can be changed now.
  std::optional<error> busy() const;
  std::optional<error> wrong_request(int version,
                                     const std::string& reason) const;
  /// Commits and applies; `done` gets the reason if that failed.
  void commit(change what, std::function<void(const error*)> done);
  void committed(const protocol::appended& place, const change& what);
  /// Commits for somebody who waits.
  promise answer_after(change what);
  promise refused(error reason);
  void read_back(std::shared_ptr<advice::calibration_state> past,
                 protocol::roll_back what, promise reply);
  void go_back_to(const calibration::settings& past,
                  const protocol::roll_back& what, promise reply);
  result<unit> check_settings(const calibration::settings& next) const;

  // -- reading (calibration_views.cpp) ----------------------------------------

  void go_on(promise reply);
  void finish_preview(promise reply);
  void fail_preview(promise reply, const error& reason);
};

calibration_impl::behavior_type
calibration_behavior(calibration_actor_state::pointer self,
                     calibration_deps deps);

} // namespace ringside
