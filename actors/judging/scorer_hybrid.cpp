#include "actors/judging/scorer.hpp"

#include "actors/runtime/chain_page.hpp"
#include "actors/runtime/journal_pace.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "domain/audit/entry.hpp"
#include "domain/base/limits.hpp"

#include <chrono>
#include <utility>

namespace ringside {

advice::hybrid_inputs scorer_state::inputs_of(int round) const {
  return {deps.id, now, tallies, hybrid.book, round};
}

bool scorer_state::hybrid_known() const {
  return hybrid.read_once || hybrid.damaged;
}

// -- the chain ----------------------------------------------------------------

void scorer_state::read_hybrid() {
  if (std::exchange(hybrid.loading, true))
    return;
  ask(
    self, reader, journal_timeout,
    protocol::read_bout{advice::hybrid_chain(deps.id), hybrid.book.entries,
                        journal_page},
    [this](const protocol::entries_answer& page) { take_hybrid_page(page); },
    [this](const error& reason) { hybrid_failed(reason); });
}

/// Behind everything that is on its way to the journal.
void scorer_state::read_hybrid_again() {
  if (hybrid.damaged || std::exchange(hybrid.loading, true))
    return;
  ask(
    self, journal, journal_timeout,
    protocol::append{{advice::hybrid_chain(deps.id), std::nullopt, {}}},
    [this](const protocol::append_answer&) {
      hybrid.loading = false;
      read_hybrid();
    },
    [this](const error& reason) { hybrid_failed(reason); });
}

void scorer_state::take_hybrid_page(const protocol::entries_answer& page) {
  auto more = fold_chain(page, [this](const auto& fields, const auto& row) {
    return advice::apply_hybrid_entry(hybrid.book, fields, row.seq);
  });
  if (!more)
    return hybrid_failed(more.reason());
  hybrid.loading = false;
  if (*more)
    return read_hybrid();
  hybrid.read_once = true;
  hybrid.stale = false;
  changed();
}

void scorer_state::hybrid_failed(const error& reason) {
  auto corrupt = reason.code == ec::corrupt;
  log_to(deps.services->log, corrupt ? severity::alarm : severity::error, label,
         "the hybrid scoring cannot be read: " + reason.detail);
  hybrid.loading = false;
  if (!corrupt) {
    again.start(self, journal_retry);
    return;
  }
  // The rest of the assessment does not depend on it.
  hybrid.damaged = reason;
  for (auto& [what, reply] : std::exchange(hybrid.waiting, {}))
    reply.deliver(protocol::evidence_answer{reason});
  changed();
}

void scorer_state::write_hybrid(const issuer& by, std::string_view kind,
                                json::value data, hybrid_done done) {
  hybrid.writing = true;
  persistence::append_batch batch{
    advice::hybrid_chain(deps.id), hybrid.book.entries, {}};
  batch.drafts.push_back(
    {to_string(by), std::string{kind}, json::to_text(data), std::nullopt});
  auto lost = [this, done](const error& reason) {
    log_to(deps.services->log, severity::warning, label,
           "the hybrid scoring cannot be written: " + reason.detail);
    hybrid.writing = false;
    // It may have been written all the same.
    hybrid.stale = true;
    again.start(self, journal_retry);
    done(&reason);
  };
  audit::entry_fields entry;
  entry.kind = kind;
  entry.data = std::move(data);
  ask(
    self, journal, journal_timeout, protocol::append{std::move(batch)},
    [this, done, lost,
     entry = std::move(entry)](const protocol::append_answer& x) {
      if (const auto* reason = std::get_if<error>(&x.outcome))
        return lost(*reason);
      auto position = std::get<protocol::appended>(x.outcome).first_seq;
      RINGSIDE_CHECK(advice::apply_hybrid_entry(hybrid.book, entry, position));
      hybrid.writing = false;
      done(nullptr);
      changed();
    },
    lost);
}

// -- locks and evidence -------------------------------------------------------

void scorer_state::settle_hybrid() {
  auto idle
    = [this] { return !hybrid.writing && !hybrid.loading && !hybrid.stale; };
  if (hybrid.damaged || now.version < latest || !idle() || lock_next())
    return;
  while (idle() && !hybrid.waiting.empty())
    take_next();
}

bool scorer_state::lock_next() {
  if (!advice::hybrid_in(*force))
    return false;
  for (int n = 1; n <= bout::current_round_no(now); ++n) {
    auto at = inputs_of(n);
    if (!advice::hybrid_closed(now, n) || advice::standing_lock(at) != nullptr)
      continue;
    auto lock = advice::make_lock(at, *force);
    RINGSIDE_CHECK(static_cast<bool>(lock));
    write_hybrid({role::admin, "node"}, advice::kind_hybrid_locked,
                 advice::lock_data(n, *lock), [](const error*) {});
    return true;
  }
  return false;
}

scorer_state::evidence_promise
scorer_state::take(const protocol::report_evidence& what) {
  auto reply = self->make_response_promise<protocol::evidence_answer>();
  if (hybrid.damaged || damaged) {
    reply.deliver(
      protocol::evidence_answer{damaged ? *damaged : *hybrid.damaged});
    return reply;
  }
  if (hybrid.waiting.size() >= limits::evidence_waiting_max) {
    reply.deliver(protocol::evidence_answer{
      refuse(ec::overloaded, "other evidence is being written", {},
             "send it again in a moment")});
    return reply;
  }
  hybrid.waiting.emplace_back(what, reply);
  changed();
  return reply;
}

void scorer_state::take_next() {
  auto [what, reply] = std::move(hybrid.waiting.front());
  hybrid.waiting.pop_front();
  auto fresh = advice::admit(inputs_of(what.what.round), *force,
                             to_string(what.by), what.what);
  if (!fresh) {
    reply.deliver(protocol::evidence_answer{fresh.reason()});
    return;
  }
  if (fresh->empty()) {
    reply.deliver(protocol::evidence_answer{std::size_t{0}});
    return;
  }
  auto n = fresh->reports.size() + fresh->withdrawn.size();
  write_hybrid(what.by, advice::kind_hybrid_evidence,
               advice::evidence_data(std::move(*fresh)),
               [reply = reply, n](const error* reason) mutable {
                 if (reason != nullptr)
                   reply.deliver(protocol::evidence_answer{*reason});
                 else
                   reply.deliver(protocol::evidence_answer{n});
               });
}

// -- what is shown ------------------------------------------------------------

void scorer_state::add_hybrid(json::object& to, int round) const {
  if (hybrid.damaged) {
    to["hybrid"]
      = json::object{{"state", "damaged"}, {"detail", hybrid.damaged->detail}};
    return;
  }
  // Without a hybrid profile there is nothing to be shown.
  if (auto made = advice::hybrid_json(inputs_of(round), *force))
    to["hybrid"] = std::move(*made);
}

} // namespace ringside
