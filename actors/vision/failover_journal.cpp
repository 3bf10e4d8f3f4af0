#include "actors/runtime/caf_error.hpp"
#include "actors/runtime/chain_page.hpp"
#include "actors/runtime/journal_pace.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "actors/vision/failover.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace ringside {

namespace {

/// Changes of one append.
constexpr std::size_t changes_max = 64;

} // namespace

// -- reading ------------------------------------------------------------------

void failover_state::load() {
  loading = true;
  auto reader
    = deps.services->names.open<protocol::reader_actor>("node/reader");
  ask(
    self, reader, journal_timeout,
    protocol::read_bout{protocol::failover_bout, entries, journal_page},
    [this](const protocol::entries_answer& page) { take_page(page); },
    [this](const error& reason) { load_failed(reason); });
}

void failover_state::load_again() {
  if (damaged || std::exchange(loading, true))
    return;
  auto journal
    = deps.services->names.open<protocol::journal_actor>("node/journal");
  // It answers behind whatever is still on its way.
  ask(
    self, journal, journal_timeout,
    protocol::append{{protocol::failover_bout, std::nullopt, {}}},
    [this](const protocol::append_answer&) { load(); },
    [this](const error& reason) { load_failed(reason); });
}

void failover_state::take_page(const protocol::entries_answer& page) {
  auto more = fold_chain(page, [this](const auto& fields, const auto&) {
    auto ok = failover::apply_failover_entry(known, fields);
    entries += ok ? 1 : 0;
    return ok;
  });
  if (!more)
    return load_failed(more.reason());
  if (*more)
    return load();
  loaded();
}

void failover_state::loaded() {
  loading = false;
  stale = false;
  // What was in doubt and is there need not be written again.
  std::erase_if(waiting, [this](const unwritten& x) {
    auto found = known.find(x.what.arena);
    return found != known.end() && x.what.version <= found->second.version;
  });
  if (std::exchange(started, true))
    return write();
  for (const auto& [id, x] : known) {
    auto& a = arenas[id];
    a.machine = failover::machine{deps.settings, x.mode,
                                  x.overridden.has_value(), x.since};
    a.version = x.version;
  }
  for (auto& p : std::exchange(waiting_ready, {}))
    p.deliver(is_ready{});
}

void failover_state::load_failed(const error& reason) {
  loading = false;
  auto corrupt = reason.code == ec::corrupt;
  log_to(deps.services->log, corrupt ? severity::alarm : severity::error,
         failover_name, "the modes cannot be read: " + reason.detail);
  if (corrupt) {
    // Reading again does not mend it; it decides all the same.
    damaged = refuse(ec::read_only,
                     "the journal of the modes is damaged: " + reason.detail);
    answer_waiting();
    loaded();
  } else if (!started) {
    self->quit(to_caf(reason));
  } else {
    answer_waiting();
  }
}

// -- writing ------------------------------------------------------------------

void failover_state::note(std::string_view kind, const std::string& id,
                          arena& a, std::optional<failover::source_mode> from,
                          std::string reason, std::string by,
                          std::function<void(bool)> done) {
  ++a.version;
  failover::failover_fact x{std::string{kind}, id,
                            a.version,         from,
                            a.machine.mode(),  std::move(reason),
                            std::move(by),     now()};
  log_to(deps.services->log,
         a.machine.stranded() ? severity::alarm : severity::warning,
         failover_name,
         "arena " + id + " listens to " + std::string{text_of(x.mode)} + ": "
           + x.reason + " (" + x.by + ")");
  if (damaged || waiting.size() >= waiting_max) {
    log_to(deps.services->log, severity::alarm, failover_name,
           "this change is not journaled");
    if (done)
      done(false);
    return;
  }
  waiting.push_back({std::move(x), std::move(done)});
  if (stale)
    return answer_waiting();
  write();
}

void failover_state::write() {
  if (loading || writing || stale || damaged || waiting.empty())
    return;
  writing = true;
  persistence::append_batch batch{protocol::failover_bout, entries, {}};
  auto n = std::min(waiting.size(), changes_max);
  for (std::size_t i = 0; i < n; ++i)
    batch.drafts.push_back(
      {waiting[i].what.by, waiting[i].what.kind,
       json::to_text(json::value{failover::failover_data(waiting[i].what)}),
       std::nullopt});
  auto journal
    = deps.services->names.open<protocol::journal_actor>("node/journal");
  ask(
    self, journal, journal_timeout, protocol::append{std::move(batch)},
    [this, n](const protocol::append_answer& x) {
      if (const auto* reason = std::get_if<error>(&x.outcome))
        return not_written(*reason);
      writing = false;
      for (auto left = n; left > 0; --left) {
        auto one = std::move(waiting.front());
        waiting.pop_front();
        ++entries;
        failover::fold(known[one.what.arena], one.what);
        if (one.done)
          one.done(true);
      }
      write();
    },
    [this](const error& reason) { not_written(reason); });
}

void failover_state::not_written(const error& reason) {
  log_to(deps.services->log, severity::alarm, failover_name,
         "changes of modes cannot be journaled now: " + reason.detail);
  writing = false;
  // They may have been written all the same.
  stale = true;
  answer_waiting();
}

void failover_state::answer_waiting() {
  for (auto& x : waiting)
    if (auto done = std::exchange(x.done, {}))
      done(false);
}

} // namespace ringside
