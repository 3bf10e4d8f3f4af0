#include "actors/runtime/supervisor_state.hpp"

#include "actors/runtime/caf_error.hpp"
#include "actors/runtime/probed.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "actors/runtime/ticker.hpp"
#include "domain/base/check.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include <caf/all.hpp>

namespace ringside {

namespace {

/// After `kill` an actor only has to finish the handler it is in.
constexpr std::chrono::milliseconds kill_timeout{1'000};

void settle(std::vector<child_promise>& waiting, const std::string& name) {
  for (auto& promise : std::exchange(waiting, {}))
    promise.deliver(child_done{name});
}

void settle(std::vector<child_promise>& waiting, const caf::error& reason) {
  for (auto& promise : std::exchange(waiting, {}))
    promise.deliver(reason);
}

} // namespace

// -- construction -------------------------------------------------------------

void supervisor_state::init(services_ptr deps, supervisor_spec what) {
  services = std::move(deps);
  spec = std::move(what);
  for (auto& child : spec.children) {
    RINGSIDE_CHECK(find(child.name) == nullptr && child.spawn);
    auto& record = children.emplace_back();
    record.spec = child;
    record.must_start = true;
  }
  advance();
}

// -- stopping -----------------------------------------------------------------

void supervisor_state::advance() {
  sweep();
  if (stop_next())
    return;
  if (now == phase::stopping)
    finish();
  else
    start_next();
}

bool supervisor_state::stop_next() {
  for (auto i = children.rbegin(); i != children.rend(); ++i) {
    if (!i->alive() || !i->must_stop)
      continue;
    if (i->state != child_state::stopping)
      stop(*i);
    return true;
  }
  return false;
}

void supervisor_state::stop(child_record& child) {
  auto& who = child.spec.name;
  child.state = child_state::stopping;
  caf::error reason = caf::exit_reason::user_shutdown;
  if (child.must_start || coming_back()) {
    services->names.hold(who);
    reason = restart_reason();
  } else {
    services->names.refuse(who);
  }
  self->send_exit(child.handle, std::move(reason));
  send_later(self, child.spec.shutdown_timeout,
             caf::make_message(supervisor_timer{supervisor_timer::kind::kill,
                                                who, child.incarnation}));
}

void supervisor_state::kill(child_record& child) {
  // send_exit would queue up behind a backlog.
  child.handle->eq_impl(caf::make_message_id(caf::message_priority::high),
                        self->ctrl(), self->context(),
                        caf::exit_msg{self->address(), caf::exit_reason::kill});
  send_later(
    self, kill_timeout,
    caf::make_message(supervisor_timer{supervisor_timer::kind::abandon,
                                       child.spec.name, child.incarnation}));
}

void supervisor_state::stop_all(caf::error reason) {
  if (now == phase::stopping)
    return;
  now = phase::stopping;
  quit_reason = std::move(reason);
  auto why = refusal(ec::unavailable, spec.name + " stops");
  for (auto& child : children) {
    child.must_start = false;
    child.must_stop = child.alive();
    settle(child.on_ready, why);
    if (!child.alive() && !coming_back())
      services->names.refuse(child.spec.name);
  }
  advance();
}

void supervisor_state::finish() {
  if (std::exchange(finished, true))
    return;
  log(severity::info, "stopped: " + describe(quit_reason));
  // Only now: the supervisor above kills who says that it will not get ready,
  // which would cut the orderly stop short.
  for (auto& promise : std::exchange(ready_promises, {}))
    promise.deliver(refusal(ec::unavailable, spec.name + " stopped"));
  self->quit(quit_reason);
}

// -- starting -----------------------------------------------------------------

void supervisor_state::start_next() {
  auto ordered
    = now == phase::starting || spec.strategy != restart_strategy::one_for_one;
  auto time = self->clock().now();
  auto open = false;
  for (auto& child : children) {
    open = open || child.must_start || child.state == child_state::starting;
    if (ordered && child.state == child_state::starting)
      return;
    if (!child.must_start || child.alive())
      continue;
    if (child.not_before <= time)
      return start(child);
    if (!std::exchange(child.backing_off, true))
      send_later(self, child.not_before - time,
                 caf::make_message(
                   supervisor_timer{supervisor_timer::kind::backoff,
                                    child.spec.name, child.incarnation}));
    if (ordered)
      return;
  }
  if (open || now != phase::starting)
    return;
  now = phase::running;
  log(severity::info, "all children run");
  for (auto& promise : std::exchange(ready_promises, {}))
    promise.deliver(is_ready{});
}

void supervisor_state::start(child_record& child) {
  child.must_start = false;
  child.unready = false;
  child.backing_off = false;
  child.state = child_state::starting;
  auto incarnation = ++child.incarnation;
  std::string failure = "the factory returned no actor";
  try {
    child.handle = child.spec.spawn({child.spec.name, incarnation, services});
  } catch (const std::exception& e) {
    failure = std::string{"exception in the factory: "} + e.what();
  } catch (...) {
    failure = "exception in the factory";
  }
  if (!child.alive()) {
    crashed(child, failure, false);
    return advance();
  }
  living->emplace(child.handle->id(), child.handle);
  self->monitor(child.handle);
  if (auto* target = dynamic_cast<probed*>(
        caf::actor_cast<caf::abstract_actor*>(child.handle))) {
    child.numbers = services->probes.open(child.spec.name);
    target->adopt_probe(child.numbers);
  }
  auto who = child.spec.name;
  ask(
    self, child.handle, child.spec.ready_timeout, get_ready{},
    [this, who, incarnation](const is_ready&) { on_ready(who, incarnation); },
    [this, who, incarnation](const error& reason) {
      on_unready(who, incarnation, reason);
    });
  // Other children may be free to start as well.
  advance();
}

void supervisor_state::on_ready(const std::string& who,
                                std::uint64_t incarnation) {
  auto* child = find(who, incarnation);
  if (!child || child->state != child_state::starting || child->must_stop)
    return;
  child->state = child_state::running;
  services->names.bind(who, child->handle);
  settle(child->on_ready, who);
  advance();
}

void supervisor_state::on_unready(const std::string& who,
                                  std::uint64_t incarnation,
                                  const error& reason) {
  auto* child = find(who, incarnation);
  if (!child || child->state != child_state::starting || child->must_stop)
    return;
  child->last_failure = "not ready: " + reason.detail;
  child->unready = true;
  child->must_stop = true;
  child->state = child_state::stopping;
  kill(*child);
}

// -- ends and crashes ---------------------------------------------------------

void supervisor_state::on_down(const caf::down_msg& msg) {
  // Copied: the record may be gone before the reason is used.
  auto reason = msg.reason;
  if (auto* child = find(msg.source)) {
    gone(*child, reason);
    advance();
  }
}

void supervisor_state::on_timer(const supervisor_timer& timer) {
  using kind = supervisor_timer::kind;
  auto* child = find(timer.child, timer.incarnation);
  if (!child)
    return;
  if (timer.what == kind::backoff) {
    child->backing_off = false;
    return advance();
  }
  if (child->state != child_state::stopping || !child->alive())
    return;
  if (timer.what == kind::kill) {
    log(severity::warning, timer.child + " ignores the exit, killing it");
    return kill(*child);
  }
  log(severity::alarm, timer.child + " is stuck and was abandoned");
  self->demonitor(child->handle->address());
  gone(*child, caf::exit_reason::kill);
  advance();
}

void supervisor_state::gone(child_record& child, const caf::error& reason) {
  living->erase(child.handle->id());
  child.handle = nullptr;
  services->names.hold(child.spec.name);
  if (child.unready && now != phase::stopping) {
    child.must_stop = false;
    // If it died by itself, its own reason tells more.
    auto killed = reason == caf::exit_reason::kill;
    return crashed(child, killed ? child.last_failure : describe(reason),
                   false);
  }
  if (std::exchange(child.must_stop, false)) {
    child.state
      = child.must_start ? child_state::restarting : child_state::stopped;
    if (!child.must_start && !coming_back())
      services->names.refuse(child.spec.name);
    return;
  }
  crashed(child, describe(reason), is_orderly(reason));
}

void supervisor_state::crashed(child_record& child, const std::string& text,
                               bool orderly) {
  if (!orderly) {
    child.last_failure = text;
    log(severity::error, child.spec.name + " failed: " + text);
  }
  auto policy = child.spec.restart;
  if (policy == restart_policy::permanent
      || (policy == restart_policy::transient && !orderly))
    return schedule_restart(child);
  child.state = orderly ? child_state::stopped : child_state::failed;
  child.remove = policy == restart_policy::temporary;
  services->names.refuse(child.spec.name);
  settle(child.on_ready, refusal(ec::unavailable, "ended: " + text));
}

void supervisor_state::schedule_restart(child_record& child) {
  auto time = self->clock().now();
  recent.push_back(time);
  while (recent.front() + spec.intensity.period < time)
    recent.pop_front();
  child.state = child_state::restarting;
  if (recent.size() > spec.intensity.max_restarts) {
    child.state = child_state::failed;
    return give_up(child.spec.name + ": " + child.last_failure);
  }
  mark_with(child);
  if (recent.size() < 2)
    return;
  auto doublings = std::min<std::size_t>(recent.size() - 2, 20);
  auto pause
    = std::min(spec.backoff.max, spec.backoff.first * (1 << doublings));
  for (auto& other : children)
    if (other.must_start)
      other.not_before = time + pause;
}

void supervisor_state::mark_with(child_record& failed) {
  failed.must_start = true;
  ++failed.restarts;
  if (spec.strategy == restart_strategy::one_for_one)
    return;
  auto affected = spec.strategy == restart_strategy::one_for_all;
  for (auto& child : children) {
    if (&child == &failed) {
      affected = true;
      continue;
    }
    if (!affected || !child.alive())
      continue;
    child.must_stop = true;
    child.remove = child.spec.restart == restart_policy::temporary;
    child.must_start = !child.remove;
    child.restarts += child.must_start && child.state == child_state::running;
  }
}

void supervisor_state::give_up(const std::string& text) {
  log(severity::alarm, "gives up after " + std::to_string(recent.size() - 1)
                         + " restarts: " + text);
  stop_all(caf::make_error(caf::sec::runtime_error, "gave up on " + text));
}

void supervisor_state::sweep() {
  for (auto i = children.begin(); i != children.end();) {
    if (!i->remove || i->alive()) {
      ++i;
      continue;
    }
    auto record = std::move(*i);
    i = children.erase(i);
    services->names.remove(record.spec.name);
    services->probes.remove(record.spec.name);
    settle(record.on_ready, refusal(ec::unavailable, "removed"));
    settle(record.on_gone, record.spec.name);
  }
}

void supervisor_state::log(severity level, const std::string& text) const {
  log_to(services->log, level, spec.name, text);
}

} // namespace ringside
