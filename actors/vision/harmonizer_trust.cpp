#include "actors/runtime/chain_page.hpp"
#include "actors/runtime/journal_pace.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "actors/vision/harmonizer.hpp"
#include "domain/audit/entry.hpp"

#include <chrono>
#include <utility>

/// What is learned of sources from one bout to the next.
namespace ringside {

namespace {

/// Nothing waits for it.
constexpr std::chrono::seconds trust_pause{5};

bout_id trust_bout() {
  return bout_id{std::string{trust::trust_chain}};
}

bool is_over(const bout::state& now) {
  return now.phase == bout::phase::published
         || now.phase == bout::phase::cancelled;
}

} // namespace

// -- what is known when the bout begins ---------------------------------------

/// A bout whose first event was fused keeps what it began with.
bool harmonizer_state::trust_is_complete() const {
  const auto& began_with = kept.book.parameters;
  return began_with
         && trusted.book.entries >= static_cast<std::uint32_t>(*began_with);
}

void harmonizer_state::read_trust() {
  if (trust_is_complete())
    return trust_read();
  if (std::exchange(trusted.loading, true))
    return;
  ask(
    self, reader, journal_timeout,
    protocol::read_bout{trust_bout(), trusted.book.entries, journal_page},
    [this](const protocol::entries_answer& page) { take_trust_page(page); },
    [this](const error& reason) { trust_failed(reason); });
}

void harmonizer_state::take_trust_page(const protocol::entries_answer& page) {
  auto more = fold_chain(page, [this](const auto& fields, const auto&) {
    return trust_is_complete() ? result<unit>{unit{}}
                               : trust::apply_trust_entry(trusted.book, fields);
  });
  if (!more)
    return trust_failed(more.reason());
  trusted.loading = false;
  if (*more)
    return read_trust();
  trust_read();
}

void harmonizer_state::trust_failed(const error& reason) {
  trusted.loading = false;
  auto corrupt = reason.code == ec::corrupt;
  log_to(deps.services->log, corrupt ? severity::alarm : severity::error, label,
         "what is known of the sources cannot be read: " + reason.detail);
  if (!corrupt) {
    again.start(self, journal_retry);
    return;
  }
  // The plan does without.
  trusted.damaged = reason;
  trusted.book = {};
  trust_read();
}

void harmonizer_state::trust_read() {
  table->know(trusted.book);
  if (kept.loaded)
    return;
  if (!kept.damaged)
    table->resume(kept.book);
  kept.loaded = true;
  read_fight();
}

void harmonizer_state::learn_news() {
  if (kept.loaded && table->untouched() && !trusted.damaged)
    read_trust();
}

// -- what the bout adds -------------------------------------------------------

void harmonizer_state::judge_sources() {
  if (!ready() || trusted.judged || !is_over(fight.now))
    return;
  trusted.judged = true;
  auto sources = table->judged();
  if (sources.empty())
    return;
  trusted.waiting = json::to_text(
    json::value{trust::judged_data({deps.id, std::move(sources)})});
  write_trust();
}

void harmonizer_state::write_trust() {
  if (trusted.waiting.empty() || std::exchange(trusted.writing, true))
    return;
  persistence::append_batch batch{trust_bout(), std::nullopt, {}};
  batch.drafts.push_back({to_string(issuer{role::admin, "node"}),
                          std::string{trust::kind_trust}, trusted.waiting,
                          std::nullopt});
  auto lost = [this](const error& reason) {
    log_to(deps.services->log, severity::warning, label,
           "what the sources showed cannot be written: " + reason.detail);
    trusted.writing = false;
    // If it was written all the same, the first of two counts.
    again.start(self, trust_pause);
  };
  ask(
    self, journal, journal_timeout, protocol::append{std::move(batch)},
    [this, lost](const protocol::append_answer& x) {
      if (const auto* reason = std::get_if<error>(&x.outcome))
        return lost(*reason);
      trusted.writing = false;
      trusted.waiting.clear();
    },
    lost);
}

json::object harmonizer_state::trust_json() const {
  return {{"state", trusted.damaged            ? "damaged"
                    : !trusted.waiting.empty() ? "waiting"
                    : trusted.judged           ? "written"
                                               : "good"}};
}

} // namespace ringside
