#include "actors/bout/bout.hpp"

#include "actors/bout/bouts.hpp"
#include "actors/runtime/request_helpers.hpp"

#include <chrono>
#include <utility>

namespace ringside {

namespace {

/// Longer than any commit of a healthy disk. After it the state is read again
/// from the journal, whatever became of the append.
constexpr std::chrono::seconds write_timeout{10};

} // namespace

void bout_actor_state::write() {
  if (append_under_way || drafts.empty())
    return;
  append_under_way = true;
  auto first = durable + 1;
  auto last = now.version;
  persistence::append_batch batch{deps.id, durable, std::exchange(drafts, {})};
  ask(
    self, journal, write_timeout, protocol::append{std::move(batch)},
    [this, first, last, run = load_run](const protocol::append_answer& x) {
      if (run == load_run)
        written(first, last, x);
    },
    [this, run = load_run](const error& reason) {
      if (run == load_run)
        write_failed(reason);
    });
}

void bout_actor_state::written(bout::event_no first, bout::event_no last,
                               const protocol::append_answer& answer) {
  append_under_way = false;
  if (const auto* reason = std::get_if<error>(&answer.outcome))
    return write_failed(*reason);
  auto place = std::get<protocol::appended>(answer.outcome);
  for (auto it = unplaced.begin(); it != unplaced.end() && it->last <= last;
       it = unplaced.erase(it))
    now.commands.at(it->id).position = place.first_seq + (it->last - first);
  durable = last;
  held.release(durable);
  tell_bouts();
  write();
}

void bout_actor_state::write_failed(const error& reason) {
  log_to(deps.services->log, severity::error, label,
         "an append failed: " + reason.detail);
  auto told = reason;
  if (reason.code == ec::read_only) {
    read_only = reason;
    read_only_since = self->clock().now();
  } else {
    told = refuse(ec::timeout, "the journal did not confirm this command", {},
                  "send the same command again");
  }
  held.fail(told);
  load();
}

void bout_actor_state::tell_bouts() {
  // Nothing is told before it is durable.
  if (now.phase == told_phase || now.version != durable)
    return;
  told_phase = now.phase;
  self->send(bouts,
             protocol::bout_changed{deps.id, std::string{text_of(now.phase)},
                                    bout_summary(now, deps.id),
                                    static_cast<int>(now.seats.size())});
}

} // namespace ringside
