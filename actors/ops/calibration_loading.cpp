#include "actors/ops/calibration.hpp"
#include "actors/protocol/records_actors.hpp"

#include "actors/runtime/caf_error.hpp"
#include "actors/runtime/chain_page.hpp"
#include "actors/runtime/journal_pace.hpp"
#include "actors/runtime/request_helpers.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace ringside {

namespace {

constexpr std::chrono::seconds calibration_retry{2};
constexpr const char* calibration_label = "node/calibration";

} // namespace

// -- files --------------------------------------------------------------------

void calibration_actor_state::read_files() {
  if (!deps.read_profiles)
    return;
  auto read = deps.read_profiles();
  if (read) {
    pool = std::move(*read);
    on_file = advice::marks_of(pool);
    return;
  }
  log_to(deps.services->log, severity::alarm, calibration_label,
         "the scoring profiles cannot be read: " + read.reason().detail);
}

// -- the chain ----------------------------------------------------------------

void calibration_actor_state::load() {
  auto reader
    = deps.services->names.open<protocol::reader_actor>("node/reader");
  ask(
    self, reader, journal_timeout,
    protocol::read_bout{protocol::calibration_bout,
                        static_cast<std::uint32_t>(known.version),
                        journal_page},
    [this](const protocol::entries_answer& page) { take_page(page); },
    [this](const error& reason) { load_failed(reason); });
}

void calibration_actor_state::take_page(const protocol::entries_answer& page) {
  auto more = fold_chain(page, [this](const auto& fields, const auto& row) {
    return advice::apply_calibration_entry(known, fields, row.seq);
  });
  if (!more)
    return load_failed(more.reason());
  if (*more)
    return load();
  loaded();
}

void calibration_actor_state::loaded() {
  loading = false;
  announce();
  for (auto& p : std::exchange(waiting, {}))
    p.deliver(is_ready{});
  check_place();
  if (!again.running())
    note_profiles();
}

/// An append of an incarnation before us may have been on its way while we
/// read. The journal answers behind it; while it cannot write, what became of
/// that append is in doubt, and it is asked again.
void calibration_actor_state::check_place() {
  auto journal
    = deps.services->names.open<protocol::journal_actor>("node/journal");
  auto here = known.version;
  ask(
    self, journal, journal_timeout,
    protocol::append{{protocol::calibration_bout, std::nullopt, {}}},
    [this, here](const protocol::append_answer& x) {
      const auto* place = std::get_if<protocol::appended>(&x.outcome);
      if (place == nullptr)
        place_again.start(self, calibration_retry);
      else if (known.version == here
               && place->first_bseq > static_cast<std::uint32_t>(here))
        resync();
    },
    [this](const error&) { place_again.start(self, calibration_retry); });
}

void calibration_actor_state::load_failed(const error& reason) {
  log_to(deps.services->log, severity::alarm, calibration_label,
         "the calibration cannot be read: " + reason.detail);
  if (reason.code != ec::corrupt)
    return self->quit(to_caf(reason));
  // Reading again does not mend it, and half of a calibration is none: no round
  // is assessed. The bouts go on without advice.
  damaged = refuse(ec::corrupt, reason.detail, {}, "verify the journal");
  loading = false;
  for (auto& p : std::exchange(waiting, {}))
    p.deliver(is_ready{});
}

void calibration_actor_state::resync() {
  if (std::exchange(loading, true))
    return;
  auto journal
    = deps.services->names.open<protocol::journal_actor>("node/journal");
  ask(
    self, journal, journal_timeout,
    protocol::append{{protocol::calibration_bout, std::nullopt, {}}},
    [this](const protocol::append_answer&) { load(); },
    [this](const error& reason) { load_failed(reason); });
}

// -- telling ------------------------------------------------------------------

void calibration_actor_state::announce() {
  force = advice::put_in_force(known, pool);
  auto& names = deps.services->names;
  for (const auto& who : names.list("bout/"))
    if (who.ends_with("/scorer"))
      self->send(names.open<protocol::scorer_actor>(who),
                 protocol::now_in_force{force});
}

void calibration_actor_state::note_profiles() {
  if (noted || changing || damaged)
    return;
  std::vector<advice::profile_mark> sound;
  for (const auto& mark : on_file) {
    auto ok = advice::check_profiles(known, {mark});
    if (ok)
      sound.push_back(mark);
    else
      log_to(deps.services->log, severity::alarm, calibration_label,
             "not used: " + ok.reason().detail);
  }
  noted = on_file.empty() || sound == known.profiles;
  if (noted)
    return;
  commit({{role::admin, "node"},
          advice::kind_profiles_loaded,
          advice::profiles_data(sound, "the node started")},
         [this](const error* reason) {
           noted = reason == nullptr;
           if (noted)
             return;
           log_to(deps.services->log, severity::warning, calibration_label,
                  "the profiles in use cannot be noted: " + reason->detail);
           again.start(self, calibration_retry);
         });
}

void calibration_actor_state::on_tick(const tick& t) {
  if (place_again.accept(t)) {
    place_again.stop();
    if (!loading)
      check_place();
  } else if (again.accept(t) && !loading && !changing) {
    again.stop();
    note_profiles();
  }
}

} // namespace ringside
