#include "actors/runtime/chain_page.hpp"
#include "actors/runtime/journal_pace.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "actors/vision/harmonizer.hpp"
#include "domain/wire/entry_codec.hpp"

#include <algorithm>
#include <chrono>
#include <utility>
#include <variant>

namespace ringside {

namespace {

/// Facts of one append.
constexpr std::size_t append_max = 64;
/// Logged strikes older than this are decided already.
constexpr span_us strikes_matter = seconds(5);

} // namespace

// -- reading ------------------------------------------------------------------

void harmonizer_state::read_fused() {
  if (std::exchange(kept.loading, true))
    return;
  ask(
    self, reader, journal_timeout,
    protocol::read_bout{desk::fused_chain(deps.id), kept.book.entries,
                        journal_page},
    [this](const protocol::entries_answer& page) { take_fused_page(page); },
    [this](const error& reason) { fused_failed(reason); });
}

void harmonizer_state::read_fused_again() {
  if (kept.damaged || std::exchange(kept.loading, true))
    return;
  ask(
    self, journal, journal_timeout,
    protocol::append{{desk::fused_chain(deps.id), std::nullopt, {}}},
    [this](const protocol::append_answer& x) {
      if (const auto* reason = std::get_if<error>(&x.outcome))
        return fused_failed(*reason);
      kept.loading = false;
      read_fused();
    },
    [this](const error& reason) { fused_failed(reason); });
}

void harmonizer_state::take_fused_page(const protocol::entries_answer& page) {
  auto more = fold_chain(page, [this](const auto& fields, const auto&) {
    return desk::apply_fused_entry(kept.book, fields);
  });
  if (!more)
    return fused_failed(more.reason());
  kept.loading = false;
  if (*more)
    return read_fused();
  kept.stale = false;
  // What was in doubt and is there need not be written again.
  while (!kept.waiting.empty()) {
    const auto* known = kept.book.find(kept.waiting.front().id);
    if (known == nullptr || known->rev < kept.waiting.front().rev)
      break;
    kept.waiting.pop_front();
  }
  if (kept.loaded) {
    for (const auto& x : kept.book.facts)
      want(x);
    return write_fused();
  }
  read_trust();
}

void harmonizer_state::fused_failed(const error& reason) {
  kept.loading = false;
  auto corrupt = reason.code == ec::corrupt;
  log_to(deps.services->log, corrupt ? severity::alarm : severity::error, label,
         "the fused events cannot be read: " + reason.detail);
  if (!corrupt) {
    again.start(self, journal_retry);
    return;
  }
  // What is fused is shown all the same.
  kept.damaged = reason;
  kept.lost += kept.waiting.size();
  kept.waiting.clear();
  if (!kept.loaded)
    read_trust();
}

void harmonizer_state::read_fight() {
  if (std::exchange(fight.loading, true))
    return;
  ask(
    self, reader, journal_timeout,
    protocol::read_bout{deps.id, fight.now.version, journal_page},
    [this](const protocol::entries_answer& page) { take_fight_page(page); },
    [this](const error& reason) { fight_failed(reason); });
}

void harmonizer_state::take_fight_page(const protocol::entries_answer& page) {
  auto more
    = fold_chain(page, [this](const auto& fields, const auto&) -> result<unit> {
        auto e = wire::next_event(fight.now, fields, *deps.rulesets);
        if (!e)
          return e.reason();
        fold(*e);
        return unit{};
      });
  if (!more)
    return fight_failed(more.reason());
  fight.loading = false;
  if (*more)
    return read_fight();
  // The reader may be behind the news.
  if (fight.now.version < fight.latest)
    again.start(self, journal_retry);
  loaded();
}

void harmonizer_state::fight_failed(const error& reason) {
  fight.loading = false;
  auto corrupt = reason.code == ec::corrupt;
  log_to(deps.services->log, corrupt ? severity::alarm : severity::error, label,
         "the bout cannot be followed: " + reason.detail);
  if (!corrupt) {
    again.start(self, journal_retry);
    return;
  }
  // Events have no round then.
  fight.damaged = reason;
  fight.now = {};
  loaded();
}

void harmonizer_state::fold(const bout::event& e) {
  if (!fight.damaged)
    bout::apply(fight.now, e, *deps.rulesets);
  if (std::holds_alternative<bout::round_opened>(e.body))
    learn_news();
  other_acts.take(e);
  if (elapsed(e.at, now()) < strikes_matter)
    table->take(e);
  judge_sources();
}

void harmonizer_state::loaded() {
  if (!std::exchange(fight.loaded, true))
    return read_evidence();
  if (!ready())
    return;
  auto waiting = std::exchange(early, {});
  for (auto& what : waiting)
    what();
  if (!waiting.empty())
    wake();
}

void harmonizer_state::try_again() {
  if (!kept.loaded)
    return kept.damaged ? read_trust() : read_fused();
  write_trust();
  if (kept.stale)
    read_fused_again();
  if (!fight.loaded || (!fight.damaged && fight.now.version < fight.latest))
    read_fight();
  else if (!evidence.loaded)
    read_evidence();
  else if (evidence.stale)
    read_evidence_again();
  else
    hand_over();
}

// -- writing ------------------------------------------------------------------

void harmonizer_state::keep(const desk::fused_fact& what) {
  auto same = [&what](const auto& x) { return x.id == what.id; };
  auto known = kept.book.find(what.id) != nullptr
               || std::any_of(kept.waiting.begin(), kept.waiting.end(), same);
  auto worth = what.state == fusion::event_state::final
               && what.p >= table->review_from();
  if (!known && !worth)
    return;
  if (!kept.damaged && kept.waiting.size() < desk::fused_waiting_max) {
    kept.waiting.push_back(what);
    return;
  }
  ++kept.lost;
  if (!std::exchange(kept.alarmed, true))
    log_to(deps.services->log, severity::alarm, label,
           "fused events are shown but not kept: the journal is "
             + std::string{kept.damaged ? "damaged" : "too slow"});
}

void harmonizer_state::write_fused() {
  if (!kept.loaded || kept.writing || kept.loading || kept.stale || kept.damaged
      || kept.waiting.empty())
    return;
  kept.writing = true;
  persistence::append_batch batch{
    desk::fused_chain(deps.id), kept.book.entries, {}};
  const auto by = to_string(issuer{role::admin, "node"});
  auto n = std::min(kept.waiting.size(), append_max);
  for (std::size_t i = 0; i < n; ++i)
    batch.drafts.push_back(
      {by, std::string{desk::kind_fused},
       json::to_text(json::value{desk::fused_data(kept.waiting[i])}),
       std::nullopt});
  auto lost = [this](const error& reason) {
    log_to(deps.services->log, severity::warning, label,
           "fused events cannot be written: " + reason.detail);
    kept.writing = false;
    // They may have been written all the same.
    kept.stale = true;
    again.start(self, journal_retry);
  };
  ask(
    self, journal, journal_timeout, protocol::append{std::move(batch)},
    [this, n, lost](const protocol::append_answer& x) {
      if (const auto* reason = std::get_if<error>(&x.outcome))
        return lost(*reason);
      written(n);
    },
    lost);
}

void harmonizer_state::written(std::size_t n) {
  kept.writing = false;
  kept.alarmed = false;
  for (; n > 0; --n) {
    kept.book.add(kept.waiting.front());
    want(kept.waiting.front());
    kept.waiting.pop_front();
  }
  write_fused();
  hand_over();
}

// -- what is shown ------------------------------------------------------------

std::string_view
harmonizer_state::kept_how(const desk::fused_fact& what) const {
  const auto* known = kept.book.find(what.id);
  if (known != nullptr && known->rev >= what.rev)
    return "written";
  auto waits = std::any_of(
    kept.waiting.begin(), kept.waiting.end(),
    [&what](const auto& x) { return x.id == what.id && x.rev == what.rev; });
  if (waits)
    return "waiting";
  auto worth = what.state == fusion::event_state::final
               && what.p >= table->review_from();
  return worth || known != nullptr ? "lost" : "no";
}

json::object harmonizer_state::kept_json() const {
  json::object o{{"written", kept.book.entries},
                 {"waiting", static_cast<std::int64_t>(kept.waiting.size())},
                 {"lost", kept.lost},
                 {"early_dropped", early_dropped},
                 {"state", kept.damaged ? "damaged"
                           : kept.stale ? "in_doubt"
                                        : "good"}};
  if (kept.damaged)
    o["detail"] = kept.damaged->detail;
  return o;
}

namespace {

json::array rows_json(const protocol::entry_list& rows) {
  json::array out;
  for (const auto& row : *rows) {
    auto fields = audit::parse_entry(row.bytes);
    if (!fields || fields->data.as_object() == nullptr)
      continue;
    auto o = *fields->data.as_object();
    o["no"] = row.bseq + 1;
    o["position"] = row.seq;
    out.emplace_back(std::move(o));
  }
  return out;
}

} // namespace

harmonizer_state::promise
harmonizer_state::list(const protocol::get_fused& what) {
  auto to = self->make_response_promise<protocol::text_answer>();
  auto failed = [to](const error& reason) mutable {
    to.deliver(protocol::text_answer{reason});
  };
  ask(
    self, reader, journal_timeout,
    protocol::read_bout{desk::fused_chain(deps.id), what.after, what.limit},
    [this, to, failed, what](const protocol::entries_answer& page) mutable {
      if (const auto* reason = std::get_if<error>(&page.outcome))
        return failed(*reason);
      const auto& rows = std::get<protocol::entry_list>(page.outcome);
      auto last = rows->empty() ? what.after : rows->back().bseq + 1;
      json::object o{{"bout_id", deps.id.str()},
                     {"entries", rows_json(rows)},
                     {"next_after", last},
                     {"more", rows->size() == what.limit}};
      to.deliver(
        protocol::text_answer{json::to_text(json::value{std::move(o)})});
    },
    failed);
  return to;
}

} // namespace ringside
