#include "actors/runtime/chain_page.hpp"
#include "actors/runtime/journal_pace.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "actors/vision/harmonizer.hpp"
#include "domain/advice/hybrid_round.hpp"
#include "domain/audit/entry.hpp"

#include <chrono>
#include <utility>

namespace ringside {

namespace {

using scoring::hybrid::coverage;

/// The SCORER answers when it is durable.
constexpr std::chrono::seconds scorer_timeout{15};
/// For what may take an official to mend.
constexpr std::chrono::seconds evidence_pause{5};

/// Sending the same again helps, some day.
bool passes(ec code) noexcept {
  return code == ec::overloaded || code == ec::unavailable
         || code == ec::timeout || code == ec::io_error
         || code == ec::read_only;
}

} // namespace

// -- what the SCORER has ------------------------------------------------------

void harmonizer_state::read_evidence() {
  if (std::exchange(evidence.loading, true))
    return;
  ask(
    self, reader, journal_timeout,
    protocol::read_bout{advice::hybrid_chain(deps.id), evidence.book.entries,
                        journal_page},
    [this](const protocol::entries_answer& page) { take_evidence_page(page); },
    [this](const error& reason) { evidence_failed(reason); });
}

/// Behind everything that is on its way to the journal.
void harmonizer_state::read_evidence_again() {
  if (evidence.damaged || std::exchange(evidence.loading, true))
    return;
  ask(
    self, journal, journal_timeout,
    protocol::append{{advice::hybrid_chain(deps.id), std::nullopt, {}}},
    [this](const protocol::append_answer&) {
      evidence.loading = false;
      read_evidence();
    },
    [this](const error& reason) { evidence_failed(reason); });
}

void harmonizer_state::take_evidence_page(
  const protocol::entries_answer& page) {
  auto more = fold_chain(page, [this](const auto& fields, const auto& row) {
    return advice::apply_hybrid_entry(evidence.book, fields, row.seq);
  });
  if (!more)
    return evidence_failed(more.reason());
  evidence.loading = false;
  if (*more)
    return read_evidence();
  evidence.stale = false;
  if (!evidence.loaded)
    for (const auto& x : kept.book.facts)
      want(x);
  evidence.out.know(evidence.book);
  evidence.loaded = true;
  loaded();
  hand_over();
}

void harmonizer_state::evidence_failed(const error& reason) {
  evidence.loading = false;
  auto corrupt = reason.code == ec::corrupt;
  log_to(deps.services->log, corrupt ? severity::alarm : severity::error, label,
         "the hybrid scoring cannot be read: " + reason.detail);
  if (!corrupt) {
    again.start(self, journal_retry);
    return;
  }
  // Cameras are fused and shown all the same.
  evidence.damaged = reason;
  evidence.loaded = true;
  loaded();
}

// -- handing over -------------------------------------------------------------

rules::camera_counting harmonizer_state::counting() const {
  return fight.now.ruleset ? fight.now.ruleset->cameras
                           : rules::camera_counting::none;
}

void harmonizer_state::want(const desk::fused_fact& what) {
  evidence.out.want(witness::evidence_name(what), what.round,
                    witness::evidence_of(what, counting()));
}

void harmonizer_state::cover() {
  auto n = bout::current_round_no(fight.now);
  if (n == 0 || !rules::may_count(counting())
      || bout::find_round(fight.now, n)->status != bout::round_status::open)
    return;
  evidence.out.cover(n, table->cameras_watch(now()) ? coverage::both
                                                    : coverage::human_only);
}

void harmonizer_state::hand_over() {
  if (!evidence.loaded || evidence.loading || evidence.asking || evidence.stale
      || evidence.damaged || again.running())
    return;
  auto open = [this](int n) {
    return bout::find_round(fight.now, n) != nullptr
           && !advice::hybrid_closed(fight.now, n);
  };
  auto news = evidence.out.next(open, evidence.most);
  if (!news) {
    evidence.most = advice::hybrid_news_max;
    return;
  }
  evidence.asking = true;
  ask(
    self, scorer, scorer_timeout,
    protocol::report_evidence{{role::source, "harmonizer"}, *news},
    [this, news = *news](const protocol::evidence_answer& x) {
      handed(news, x);
    },
    [this, news = *news](const error& reason) {
      handed(news, protocol::evidence_answer{reason});
    });
}

void harmonizer_state::handed(const advice::hybrid_news& news,
                              const protocol::evidence_answer& answer) {
  evidence.asking = false;
  const auto* reason = std::get_if<error>(&answer.outcome);
  if (reason == nullptr) {
    evidence.out.taken(news);
    return hand_over();
  }
  if (passes(reason->code)) {
    evidence.stale = true;
    again.start(self, journal_retry);
    return;
  }
  // No hybrid profile in force, or a lock this actor does not know of yet. A
  // report that is not there to withdraw is looked for below.
  auto waits = reason->code == ec::not_found && news.withdrawn.empty();
  if (waits || reason->code == ec::round_locked) {
    again.start(self, evidence_pause);
    return;
  }
  if (news.reports.size() + news.withdrawn.size() > 1 && evidence.most > 1) {
    evidence.most = 1;
    return hand_over();
  }
  log_to(deps.services->log, severity::error, label,
         "evidence was refused: " + reason->detail);
  evidence.out.refused(news);
  hand_over();
}

json::object harmonizer_state::evidence_json() const {
  const auto& c = evidence.out.counters();
  auto n = bout::current_round_no(fight.now);
  json::object o{{"counting", text_of(counting())},
                 {"handed", c.handed},
                 {"withdrawn", c.withdrawn},
                 {"refused", c.refused},
                 {"state", evidence.damaged ? "damaged"
                           : evidence.stale ? "in_doubt"
                                            : "good"}};
  if (n > 0)
    o["coverage"] = text_of(evidence.out.covered(n));
  return o;
}

} // namespace ringside
