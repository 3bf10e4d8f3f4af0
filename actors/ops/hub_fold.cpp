#include "actors/ops/hub.hpp"

#include "actors/runtime/journal_pace.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "domain/audit/personal.hpp"
#include "domain/wire/entry_codec.hpp"
#include "domain/wire/view.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <caf/make_message.hpp>

namespace ringside {

// -- news ---------------------------------------------------------------------

void hub_state::take(const protocol::bout_news& news) {
  auto found = bouts.find(news.bout);
  // Nobody follows this bout: whoever joins later gets the events from the
  // journal.
  if (found == bouts.end())
    return;
  auto& f = found->second;
  f.latest = std::max(f.latest, news.version);
  if (f.loading)
    return;
  for (const auto& e : *news.events) {
    if (e.no <= f.now.version)
      continue;
    if (e.no != f.now.version + 1)
      return catch_up(news.bout);
    fold(news.bout, f, e, deps.board_delay);
  }
  if (f.now.version < f.latest)
    catch_up(news.bout);
}

void hub_state::fold(const bout_id& id, bout_fold& f, const bout::event& e,
                     std::chrono::nanoseconds wait) {
  bout::apply(f.now, e, *deps.rulesets);
  if (f.shown)
    notify(id, f.now, e, false);
  if (wait.count() <= 0 && f.delayed.empty())
    return fold_board(id, f, e);
  auto due = self->clock().now() + wait;
  if (!f.delayed.empty())
    due = std::max(due, f.delayed.back().due);
  f.delayed.push_back({due, e});
  send_later(self, due - self->clock().now(),
             caf::make_message(hub_msg::release{id}));
}

/// What was read from the journal may be old: only the rest of the delay is
/// left of it.
std::chrono::nanoseconds hub_state::board_wait(const bout::event& e) const {
  auto age = std::chrono::microseconds{deps.time.at(self->clock().now()).count
                                       - e.at.count};
  return std::clamp<std::chrono::nanoseconds>(
    deps.board_delay - age, std::chrono::nanoseconds{0}, deps.board_delay);
}

void hub_state::fold_board(const bout_id& id, bout_fold& f,
                           const bout::event& e) {
  bout::apply(f.board, e, *deps.rulesets);
  if (f.shown)
    notify(id, f.board, e, true);
}

void hub_state::release(const bout_id& id) {
  auto found = bouts.find(id);
  if (found == bouts.end())
    return;
  auto& f = found->second;
  auto now = self->clock().now();
  while (!f.delayed.empty() && f.delayed.front().due <= now) {
    auto e = std::move(f.delayed.front().what);
    f.delayed.pop_front();
    fold_board(id, f, e);
  }
}

void hub_state::notify(const bout_id& id, const bout::state& after,
                       const bout::event& e, bool board) {
  auto topic = "bout/" + id.str() + (board ? "/board" : "");
  auto touched = wire::sections_touched(e, after);
  // `control` is the first of all audiences.
  auto it = streams.lower_bound({topic, {wire::audience::kind::control, 0}});
  for (; it != streams.end() && it->first.topic == topic; ++it) {
    it->second.add(wire::redact(e, after, it->first.audience), touched);
    flush_soon(it->first, it->second);
  }
}

// -- from the journal ---------------------------------------------------------

void hub_state::catch_up(const bout_id& id) {
  auto& f = bouts[id];
  if (std::exchange(f.loading, true))
    return;
  ask(
    self, reader, journal_timeout,
    protocol::read_bout{id, f.now.version, journal_page},
    [this, id](const protocol::entries_answer& page) { take_page(id, page); },
    [this, id](const error& reason) { catch_up_failed(id, reason); });
}

void hub_state::take_page(const bout_id& id,
                          const protocol::entries_answer& page) {
  if (const auto* reason = std::get_if<error>(&page.outcome))
    return catch_up_failed(id, *reason);
  const auto& rows = *std::get<protocol::entry_list>(page.outcome);
  auto& f = bouts[id];
  f.loading = false;
  for (const auto& row : rows) {
    auto fields = audit::read_entry(row.bytes, row.personal);
    if (!fields)
      return catch_up_failed(id, fields.reason());
    auto e = wire::event_of(*fields);
    if (!e)
      return catch_up_failed(id, e.reason());
    if (e->no == f.now.version + 1)
      fold(id, f, *e, board_wait(*e));
  }
  if (rows.size() == journal_page || f.now.version < f.latest)
    return catch_up(id);
  settle_joins(id);
}

void hub_state::settle_joins(const bout_id& id) {
  auto& f = bouts[id];
  auto joins = std::exchange(f.joins, {});
  f.shown = true;
  if (f.now.version == 0)
    bouts.erase(id);
  for (auto& j : joins) {
    if (bouts.contains(id))
      j.promise.deliver(start_of(j.what));
    else
      j.promise.deliver(protocol::join_answer{
        j.what.stream, refuse(ec::not_found, "there is no bout " + id.str())});
  }
}

void hub_state::catch_up_failed(const bout_id& id, const error& reason) {
  log_to(deps.services->log, severity::error, "node/hub",
         "bout " + id.str() + " cannot be followed: " + reason.detail);
  auto& f = bouts[id];
  f.loading = false;
  for (auto& j : std::exchange(f.joins, {}))
    j.promise.deliver(protocol::join_answer{j.what.stream, reason});
  // Followers that are there already wait for what was missed.
  if (!f.shown)
    bouts.erase(id);
  else
    send_later(self, journal_retry, caf::make_message(hub_msg::retry{id}));
}

void hub_state::retry(const bout_id& id) {
  auto found = bouts.find(id);
  if (found != bouts.end() && found->second.now.version < found->second.latest)
    catch_up(id);
}

} // namespace ringside
