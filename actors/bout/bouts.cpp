#include "actors/bout/bouts.hpp"

#include "actors/runtime/harden.hpp"
#include "actors/runtime/journal_pace.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "domain/base/limits.hpp"
#include "domain/bout/decide.hpp"
#include "domain/wire/view.hpp"

#include <algorithm>
#include <chrono>
#include <span>
#include <utility>

namespace ringside {

namespace {

constexpr std::chrono::seconds start_timeout{30};

constexpr std::string_view id_digits = "0123456789abcdefghjkmnpqrstvwxyz";

/// Base 32 of all bits, most significant first.
std::string base32(std::span<const std::uint8_t> bytes) {
  std::string text;
  unsigned bits = 0;
  unsigned have = 0;
  for (auto byte : bytes) {
    bits = (bits << 8 | byte) & 0xfff;
    for (have += 8; have >= 5; have -= 5)
      text += id_digits[bits >> (have - 5) & 31];
  }
  if (have > 0)
    text += id_digits[bits << (5 - have) & 31];
  return text;
}

bool over(const std::string& phase) {
  return phase == text_of(bout::phase::published)
         || phase == text_of(bout::phase::cancelled);
}

/// The number of seats of a bout that is about to be created.
int seats_of(const std::vector<bout::decided_event>& events,
             const bout::ruleset_lookup& rulesets) {
  const auto& created = std::get<bout::bout_created>(events.front().body);
  return rulesets(created.ruleset, created.ruleset_version)->judges.count;
}

} // namespace

bout_id bout_id_for(const uuid& command) {
  return bout_id{"b" + base32(command.bytes)};
}

std::string bout_summary(const bout::state& s, const bout_id& id) {
  auto wanted = wire::section_set{}
                  .add(wire::section::identity)
                  .add(wire::section::phase);
  return json::to_text(json::value{
    wire::render(s, id, {wire::audience::kind::public_, 0}, wanted)});
}

void bouts_state::init(bouts_deps what) {
  deps = std::move(what);
  auto& names = deps.services->names;
  journal = names.open<protocol::journal_actor>("node/journal");
  reader = names.open<protocol::reader_actor>("node/reader");
  hub = names.open<protocol::hub_actor>("node/hub");
  load();
}

bouts_state::ready_promise bouts_state::when_ready() {
  auto promise = self->make_response_promise<is_ready>();
  if (loading)
    waiting.push_back(promise);
  else
    promise.deliver(is_ready{});
  return promise;
}

void bouts_state::answer(const protocol::submit& what, error reason) {
  self->send(what.to, protocol::command_answer{what.tag, std::move(reason)});
}

// -- creating -----------------------------------------------------------------

void bouts_state::forward(const protocol::submit& what, const bout_id& id) {
  auto bout = deps.services->names.open<protocol::bout_actor>("bout/" + id.str()
                                                              + "/bout");
  self->send(bout, what);
}

bouts_state::known_bout& bouts_state::know(const bout_id& id) {
  if (!known.contains(id))
    order.push_back(id);
  return known[id];
}

void bouts_state::forget(const bout_id& id) {
  known.erase(id);
  std::erase(order, id);
}

void bouts_state::create(const protocol::submit& what) {
  if (loading) {
    if (early.size() < limits::session_in_flight_max)
      early.push_back(what);
    else
      answer(what, refuse(ec::unavailable, "the node is starting"));
    return;
  }
  const auto& command = *what.command;
  auto id = bout_id_for(command.id);
  auto found = known.find(id);
  if (found != known.end() && found->second.running)
    return forward(what, id);
  if (found != known.end())
    return start(id, [this, what, id](const error* failed) {
      if (failed == nullptr)
        return forward(what, id);
      answer(what, *failed);
    });
  auto decided = bout::decide(
    {}, command, {deps.time.at(self->clock().now()), *deps.rulesets});
  if (!decided)
    return answer(what, decided.reason());
  auto seats = seats_of(*decided, *deps.rulesets);
  // Asks whether the journal takes anything at present.
  ask(
    self, journal, journal_timeout, protocol::append{{id, std::nullopt, {}}},
    [this, what, seats](const protocol::append_answer& x) {
      if (const auto* reason = std::get_if<error>(&x.outcome))
        return answer(what, *reason);
      admit(what, seats);
    },
    [this, what](const error& reason) { answer(what, reason); });
}

void bouts_state::admit(const protocol::submit& what, int seats) {
  auto id = bout_id_for(what.command->id);
  auto fresh = !known.contains(id);
  if (fresh)
    know(id).seats = seats;
  else if (known[id].running)
    return forward(what, id);
  start(id, [this, what, id, fresh](const error* failed) {
    if (failed == nullptr)
      return forward(what, id);
    if (fresh)
      forget(id);
    answer(what, *failed);
  });
}

// -- running ------------------------------------------------------------------

void bouts_state::make_room() {
  if (running < limits::bouts_live_max)
    return;
  auto oldest = std::find_if(known.begin(), known.end(), [](const auto& b) {
    return b.second.running && over(b.second.phase);
  });
  if (oldest == known.end())
    return;
  auto id = oldest->first;
  put_to_rest(id, [this, id] { know(id).leaving = false; });
}

void bouts_state::put_to_rest(const bout_id& id, std::function<void()> done) {
  auto& b = know(id);
  if (std::exchange(b.running, false))
    --running;
  b.leaving = true;
  auto supervisor = deps.services->names.open(deps.supervisor);
  ask(
    self, supervisor, start_timeout, remove_child{"bout/" + id.str()},
    [done](const child_done&) { done(); },
    [this, done](const error& reason) {
      log_to(deps.services->log, severity::error, "bouts",
             "a resting bout does not end: " + reason.detail);
      done();
    });
}

void bouts_state::never_made(const bout_id& id) {
  auto found = known.find(id);
  if (found != known.end()
      && (found->second.starting || found->second.leaving
          || !found->second.summary.empty()))
    return;
  put_to_rest(id, [this, id] { forget(id); });
}

void bouts_state::start(const bout_id& id,
                        std::function<void(const error*)> done) {
  auto& b = know(id);
  if (b.starting)
    return b.waiting.push_back(std::move(done));
  if (b.leaving) {
    auto wait = refuse(ec::unavailable, "this bout is just being put to rest",
                       {}, "try again in a moment");
    return done(&wait);
  }
  make_room();
  if (running >= limits::bouts_live_max) {
    auto full = refuse(ec::overloaded, "this node runs as many bouts as it can",
                       {}, "publish or cancel one first");
    return done(&full);
  }
  b.running = true;
  b.starting = true;
  b.waiting.push_back(std::move(done));
  ++running;
  auto supervisor = deps.services->names.open(deps.supervisor);
  ask(
    self, supervisor, start_timeout, add_child{deps.make_bout(id, b.seats)},
    [this, id](const child_done&) { started(id, nullptr); },
    [this, id](const error& reason) {
      // It runs already if only this actor was restarted.
      auto runs = reason.code == ec::wrong_state;
      started(id, runs ? nullptr : &reason);
    });
}

void bouts_state::started(const bout_id& id, const error* failed) {
  auto& b = know(id);
  b.starting = false;
  if (failed != nullptr) {
    b.running = false;
    --running;
  }
  // One of them may forget the bout.
  for (auto& done : std::exchange(b.waiting, {}))
    done(failed);
}

bouts_state::text_promise bouts_state::wake(const protocol::wake_bout& what) {
  auto promise = self->make_response_promise<protocol::text_answer>();
  if (auto bad = unreadable.find(what.bout); bad != unreadable.end()) {
    promise.deliver(protocol::text_answer{bad->second});
    return promise;
  }
  auto found = known.find(what.bout);
  if (loading || found == known.end()) {
    promise.deliver(protocol::text_answer{
      loading ? refuse(ec::unavailable, "the node is starting")
              : refuse(ec::not_found, "there is no bout " + what.bout.str())});
    return promise;
  }
  if (found->second.running && !found->second.starting) {
    promise.deliver(protocol::text_answer{what.bout.str()});
    return promise;
  }
  start(what.bout, [promise, id = what.bout](const error* failed) mutable {
    if (failed != nullptr)
      promise.deliver(protocol::text_answer{*failed});
    else
      promise.deliver(protocol::text_answer{id.str()});
  });
  return promise;
}

void bouts_state::changed(const protocol::bout_changed& what) {
  if (what.phase == text_of(bout::phase::none))
    return never_made(what.bout);
  auto fresh = !known.contains(what.bout);
  auto& b = know(what.bout);
  if (fresh) {
    // Made by an earlier incarnation of this actor, just before its end.
    b.running = true;
    ++running;
  }
  b.seats = what.seats;
  b.phase = what.phase;
  b.summary = what.summary;
  publish(what.bout, b);
}

void bouts_state::publish(const bout_id& id, const known_bout& b) const {
  if (!b.summary.empty())
    self->send(hub, protocol::set_topic{"bouts", "{\"" + id.str()
                                                   + "\":" + b.summary + "}"});
}

void bouts_state::publish_all() const {
  for (const auto& [id, b] : known)
    publish(id, b);
}

// -- the list -----------------------------------------------------------------

protocol::text_answer
bouts_state::list(const protocol::list_bouts& what) const {
  auto limit = std::clamp<std::size_t>(what.limit, 1, 500);
  std::string items;
  std::string next;
  std::size_t taken = 0;
  auto it = order.begin();
  if (!what.after.empty())
    it = std::find(order.begin(), order.end(), bout_id{what.after});
  if (!what.after.empty() && it != order.end())
    ++it;
  for (; it != order.end() && taken < limit; ++it) {
    const auto& b = known.at(*it);
    auto event = json::parse(b.summary.empty() ? "{}" : b.summary);
    const auto* of = event ? event->find("event") : nullptr;
    auto fits_event = what.event.empty()
                      || (of != nullptr && of->as_string() != nullptr
                          && *of->as_string() == what.event);
    if (b.summary.empty() || (!what.phase.empty() && b.phase != what.phase)
        || !fits_event)
      continue;
    items += (taken++ == 0 ? "" : ",") + b.summary;
    next = it->str();
  }
  return {"{\"bouts\":[" + items + "],\"next\":\""
          + (it == order.end() ? "" : next) + "\"}"};
}

bouts_impl::behavior_type bouts_behavior(bouts_state::pointer self,
                                         bouts_deps deps) {
  harden(self, deps.services->log, "bouts");
  self->state.init(std::move(deps));
  return {
    [self](const protocol::submit& x) { self->state.create(x); },
    [self](const protocol::bout_changed& x) { self->state.changed(x); },
    [self](const protocol::hub_started&) { self->state.publish_all(); },
    [self](const protocol::list_bouts& x) { return self->state.list(x); },
    [self](const protocol::wake_bout& x) { return self->state.wake(x); },
    [self](const get_ready&) { return self->state.when_ready(); },
  };
}

} // namespace ringside
