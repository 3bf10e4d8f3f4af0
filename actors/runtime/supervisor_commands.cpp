#include "actors/runtime/caf_error.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "actors/runtime/supervisor_state.hpp"

#include <algorithm>
#include <utility>

#include <caf/all.hpp>

namespace ringside {

namespace {

/// How long a nested supervisor may take to describe its part of the tree.
constexpr request_timeout status_timeout{500};

/// Admin commands wait for a stop and a start.
constexpr request_timeout command_timeout{60'000};

/// The parts of a tree that are still to come.
struct status_gather {
  caf::typed_response_promise<actor_status> promise;
  actor_status tree;
  std::size_t open = 0;

  void one_done() {
    if (--open == 0)
      promise.deliver(std::move(tree));
  }
};

/// One command that several nested supervisors may know the child for.
struct command_gather {
  child_promise promise;
  std::string child;
  std::size_t open = 0;
  caf::error failure;
  bool answered = false;

  void one_failed(const error& reason) {
    if (reason.code != ec::not_found || !failure)
      failure = to_caf(reason);
    if (--open == 0 && !answered)
      promise.deliver(failure);
  }

  void one_done() {
    --open;
    if (!std::exchange(answered, true))
      promise.deliver(child_done{child});
  }
};

actor_status status_of(const child_record& child) {
  actor_status status;
  status.name = child.spec.name;
  status.state = child.state;
  status.supervisor = child.spec.kind == child_kind::supervisor;
  status.restarts = child.restarts;
  status.last_failure = child.last_failure;
  if (child.numbers)
    status.probe = child.numbers->snapshot();
  return status;
}

caf::error unknown_child(const std::string& name) {
  return refusal(ec::not_found, "no child " + name);
}

} // namespace

// -- queries ------------------------------------------------------------------

child_record* supervisor_state::find(std::string_view who) {
  auto i = std::find_if(children.begin(), children.end(),
                        [&](auto& child) { return child.spec.name == who; });
  return i != children.end() ? &*i : nullptr;
}

child_record* supervisor_state::find(const caf::actor_addr& who) {
  auto i = std::find_if(children.begin(), children.end(), [&](auto& child) {
    return child.alive() && child.handle->address() == who;
  });
  return i != children.end() ? &*i : nullptr;
}

child_record* supervisor_state::find(std::string_view who,
                                     std::uint64_t incarnation) {
  auto* child = find(who);
  return child && child->incarnation == incarnation ? child : nullptr;
}

actor_status supervisor_state::own_status() const {
  actor_status status;
  status.name = spec.name;
  status.supervisor = true;
  status.state = now == phase::starting   ? child_state::starting
                 : now == phase::stopping ? child_state::stopping
                                          : child_state::running;
  if (auto* me = dynamic_cast<probed*>(self))
    status.probe = me->probe_view();
  for (auto& child : children)
    status.children.push_back(status_of(child));
  return status;
}

bool supervisor_state::coming_back() const {
  return is_restart(quit_reason) || !is_orderly(quit_reason);
}

caf::result<is_ready> supervisor_state::when_ready() {
  if (now == phase::running)
    return is_ready{};
  if (now == phase::stopping)
    return refusal(ec::unavailable, spec.name + " stops");
  auto promise = self->make_response_promise<is_ready>();
  ready_promises.push_back(promise);
  return promise;
}

caf::result<actor_status> supervisor_state::status() {
  auto gather = std::make_shared<status_gather>();
  gather->promise = self->make_response_promise<actor_status>();
  gather->tree = own_status();
  gather->open = 1;
  for (std::size_t i = 0; i < children.size(); ++i) {
    auto& child = children[i];
    if (child.spec.kind != child_kind::supervisor || !child.alive())
      continue;
    ++gather->open;
    ask(
      self, child.handle, status_timeout, get_status{},
      [gather, i](const actor_status& part) {
        gather->tree.children[i].children = part.children;
        gather->one_done();
      },
      [gather](const error&) { gather->one_done(); });
  }
  auto promise = gather->promise;
  gather->one_done();
  return promise;
}

// -- commands -----------------------------------------------------------------

caf::result<child_done> supervisor_state::add(child_spec what) {
  if (now == phase::stopping)
    return refusal(ec::unavailable, spec.name + " stops");
  if (!valid_actor_name(what.name) || !what.spawn)
    return refusal(ec::invalid_value, "not a child: " + what.name);
  if (find(what.name))
    return refusal(ec::wrong_state, "there is a child " + what.name);
  auto& record = children.emplace_back();
  record.spec = std::move(what);
  record.must_start = true;
  auto promise = self->make_response_promise<child_done>();
  record.on_ready.push_back(promise);
  advance();
  return promise;
}

caf::result<child_done> supervisor_state::remove(const std::string& who) {
  auto* child = find(who);
  if (!child)
    return unknown_child(who);
  auto promise = self->make_response_promise<child_done>();
  child->on_gone.push_back(promise);
  child->remove = true;
  child->must_start = false;
  child->must_stop = child->alive();
  advance();
  return promise;
}

caf::result<child_done> supervisor_state::restart(const std::string& who) {
  if (now == phase::stopping)
    return refusal(ec::unavailable, spec.name + " stops");
  auto promise = self->make_response_promise<child_done>();
  if (auto* child = find(who)) {
    child->on_ready.push_back(promise);
    child->must_stop = child->alive();
    child->must_start = true;
    child->not_before = {};
    ++child->restarts;
    advance();
    return promise;
  }
  auto gather = std::make_shared<command_gather>();
  gather->promise = promise;
  gather->child = who;
  gather->open = 1;
  for (auto& child : children) {
    if (child.spec.kind != child_kind::supervisor || !child.alive())
      continue;
    ++gather->open;
    ask(
      self, child.handle, command_timeout, restart_child{who},
      [gather](const child_done&) { gather->one_done(); },
      [gather](const error& reason) { gather->one_failed(reason); });
  }
  gather->one_failed({ec::not_found, "no child " + who, {}, {}});
  return promise;
}

} // namespace ringside
