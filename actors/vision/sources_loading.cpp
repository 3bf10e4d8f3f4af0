#include "actors/protocol/records_actors.hpp"
#include "actors/runtime/caf_error.hpp"
#include "actors/runtime/chain_page.hpp"
#include "actors/runtime/journal_pace.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "actors/vision/sources.hpp"

#include <chrono>
#include <utility>

namespace ringside {

void sources_state::load() {
  auto reader
    = deps.services->names.open<protocol::reader_actor>("node/reader");
  ask(
    self, reader, journal_timeout,
    protocol::read_bout{protocol::sources_bout, entries, journal_page},
    [this](const protocol::entries_answer& page) { take_page(page); },
    [this](const error& reason) { load_failed(reason); });
}

void sources_state::take_page(const protocol::entries_answer& page) {
  auto more = fold_chain(page, [this](const auto& fields, const auto&) {
    auto ok = intake::apply_source_entry(known, fields.kind, fields.data);
    entries += ok ? 1 : 0;
    return ok;
  });
  if (!more)
    return load_failed(more.reason());
  if (*more)
    return load();
  loaded();
}

void sources_state::loaded() {
  loading = false;
  for (const auto& [id, fact] : known)
    start(id, [](const error*) {
      // It is in the log, and shows as a source that says nothing.
    });
  for (auto& [id, p] : std::exchange(recalls, {}))
    p.deliver(recalled(id));
  for (auto& p : std::exchange(waiting, {}))
    p.deliver(is_ready{});
}

void sources_state::load_failed(const error& reason) {
  log_to(deps.services->log, severity::alarm, sources_name,
         "the sources cannot be read: " + reason.detail);
  if (reason.code != ec::corrupt)
    return self->quit(to_caf(reason));
  // Reading again does not mend it; the bouts go on without cameras.
  damaged = refuse(ec::read_only,
                   "the journal of the sources is damaged: " + reason.detail,
                   {}, "`ringside verify DATA_DIR` names the entries");
  loaded();
}

void sources_state::resync() {
  if (std::exchange(loading, true))
    return;
  auto journal
    = deps.services->names.open<protocol::journal_actor>("node/journal");
  // It answers behind whatever is still on its way.
  ask(
    self, journal, journal_timeout,
    protocol::append{{protocol::sources_bout, std::nullopt, {}}},
    [this](const protocol::append_answer&) { load(); },
    [this](const error& reason) { load_failed(reason); });
}

} // namespace ringside
