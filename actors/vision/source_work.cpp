#include "actors/runtime/request_helpers.hpp"
#include "actors/vision/router.hpp"
#include "actors/vision/source.hpp"

#include <utility>

/// Pictures and vision workers: what a SOURCE does with the ROUTER.
namespace ringside {

namespace {

protocol::router_actor router(const source_deps& deps) {
  return deps.services->names.open<protocol::router_actor>(router_name);
}

error no_worker() {
  return refuse(ec::wrong_state, "this source is no vision worker", "source_id",
                "make a source of kind worker");
}

} // namespace

// -- of a worker --------------------------------------------------------------

routing::worker_word source_state::word() const {
  return {fact->id, fact->mode, fact->draining, load_ppm, run};
}

void source_state::tell_router() const {
  self->send(router(deps), protocol::worker_beats{word()});
}

void source_state::tell_drained(bool on) const {
  self->send(router(deps), protocol::worker_drains{fact->id, on});
}

source_state::promise source_state::ask_for_work(const protocol::get_work& x) {
  auto result = self->make_response_promise<protocol::text_answer>();
  auto why = closed_to(x.account);
  if (!why && fact->kind != intake::source_kind::worker)
    why = no_worker();
  if (why) {
    result.deliver(protocol::text_answer{std::move(*why)});
    return result;
  }
  book.beat(x.arrived, book.in_view());
  remember();
  load_ppm = x.load_ppm;
  run = x.run;
  result.delegate(router(deps), protocol::worker_asks{word(), x.want, x.done});
  return result;
}

// -- of a camera --------------------------------------------------------------

void source_state::offer(std::uint64_t seq) const {
  for (const auto& b : book.unfinished().batches())
    if (b.what.seq == seq && !b.outcome)
      self->send(router(deps),
                 protocol::work_offered{
                   fact->id, {{seq, b.what.items, b.what.arrived}}, false});
}

void source_state::offer_all() const {
  protocol::work_offered what;
  what.camera = fact->id;
  what.all = true;
  for (const auto& b : book.unfinished().batches())
    if (!b.outcome)
      what.batches.push_back({b.what.seq, b.what.items, b.what.arrived});
  self->send(router(deps), std::move(what));
}

protocol::work_noted source_state::take(const protocol::work_result& x) {
  if (!fact || !how)
    return {false};
  book.finish(x.seq, {x.items, x.why});
  auto now = deps.time.at(self->clock().now());
  while (auto seen = book.read_worked(*fact, *how, now))
    pass_on(std::move(seen->reports), std::move(seen->acts));
  remember();
  return {true};
}

} // namespace ringside
