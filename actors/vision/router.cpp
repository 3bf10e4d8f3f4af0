#include "actors/vision/router.hpp"

#include "actors/protocol/feed_actors.hpp"
#include "actors/runtime/harden.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "actors/vision/source.hpp"
#include "domain/vision/routing/router_status.hpp"

#include <chrono>
#include <utility>

namespace ringside {

namespace {

constexpr std::chrono::milliseconds router_period{250};
/// A camera that restarts is told again.
constexpr std::chrono::seconds tell_timeout{2};
/// How long a worker waits for work that is not there.
constexpr span_us wait_max = milliseconds(900);
constexpr span_us said_every = seconds(1);

protocol::text_answer work_text(const std::vector<routing::handed_job>& jobs) {
  json::array list;
  for (const auto& j : jobs) {
    json::object o{{"job", j.id}, {"camera", j.camera}, {"seq", j.seq}};
    o["items"] = *j.items;
    if (j.trial)
      o["trial"] = true;
    list.emplace_back(std::move(o));
  }
  json::object all;
  all["jobs"] = std::move(list);
  return {json::to_text(json::value{std::move(all)})};
}

} // namespace

void router_state::init(router_deps what) {
  deps = std::move(what);
  // No earlier ROUTER gave a number as high as this one's first.
  table.emplace(static_cast<std::uint64_t>(now().count));
  clock.start(self, router_period);
}

mono_us router_state::now() const {
  return deps.time.at(self->clock().now());
}

// -- workers ------------------------------------------------------------------

router_state::promise router_state::take(const protocol::worker_asks& x) {
  auto result = self->make_response_promise<protocol::text_answer>();
  const auto& id = x.word.id;
  // Asking again, it does not wait for the answer to its last question.
  if (auto old = questions_.find(id); old != questions_.end()) {
    old->second.answer.deliver(work_text({}));
    questions_.erase(old);
  }
  if (!table->hear(x.word, now())) {
    result.deliver(protocol::text_answer{
      refuse(ec::overloaded, "this node has as many workers as it can")});
    return result;
  }
  table->finish(id, x.done, now());
  if (x.want == 0)
    result.deliver(work_text({}));
  else
    questions_[id] = {result, x.want, after(now(), wait_max)};
  pass_on();
  return result;
}

void router_state::take(const protocol::worker_beats& x) {
  table->hear(x.word, now());
  pass_on();
}

void router_state::take(const protocol::worker_drains& x) {
  table->drain(x.worker, x.on, now());
  pass_on();
}

void router_state::answer_workers() {
  for (auto i = questions_.begin(); i != questions_.end();) {
    auto jobs = table->hand_out(i->first, i->second.want, now());
    if (jobs.empty()) {
      ++i;
      continue;
    }
    i->second.answer.deliver(work_text(jobs));
    i = questions_.erase(i);
  }
}

void router_state::shut_old_questions() {
  for (auto i = questions_.begin(); i != questions_.end();) {
    if (now() < i->second.until) {
      ++i;
      continue;
    }
    i->second.answer.deliver(work_text({}));
    i = questions_.erase(i);
  }
}

// -- cameras ------------------------------------------------------------------

void router_state::take(const protocol::work_offered& x) {
  table->offer(x.camera, x.batches, x.all, now());
  pass_on();
}

void router_state::tell(const routing::told_outcome& x) {
  auto to = deps.services->names.open<protocol::worked_source_actor>(
    source_name(x.camera));
  ask(
    self, to, tell_timeout, protocol::work_result{x.seq, x.items, x.why},
    [this, camera = x.camera, seq = x.seq](const protocol::work_noted& y) {
      table->heard(camera, seq, y.well);
    },
    [this, camera = x.camera, seq = x.seq](const error&) {
      table->heard(camera, seq, false);
    });
}

void router_state::pass_on() {
  for (const auto& x : table->take_outcomes())
    tell(x);
  answer_workers();
}

// -- views --------------------------------------------------------------------

protocol::text_answer router_state::show() const {
  return {json::to_text(json::value{routing::status_json(*table, now())})};
}

protocol::text_answer router_state::series() const {
  return {routing::status_series(*table)};
}

void router_state::say() {
  said_ = now();
  auto text = std::get<std::string>(show().outcome);
  if (std::exchange(last_said_, text) == text)
    return;
  auto hub = deps.services->names.open<protocol::hub_actor>("node/hub");
  self->send(hub, protocol::set_topic{router_name, std::move(text)});
}

void router_state::say_again() {
  last_said_.clear();
  say();
}

void router_state::on_tick() {
  table->look(now());
  pass_on();
  shut_old_questions();
  if (elapsed(said_, now()) >= said_every)
    say();
}

router_impl::behavior_type router_behavior(router_state::pointer self,
                                           router_deps deps) {
  harden(self, deps.services->log, router_name);
  self->state.init(std::move(deps));
  return {
    [self](const protocol::worker_asks& x) { return self->state.take(x); },
    [self](const protocol::worker_beats& x) { self->state.take(x); },
    [self](const protocol::worker_drains& x) { self->state.take(x); },
    [self](const protocol::work_offered& x) { self->state.take(x); },
    [self](const protocol::get_routing&) { return self->state.show(); },
    [self](const protocol::get_series&) { return self->state.series(); },
    [self](const protocol::hub_started&) { self->state.say_again(); },
    [self](const tick& t) {
      if (self->state.clock.accept(t))
        self->state.on_tick();
    },
  };
}

} // namespace ringside
