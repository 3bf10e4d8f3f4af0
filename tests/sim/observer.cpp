#include "tests/sim/observer.hpp"

#include "actors/protocol/advice_actors.hpp"
#include "actors/protocol/bout_actors.hpp"
#include "actors/protocol/ops_actors.hpp"
#include "actors/runtime/harden.hpp"
#include "actors/runtime/request_helpers.hpp"

#include <chrono>
#include <utility>

#include <caf/all.hpp>

namespace ringside::sim {

namespace {

using std::chrono::milliseconds;
using kind = wire::audience::kind;

constexpr milliseconds patience{2'000};
constexpr json::limits body_limits{4 * 1024 * 1024, 16};

wire::audience any_audience(rng& source) {
  switch (source() % 5) {
  case 0:
    return {kind::control, 0};
  case 1:
    return {kind::desk, 0};
  case 2:
    return {kind::judge, 1 + static_cast<int>(source() % 3)};
  case 3:
    return {kind::broadcast, 0};
  default:
    return {kind::public_, 0};
  }
}

protocol::bout_actor bout_of(const observer_deps& deps, const fight& at) {
  return deps.services->names.open<protocol::bout_actor>("bout/" + at.id.str()
                                                         + "/bout");
}

} // namespace

void observer_state::init(observer_deps what) {
  deps = std::move(what);
  clock.start(self, milliseconds{150});
}

void observer_state::on_tick() {
  auto& source = *deps.source;
  if (*deps.closing)
    return;
  if (chance(source, 100'000))
    make_account();
  if (chance(source, 50'000))
    change_calibration();
  const auto& at = *deps.fights[source() % deps.fights.size()];
  if (at.id.empty())
    return;
  if (source() % 3 == 0)
    ask_assessment(at, any_audience(source));
  else if (source() % 2 == 0)
    ask_view(at, any_audience(source));
  else
    ask_events(at, any_audience(source));
}

void observer_state::ask_view(const fight& at, wire::audience who) {
  ask(
    self, bout_of(deps, at), patience,
    protocol::get_bout{who, protocol::bout_part::all},
    [this, who, id = at.id](const protocol::text_answer& x) {
      const auto* text = std::get_if<std::string>(&x.outcome);
      auto view = json::parse(text != nullptr ? *text : "{}", body_limits);
      if (!view)
        return deps.log->fail("a view cannot be read");
      if (text == nullptr)
        return;
      deps.log->count("views");
      check_view(*deps.log, *deps.durable, {id, who, "a view"}, *view);
      if (view->as_object() != nullptr)
        check_whole(*deps.log, *deps.durable, {id, who, "a view"},
                    *view->as_object());
    },
    [](const error&) {
      // The actor restarts; the next question may be answered.
    });
}

void observer_state::ask_events(const fight& at, wire::audience who) {
  ask(
    self, bout_of(deps, at), patience, protocol::get_bout_events{who, 0, 1'000},
    [this, who, id = at.id](const protocol::text_answer& x) {
      const auto* text = std::get_if<std::string>(&x.outcome);
      if (text == nullptr)
        return;
      auto page = json::parse(*text, body_limits);
      if (!page)
        return deps.log->fail("a list of events cannot be read");
      deps.log->count("event_lists");
      check_events(
        *deps.log, *deps.durable, {id, who, "a list of events"},
        *page->find("events"),
        static_cast<bout::event_no>(*page->find("version")->as_int()));
    },
    [](const error&) {
      // As above.
    });
}

void observer_state::ask_assessment(const fight& at, wire::audience who) {
  auto scorer = deps.services->names.open<protocol::scorer_actor>(
    "bout/" + at.id.str() + "/scorer");
  auto round = 1 + static_cast<int>((*deps.source)() % 3);
  ask(
    self, scorer, patience, protocol::get_assessment{who, round},
    [this, who, round, &at](const protocol::text_answer& x) {
      if (const auto* text = std::get_if<std::string>(&x.outcome))
        check_assessment(at, who, round, *text);
    },
    [](const error&) {
      // As above.
    });
}

void observer_state::check_assessment(const fight& at, wire::audience who,
                                      int round, const std::string& text) {
  auto body = json::parse(text, body_limits);
  const auto* b = deps.durable->find(at.id);
  if (!body || b == nullptr)
    return deps.log->fail("an assessment cannot be read, or has no bout");
  auto filed = b->filed.contains({who.seat, round});
  if (!b->published && who.who != kind::control && who.who != kind::broadcast
      && !(who.who == kind::judge && filed))
    deps.log->fail("the wall: an assessment of round " + std::to_string(round)
                   + " is shown to " + std::to_string(who.seat));
  deps.assessed->take(at.id, *body, "an answer");
}

void observer_state::change_calibration() {
  auto calibration = deps.services->names.open<protocol::calibration_actor>(
    "node/calibration");
  auto& source = *deps.source;
  protocol::set_calibration what;
  what.by = {role::commission, "c1"};
  what.version = deps.durable->calibration().version;
  what.reason = "weather";
  what.wanted.values = {{calibration::setting::temperature_milli,
                         static_cast<std::int64_t>(500 + source() % 3'000)},
                        {calibration::setting::wide_card_at_ppm,
                         static_cast<std::int64_t>(source() % 1'000'000)}};
  ask(
    self, calibration, milliseconds{12'000}, what,
    [this, upon = what.version](const protocol::text_answer& x) {
      if (!std::holds_alternative<std::string>(x.outcome))
        return;
      deps.log->count("calibrations");
      if (deps.durable->calibration().version <= upon)
        deps.log->fail("a calibration was acknowledged and is not durable");
    },
    [](const error&) {
      // In doubt.
    });
}

void observer_state::make_account() {
  auto accounts_of_node
    = deps.services->names.open<protocol::accounts_actor>("node/accounts");
  auto called = "person " + std::to_string(++made);
  ask(
    self, accounts_of_node, milliseconds{12'000},
    protocol::create_account{{role::admin, "root"}, called, role::viewer},
    [this](const protocol::text_answer& x) {
      const auto* text = std::get_if<std::string>(&x.outcome);
      if (text == nullptr)
        return;
      deps.log->count("accounts");
      if (!accounts.insert(*text).second)
        deps.log->fail("an account was given twice: " + *text);
    },
    [](const error&) {
      // In doubt; it may exist or not.
    });
}

caf::behavior observer_behavior(observer_state::pointer self,
                                observer_deps deps) {
  harden(self, deps.services->log, "observer");
  self->state.init(std::move(deps));
  return {
    [self](const tick& t) {
      if (self->state.clock.accept(t))
        self->state.on_tick();
    },
  };
}

} // namespace ringside::sim
