#include "actors/bout/bout.hpp"

#include "actors/runtime/caf_error.hpp"
#include "actors/runtime/journal_pace.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "actors/runtime/ticker.hpp"
#include "domain/audit/personal.hpp"

#include <chrono>
#include <memory>
#include <utility>

#include <caf/make_message.hpp>

namespace ringside {

namespace {

constexpr std::chrono::seconds place_pause{1};
/// How often the journal is asked for a bout that may not exist.
constexpr std::chrono::seconds proof_period{2};

} // namespace

void bout_actor_state::load() {
  ++load_run;
  loading = true;
  placed = false;
  append_under_way = false;
  drafts.clear();
  unplaced.clear();
  loaded_entries = 0;
  folder.emplace(*deps.rulesets);
  read_page();
}

void bout_actor_state::read_page() {
  ask(
    self, reader, journal_timeout,
    protocol::read_bout{deps.id, loaded_entries, journal_page},
    [this, run = load_run](const protocol::entries_answer& page) {
      if (run == load_run)
        take_page(page);
    },
    [this, run = load_run](const error& reason) {
      if (run == load_run)
        load_failed(reason);
    });
}

void bout_actor_state::take_page(const protocol::entries_answer& page) {
  if (const auto* reason = std::get_if<error>(&page.outcome))
    return load_failed(*reason);
  const auto& rows = *std::get<protocol::entry_list>(page.outcome);
  for (const auto& row : rows) {
    auto fields = audit::read_entry(row.bytes, row.personal);
    if (!fields)
      return load_failed(fields.reason());
    if (auto ok = folder->add(*fields); !ok)
      return load_failed(ok.reason());
  }
  loaded_entries += static_cast<std::uint32_t>(rows.size());
  if (rows.size() == journal_page)
    read_page();
  else
    loaded();
}

void bout_actor_state::loaded() {
  auto folded = std::move(*folder).finish();
  folder.reset();
  if (!folded)
    return load_failed(folded.reason());
  now = std::move(*folded);
  durable = now.version;
  loading = false;
  tell_bouts();
  static const auto nothing
    = std::make_shared<const std::vector<bout::event>>();
  tell({deps.id, durable, nothing});
  check_place();
  for (auto& promise : std::exchange(ready_waiting, {}))
    promise.deliver(is_ready{});
  // The command that creates it is on its way, or was lost.
  if (now.version == 0 && !proof.running())
    proof.start(self, proof_period);
}

/// An append of ours that timed out, or one of an incarnation before us, may
/// have been on its way while we read. The journal answers behind it.
void bout_actor_state::check_place() {
  ask(
    self, journal, journal_timeout,
    protocol::append{{deps.id, std::nullopt, {}}},
    [this, run = load_run](const protocol::append_answer& x) {
      if (run != load_run)
        return;
      if (const auto* place = std::get_if<protocol::appended>(&x.outcome))
        take_place(*place);
      else
        no_place(std::get<error>(x.outcome));
    },
    [this, run = load_run](const error&) {
      if (run == load_run)
        check_place();
    });
}

void bout_actor_state::take_place(const protocol::appended& place) {
  if (place.first_bseq > durable)
    return write_failed(refuse(ec::timeout, "the journal has gone on"));
  placed = true;
  read_only.reset();
  for (auto& what : std::exchange(early, {}))
    decide_now(what);
}

/// The commit that carried the question may have failed and yet have written
/// what stood before it: only a good answer ends the asking.
void bout_actor_state::no_place(const error& reason) {
  if (reason.code == ec::read_only) {
    read_only = reason;
    read_only_since = self->clock().now();
    for (auto& what : std::exchange(early, {}))
      answer(what, reason);
  }
  send_later(self, place_pause,
             caf::make_message(bout_msg::check_place{load_run}));
}

void bout_actor_state::check_place_again(const bout_msg::check_place& what) {
  if (what.run == load_run)
    check_place();
}

/// Asks behind every append that is on its way, again and again while the
/// journal cannot say: a commit in doubt may come true when it is repaired.
void bout_actor_state::prove_emptiness() {
  if (loading || now.version > 0)
    return proof.stop();
  ask(
    self, journal, journal_timeout,
    protocol::append{{deps.id, std::nullopt, {}}},
    [this, run = load_run](const protocol::append_answer& x) {
      const auto* place = std::get_if<protocol::appended>(&x.outcome);
      if (run == load_run && place != nullptr && place->first_bseq == 0
          && now.version == 0)
        give_up();
    },
    [](const error&) {
      // The next tick asks again.
    });
}

void bout_actor_state::give_up() {
  proof.stop();
  never_made = true;
  self->send(bouts, protocol::bout_changed{
                      deps.id, std::string{text_of(bout::phase::none)}, {}, 0});
}

void bout_actor_state::load_failed(const error& reason) {
  log_to(deps.services->log, severity::alarm, label,
         "the bout cannot be read: " + reason.detail);
  // The supervisor tries again, and gives up loudly if that does not help.
  fail_all(refuse(ec::unavailable, "this bout cannot be read", {},
                  "try again; if it lasts, verify the journal"));
  self->quit(to_caf(reason));
}

} // namespace ringside
