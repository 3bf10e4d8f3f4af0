#include "actors/judging/scorer.hpp"

#include "actors/runtime/harden.hpp"
#include "actors/runtime/journal_pace.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "domain/advice/judging.hpp"
#include "domain/audit/personal.hpp"
#include "domain/wire/entry_codec.hpp"

#include <algorithm>
#include <chrono>

namespace ringside {

namespace {

constexpr std::chrono::seconds ask_timeout{2};
/// Ten times a second at most.
constexpr std::chrono::milliseconds pace_period{100};

} // namespace

void scorer_state::init(scorer_deps what) {
  deps = std::move(what);
  label = "bout/" + deps.id.str() + "/scorer";
  auto& names = deps.services->names;
  reader = names.open<protocol::reader_actor>("node/reader");
  journal = names.open<protocol::journal_actor>("node/journal");
  hub = names.open<protocol::hub_actor>("node/hub");
  calibration = names.open<protocol::calibration_actor>("node/calibration");
  knock();
}

void scorer_state::knock() {
  // Names may refuse while an actor starts: then the next one gets through.
  self->send(deps.services->names.open<scorer_impl>(label),
             scorer_msg::knock{});
  again.start(self, journal_retry);
}

void scorer_state::reached() {
  if (std::exchange(bound, true))
    return;
  again.stop();
  ask_in_force();
  read_hybrid();
  catch_up();
}

// -- what is in force ---------------------------------------------------------

void scorer_state::ask_in_force() {
  ask(
    self, calibration, ask_timeout, protocol::get_in_force{},
    [this](const protocol::in_force_answer& x) {
      if (const auto* f = std::get_if<advice::in_force_ptr>(&x.outcome))
        take(protocol::now_in_force{*f});
      else
        again.start(self, journal_retry);
    },
    [this](const error&) { again.start(self, journal_retry); });
}

void scorer_state::take(const protocol::now_in_force& what) {
  // A question and a change may cross.
  if (force && what.what->version < force->version)
    return;
  force = what.what;
  changed();
}

// -- the bout -----------------------------------------------------------------

void scorer_state::take(const protocol::bout_news& news) {
  latest = std::max(latest, news.version);
  if (loading || damaged || !bound)
    return;
  for (const auto& e : *news.events) {
    if (e.no <= now.version)
      continue;
    if (e.no != now.version + 1)
      return catch_up();
    fold(e);
  }
  if (now.version < latest)
    return catch_up();
  changed();
}

void scorer_state::fold(const bout::event& e) {
  tallies.add(now, e);
  bout::apply(now, e, *deps.rulesets);
}

void scorer_state::catch_up() {
  if (std::exchange(loading, true))
    return;
  ask(
    self, reader, journal_timeout,
    protocol::read_bout{deps.id, now.version, journal_page},
    [this](const protocol::entries_answer& page) { take_page(page); },
    [this](const error& reason) { failed(reason); });
}

void scorer_state::take_page(const protocol::entries_answer& page) {
  if (const auto* reason = std::get_if<error>(&page.outcome))
    return failed(*reason);
  const auto& rows = *std::get<protocol::entry_list>(page.outcome);
  for (const auto& row : rows) {
    auto fields = audit::read_entry(row.bytes, row.personal);
    if (!fields)
      return failed(refuse(ec::corrupt, fields.reason().detail));
    auto e = wire::next_event(now, *fields, *deps.rulesets);
    if (!e)
      return failed(e.reason());
    fold(*e);
  }
  loading = false;
  // The reader may be behind the news; nothing new is not a reason to spin.
  if (rows.size() == journal_page || (!rows.empty() && now.version < latest))
    return catch_up();
  read_once = true;
  if (now.version < latest)
    again.start(self, journal_retry);
  changed();
}

void scorer_state::failed(const error& reason) {
  log_to(deps.services->log, severity::error, label,
         "the bout cannot be assessed: " + reason.detail);
  loading = false;
  if (reason.code == ec::corrupt)
    damaged = reason;
  else
    again.start(self, journal_retry);
}

// -- the topic ----------------------------------------------------------------

void scorer_state::changed() {
  if (loading || !read_once || !force || !hybrid_known())
    return;
  settle_hybrid();
  if (!pace.running())
    publish();
}

scorer_state::basis scorer_state::basis_of(int round) const {
  const auto* known = tallies.find(round);
  const auto& record = hybrid.book.of(round);
  return {known != nullptr ? known->version : 0, force->version, record.heard,
          record.locks.size(), advice::hybrid_closed(now, round)};
}

void scorer_state::publish() {
  json::object state;
  for (int n = 1; n <= bout::current_round_no(now); ++n) {
    auto what = basis_of(n);
    if (auto old = shown.find(n); old != shown.end() && old->second == what)
      continue;
    shown[n] = what;
    auto a = advice::advise(*force, now, tallies, deps.id, n);
    auto key = "round_" + std::to_string(n);
    if (a) {
      auto shown_now = advice::advice_json(*a, deps.id);
      add_hybrid(shown_now, n);
      state.emplace(key, std::move(shown_now));
    } else {
      state.emplace(key, json::object{{"round", n},
                                      {"advisory", true},
                                      {"unavailable", a.reason().detail}});
    }
  }
  if (state.empty())
    return;
  state["bout_id"] = deps.id.str();
  state["calibration_version"] = force->version;
  self->send(hub, protocol::set_topic{"assessment/" + deps.id.str(),
                                      json::to_text(json::value{state})});
  pace.start(self, pace_period);
}

void scorer_state::publish_all() {
  shown.clear();
  changed();
}

void scorer_state::on_tick(const tick& t) {
  if (pace.accept(t)) {
    pace.stop();
    changed();
  } else if (again.accept(t)) {
    again.stop();
    if (!bound)
      return knock();
    if (!force)
      ask_in_force();
    if (!hybrid.read_once || hybrid.stale)
      read_hybrid_again();
    if (!damaged && (!read_once || now.version < latest))
      catch_up();
  }
}

// -- questions ----------------------------------------------------------------

std::optional<error> scorer_state::not_ready() const {
  if (damaged)
    return damaged;
  if (now.version < latest || loading || !read_once || !force
      || !hybrid_known())
    return refuse(ec::unavailable, "the assessment is being made", {},
                  "try again in a moment");
  if (now.version == 0)
    return refuse(ec::not_found, "there is no such bout");
  return std::nullopt;
}

protocol::text_answer
scorer_state::judging(const protocol::get_judging& what) const {
  if (auto why = not_ready())
    return {*why};
  return {json::to_text(json::value{
    advice::judging_json(*force, now, tallies, deps.id, what.audience)})};
}

protocol::text_answer
scorer_state::assessment(const protocol::get_assessment& what) const {
  if (auto why = not_ready())
    return {*why};
  // What is asked first must not tell how far the bout is.
  if (!wire::assessment_visible(now, what.round, what.audience))
    return {refuse(ec::forbidden, "this assessment is not for you yet", {},
                   "judges see it once their card of the round is filed, "
                   "everybody once the result is published")};
  auto a = advice::advise(*force, now, tallies, deps.id, what.round);
  if (!a)
    return {a.reason()};
  auto body = advice::advice_json(*a, deps.id);
  add_hybrid(body, what.round);
  return {json::to_text(json::value{std::move(body)})};
}

scorer_impl::behavior_type scorer_behavior(scorer_state::pointer self,
                                           scorer_deps deps) {
  auto label = "bout/" + deps.id.str() + "/scorer";
  harden(self, deps.services->log, label);
  self->state.init(std::move(deps));
  return {
    [self](const protocol::bout_news& x) { self->state.take(x); },
    [self](const protocol::now_in_force& x) { self->state.take(x); },
    [self](const protocol::hub_started&) { self->state.publish_all(); },
    [self](const protocol::get_assessment& x) {
      return self->state.assessment(x);
    },
    [self](const protocol::get_judging& x) { return self->state.judging(x); },
    [self](const protocol::report_evidence& x) { return self->state.take(x); },
    [self](const scorer_msg::knock&) { self->state.reached(); },
    [self](const tick& t) { self->state.on_tick(t); },
  };
}

} // namespace ringside
