#include "actors/vision/harmonizer.hpp"

#include "actors/protocol/feed_actors.hpp"
#include "actors/runtime/caf_error.hpp"
#include "actors/runtime/harden.hpp"
#include "actors/vision/source.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace ringside {

namespace {

/// A delta is this much behind what could be said, at most.
constexpr std::chrono::milliseconds harmonizer_period{10};
/// Everything is decided long before.
constexpr span_us asleep_after = seconds(10);
constexpr span_us told_every = seconds(1);

} // namespace

void harmonizer_state::init(harmonizer_deps what) {
  deps = std::move(what);
  label = "bout/" + deps.id.str() + "/harmonizer";
  auto made = desk::fusion_desk::make(*deps.plan);
  if (!made)
    return self->quit(to_caf(made.reason()));
  table.emplace(std::move(*made));
  auto& names = deps.services->names;
  reader = names.open<protocol::reader_actor>("node/reader");
  journal = names.open<protocol::journal_actor>("node/journal");
  scorer
    = names.open<protocol::scorer_actor>("bout/" + deps.id.str() + "/scorer");
  read_fused();
}

mono_us harmonizer_state::now() const {
  return deps.time.at(self->clock().now());
}

bool harmonizer_state::ready() const {
  return kept.loaded && fight.loaded && evidence.loaded;
}

void harmonizer_state::wake() {
  heard = now();
  if (clock.running())
    return;
  clock.start(self, harmonizer_period);
  learn_news();
}

void harmonizer_state::when_ready(std::function<void()> what) {
  if (ready()) {
    what();
    wake();
  } else if (early.size() < early_max) {
    early.push_back(std::move(what));
  } else {
    ++early_dropped;
  }
}

// -- what comes in ------------------------------------------------------------

void harmonizer_state::take(const protocol::source_reports& x) {
  when_ready([this, x, at = now()] { table->take(x.from, *x.reports, at); });
}

void harmonizer_state::take(const protocol::source_beat& x) {
  when_ready([this, x] { table->beat(x.from, x.at, x.in_view); });
}

void harmonizer_state::take(const protocol::source_acts& x) {
  when_ready([this, x] {
    for (const auto& r : *x.acts)
      other_acts.take(source_name(x.from.id), r);
  });
}

void harmonizer_state::take(const protocol::bout_news& x) {
  fight.latest = std::max(fight.latest, x.version);
  if (!ready() || fight.loading)
    return;
  for (const auto& e : *x.events) {
    if (e.no <= fight.now.version)
      continue;
    if (fight.damaged || e.no == fight.now.version + 1)
      fold(e);
    else
      return read_fight();
  }
  wake();
}

void harmonizer_state::on_tick(const tick& t) {
  if (clock.accept(t)) {
    advance();
  } else if (again.accept(t)) {
    again.stop();
    try_again();
  }
}

void harmonizer_state::advance() {
  auto current = now();
  auto said = table->advance(current, fight.now);
  for (const auto& x : said)
    keep(x);
  write_fused();
  tell_screens(said);
  cover();
  hand_over();
  auto ends = elapsed(heard, current) > asleep_after;
  if (ends)
    clock.stop();
  if (ends || elapsed(told, current) >= told_every)
    tell_sources();
}

// -- what is shown ------------------------------------------------------------

void harmonizer_state::tell_screens(const std::vector<desk::fused_fact>& said) {
  auto slots = said.empty() ? json::object{} : table->slots_json(said);
  if (other_acts.take_news())
    slots.emplace("acts", other_acts.to_json());
  if (slots.empty())
    return;
  auto hub = deps.services->names.open<protocol::hub_actor>("node/hub");
  self->send(hub,
             protocol::set_topic{"fusion/" + deps.id.str(),
                                 json::to_text(json::value{std::move(slots)})});
}

void harmonizer_state::tell_sources() {
  told = now();
  auto o = table->stats();
  o["bout_id"] = deps.id.str();
  protocol::fusion_told what{
    deps.id, json::to_text(json::value{std::move(o)}), {}};
  for (auto& x : table->beliefs())
    what.sources.push_back({std::move(x.source), x.judged, x.doubted});
  auto to = deps.services->names.open<protocol::sources_actor>(sources_name);
  self->send(to, std::move(what));
}

protocol::text_answer harmonizer_state::stats() const {
  auto o = table->stats();
  o["acts"] = other_acts.to_json();
  o["bout_id"] = deps.id.str();
  o["journal"] = kept_json();
  o["evidence"] = evidence_json();
  o["trust"] = trust_json();
  json::array events;
  for (const auto& x : table->events()) {
    auto shown = desk::fused_data(x);
    shown["kept"] = kept_how(x);
    events.emplace_back(std::move(shown));
  }
  o["events"] = std::move(events);
  return {json::to_text(json::value{std::move(o)})};
}

harmonizer_impl::behavior_type
harmonizer_behavior(harmonizer_state::pointer self, harmonizer_deps deps) {
  harden(self, deps.services->log, "bout/" + deps.id.str() + "/harmonizer");
  self->state.init(std::move(deps));
  return {
    [self](const protocol::source_reports& x) { self->state.take(x); },
    [self](const protocol::source_beat& x) { self->state.take(x); },
    [self](const protocol::source_acts& x) { self->state.take(x); },
    [self](const protocol::bout_news& x) { self->state.take(x); },
    [self](const protocol::get_fusion&) { return self->state.stats(); },
    [self](const protocol::get_fused& x) { return self->state.list(x); },
    [self](const tick& t) { self->state.on_tick(t); },
  };
}

} // namespace ringside
