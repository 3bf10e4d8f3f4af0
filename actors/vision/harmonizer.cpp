#include "actors/vision/harmonizer.hpp"

#include "actors/runtime/caf_error.hpp"
#include "actors/runtime/harden.hpp"
#include "actors/vision/source.hpp"

#include <chrono>
#include <utility>

namespace ringside {

namespace {

constexpr std::chrono::milliseconds tick_period{50};
/// Everything is decided long before.
constexpr span_us asleep_after = seconds(10);
constexpr span_us told_every = seconds(1);

} // namespace

void harmonizer_state::init(harmonizer_deps what) {
  deps = std::move(what);
  auto made = desk::fusion_desk::make(*deps.plan);
  if (!made)
    return self->quit(to_caf(made.reason()));
  table.emplace(std::move(*made));
}

mono_us harmonizer_state::now() const {
  return deps.time.at(self->clock().now());
}

void harmonizer_state::wake() {
  heard = now();
  if (!clock.running())
    clock.start(self, tick_period);
}

void harmonizer_state::take(const protocol::source_reports& x) {
  table->take(x.from, *x.reports, now());
  wake();
}

void harmonizer_state::take(const protocol::source_beat& x) {
  table->beat(x.from, x.at, x.in_view);
  wake();
}

void harmonizer_state::take(const protocol::source_acts& x) {
  acts += x.acts->size();
  wake();
}

void harmonizer_state::take(const protocol::bout_news& x) {
  for (const auto& e : *x.events)
    table->take(e);
  wake();
}

void harmonizer_state::on_tick() {
  auto current = now();
  table->advance(current);
  auto ends = elapsed(heard, current) > asleep_after;
  if (ends)
    clock.stop();
  if (ends || elapsed(told, current) >= told_every)
    tell_sources();
}

void harmonizer_state::tell_sources() {
  told = now();
  auto o = table->stats();
  o.erase("events");
  o["bout_id"] = deps.id.str();
  auto to = deps.services->names.open<protocol::sources_actor>(sources_name);
  self->send(to, protocol::fusion_told{
                   deps.id, json::to_text(json::value{std::move(o)})});
}

protocol::text_answer harmonizer_state::stats() const {
  auto o = table->stats();
  o["acts"] = acts;
  o["bout_id"] = deps.id.str();
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
    [self](const tick& t) {
      if (self->state.clock.accept(t))
        self->state.on_tick();
    },
  };
}

} // namespace ringside
