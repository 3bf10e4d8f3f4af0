#include "actors/bout/bouts.hpp"

#include "actors/runtime/caf_error.hpp"
#include "actors/runtime/journal_pace.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "domain/audit/personal.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace ringside {

void bouts_state::load() {
  ask(
    self, reader, journal_timeout, protocol::read_tails{},
    [this](const protocol::tails_answer& x) {
      if (const auto* reason = std::get_if<error>(&x.outcome))
        load_failed(*reason);
      else
        take_tails(std::get<std::vector<persistence::bout_tail>>(x.outcome));
    },
    [this](const error& reason) { load_failed(reason); });
}

void bouts_state::take_tails(std::vector<persistence::bout_tail> tails) {
  for (auto& t : tails)
    if (!audit::is_system_chain(t.bout.str()))
      to_load.push_back(std::move(t.bout));
  std::reverse(to_load.begin(), to_load.end());
  read_next();
}

void bouts_state::read_next() {
  if (to_load.empty())
    return loaded();
  if (!folder) {
    folder.emplace(*deps.rulesets);
    loaded_entries = 0;
  }
  ask(
    self, reader, journal_timeout,
    protocol::read_bout{to_load.back(), loaded_entries, journal_page},
    [this](const protocol::entries_answer& page) { take_page(page); },
    [this](const error& reason) { load_failed(reason); });
}

void bouts_state::take_page(const protocol::entries_answer& page) {
  if (const auto* reason = std::get_if<error>(&page.outcome))
    return reason->code == ec::corrupt ? skip_bout(*reason)
                                       : load_failed(*reason);
  const auto& rows = *std::get<protocol::entry_list>(page.outcome);
  for (const auto& row : rows) {
    auto fields = audit::read_entry(row.bytes, row.personal);
    if (!fields)
      return skip_bout(fields.reason());
    if (auto ok = folder->add(*fields); !ok)
      return skip_bout(ok.reason());
    first_seq.try_emplace(row.bout, row.seq);
  }
  loaded_entries += static_cast<std::uint32_t>(rows.size());
  if (rows.size() < journal_page)
    take_bout();
  else
    read_next();
}

void bouts_state::take_bout() {
  auto folded = std::move(*folder).finish();
  if (!folded)
    return skip_bout(folded.reason());
  folder.reset();
  auto id = to_load.back();
  to_load.pop_back();
  auto& b = know(id);
  b.phase = text_of(folded->phase);
  b.summary = bout_summary(*folded, id);
  b.seats = static_cast<int>(folded->seats.size());
  read_next();
}

void bouts_state::skip_bout(const error& reason) {
  auto id = to_load.back();
  to_load.pop_back();
  folder.reset();
  auto what = refuse(ec::unavailable,
                     "bout " + id.str() + " cannot be read: " + reason.detail,
                     {}, "verify the journal");
  log_to(deps.services->log, severity::alarm, "bouts", what.detail);
  unreadable.emplace(id, std::move(what));
  read_next();
}

void bouts_state::load_failed(const error& reason) {
  log_to(deps.services->log, severity::alarm, "bouts",
         "the bouts cannot be read: " + reason.detail);
  self->quit(to_caf(reason));
}

void bouts_state::loaded() {
  loading = false;
  std::sort(order.begin(), order.end(), [this](const auto& a, const auto& b) {
    return first_seq[a] < first_seq[b];
  });
  first_seq.clear();
  for (auto& [id, b] : known) {
    auto ended = b.phase == text_of(bout::phase::published)
                 || b.phase == text_of(bout::phase::cancelled);
    if (!ended)
      start(id, [this, id = id](const error* failed) {
        if (failed != nullptr)
          log_to(deps.services->log, severity::alarm, "bouts",
                 "bout " + id.str() + " does not start: " + failed->detail);
      });
    publish(id, b);
  }
  for (auto& promise : std::exchange(waiting, {}))
    promise.deliver(is_ready{});
  for (auto& what : std::exchange(early, {}))
    create(what);
}

} // namespace ringside
