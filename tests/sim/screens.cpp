#include "tests/sim/screens.hpp"

#include "actors/protocol/feed_actors.hpp"
#include "actors/runtime/harden.hpp"
#include "actors/runtime/request_helpers.hpp"

#include <chrono>
#include <utility>

namespace ringside::sim {

namespace {

using std::chrono::milliseconds;

constexpr json::limits frame_limits{4 * 1024 * 1024, 16};

protocol::hub_actor hub_of(const screen_deps& deps) {
  return deps.services->names.open<protocol::hub_actor>("node/hub");
}

} // namespace

void screen_state::init(screen_deps what) {
  deps = std::move(what);
  clock.start(self, milliseconds{100 + (*deps.source)() % 200});
}

protocol::stream_key screen_state::key() const {
  if (!deps.at)
    return {deps.topic, deps.who};
  if (deps.at->id.empty())
    return {{}, deps.who};
  if (advice())
    return {deps.topic + "/" + deps.at->id.str(), deps.who};
  return {"bout/" + deps.at->id.str() + deps.topic, deps.who};
}

void screen_state::fail(const std::string& what) {
  deps.log->fail(deps.name + " on " + key().topic + ": " + what);
}

// -- connection ---------------------------------------------------------------

void screen_state::on_tick() {
  if (key().topic.empty())
    return;
  if (!joined && !joining)
    connect();
  else if (joined && !*deps.closing && chance(*deps.source, 20'000))
    disconnect();
}

void screen_state::connect() {
  joining = true;
  auto stream = key();
  auto me
    = caf::actor_cast<protocol::feed_sink>(caf::strong_actor_ptr{self->ctrl()});
  self->send(hub_of(deps), protocol::follow{stream, me});
  // A browser that was reloaded knows nothing.
  if (chance(*deps.source, 200'000))
    seq.reset();
  ++attempt;
  ask(
    self, hub_of(deps), milliseconds{2'000}, protocol::join{stream, seq},
    [this, now = attempt](const protocol::join_answer& answer) {
      if (now != attempt)
        return;
      joining = false;
      if (const auto* ok = std::get_if<protocol::joined>(&answer.outcome))
        start(*ok);
      else
        deps.log->count("joins_refused");
    },
    [this, now = attempt](const error&) {
      if (now == attempt)
        joining = false;
    });
}

void screen_state::disconnect() {
  deps.log->count("disconnects");
  joined = false;
  if (chance(*deps.source, 500'000)) {
    auto me = caf::actor_cast<protocol::feed_sink>(
      caf::strong_actor_ptr{self->ctrl()});
    self->send(hub_of(deps), protocol::unfollow{key(), me});
  }
}

void screen_state::reset() {
  deps.log->count("feed_resets");
  ++attempt;
  joined = joining = false;
}

// -- frames -------------------------------------------------------------------

void screen_state::start(const protocol::joined& what) {
  joined = true;
  for (const auto& frame : what.frames)
    apply(*frame);
  if (!seq || *seq != what.seq)
    fail("the start ends at another number than it says");
}

void screen_state::take(const protocol::feed_delta& delta) {
  if (!joined || delta.stream != key())
    return;
  deps.log->count("deltas");
  apply(*delta.frame);
  if (seq != delta.seq)
    fail("a delta has another number than its frame");
}

void screen_state::apply(const std::string& text) {
  auto frame = json::parse(text, frame_limits);
  if (!frame)
    return fail("a frame cannot be read: " + frame.reason().detail);
  auto number = static_cast<std::uint64_t>(*frame->find("seq")->as_int());
  auto snapshot = *frame->find("op")->as_string() == "snapshot";
  const auto& body = *frame->find(snapshot ? "state" : "changes");
  if (!snapshot && (!seq || number != *seq + 1))
    fail("delta " + std::to_string(number) + " after "
         + (seq ? std::to_string(*seq) : "nothing"));
  seq = number;
  if (deps.at && !advice()) {
    shown to{deps.at->id, deps.who, deps.name + " on " + key().topic};
    check_view(*deps.log, *deps.durable, to, body);
    if (const auto* events = frame->find("events"))
      check_events(
        *deps.log, *deps.durable, to, *events,
        static_cast<bout::event_no>(*body.find("version")->as_int()));
  }
  if (snapshot)
    view.clear();
  for (const auto& [field, value] : *body.as_object())
    view.insert_or_assign(field, value);
  if (advice())
    deps.assessed->take_topic(deps.at->id, view,
                              deps.name + " on " + key().topic);
  else if (deps.at)
    check_whole(*deps.log, *deps.durable,
                {deps.at->id, deps.who, deps.name + " on " + key().topic},
                view);
}

screen_impl::behavior_type screen_behavior(screen_state::pointer self,
                                           screen_deps deps) {
  harden(self, deps.services->log, deps.name);
  self->state.init(std::move(deps));
  return {
    [self](const protocol::feed_delta& x) { self->state.take(x); },
    [self](const protocol::feed_reset&) { self->state.reset(); },
    [self](const tick& t) {
      if (self->state.clock.accept(t))
        self->state.on_tick();
    },
  };
}

} // namespace ringside::sim
