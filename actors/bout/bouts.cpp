#include "actors/bout/bouts.hpp"

#include "actors/runtime/harden.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "domain/base/limits.hpp"
#include "domain/bout/decide.hpp"
#include "domain/wire/view.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace ringside {

namespace {

constexpr std::chrono::seconds start_timeout{30};

constexpr std::string_view id_digits = "0123456789abcdefghjkmnpqrstvwxyz";

/// Base 32 of the low bits of `n`, most significant first.
std::string base32(std::uint64_t n, int digits) {
  std::string text(static_cast<std::size_t>(digits), '0');
  for (auto i = text.rbegin(); i != text.rend(); ++i, n >>= 5)
    *i = id_digits[n & 31];
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

bout_id bouts_state::new_id(const bout::command& c) const {
  auto now = deps.time.at(self->clock().now());
  std::uint64_t salt = 0;
  for (auto byte : c.id.bytes)
    salt = salt * 31 + byte;
  bout_id id;
  do
    id = bout_id{"b" + base32(static_cast<std::uint64_t>(now.count / 1'000), 9)
                 + base32(salt++, 5)};
  while (known.contains(id));
  return id;
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
  auto forward = [this, what](const bout_id& id) {
    auto bout = deps.services->names.open<protocol::bout_actor>(
      "bout/" + id.str() + "/bout");
    self->send(bout, what);
  };
  if (auto found = by_command.find(command.id); found != by_command.end())
    return forward(found->second);
  auto decided = bout::decide(
    {}, command, {deps.time.at(self->clock().now()), *deps.rulesets});
  if (!decided)
    return answer(what, decided.reason());
  auto id = new_id(command);
  known[id].seats = seats_of(*decided, *deps.rulesets);
  by_command.emplace(command.id, id);
  start(id, [this, what, forward, id](const error* failed) {
    if (failed == nullptr)
      return forward(id);
    known.erase(id);
    by_command.erase(what.command->id);
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
  oldest->second.running = false;
  --running;
  auto supervisor = deps.services->names.open(deps.supervisor);
  ask(
    self, supervisor, start_timeout,
    remove_child{"bout/" + oldest->first.str()}, [](const child_done&) {},
    [this](const error& reason) {
      log_to(deps.services->log, severity::error, "bouts",
             "a resting bout does not end: " + reason.detail);
    });
}

void bouts_state::start(const bout_id& id,
                        std::function<void(const error*)> done) {
  if (known[id].starting)
    return known[id].waiting.push_back(std::move(done));
  make_room();
  if (running >= limits::bouts_live_max) {
    auto full = refuse(ec::overloaded, "this node runs as many bouts as it can",
                       {}, "publish or cancel one first");
    return done(&full);
  }
  auto& b = known[id];
  b.running = true;
  b.starting = true;
  b.waiting.push_back(std::move(done));
  ++running;
  auto supervisor = deps.services->names.open(deps.supervisor);
  ask(
    self, supervisor, start_timeout, add_child{deps.make_bout(id, b.seats)},
    [this, id](const child_done&) { started(id, nullptr); },
    [this, id](const error& reason) { started(id, &reason); });
}

void bouts_state::started(const bout_id& id, const error* failed) {
  auto& b = known[id];
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
  auto& b = known[what.bout];
  if (what.phase == text_of(bout::phase::none))
    return;
  b.phase = what.phase;
  b.summary = what.summary;
  self->send(hub, protocol::set_topic{"bouts", "{\"" + what.bout.str()
                                                 + "\":" + b.summary + "}"});
}

// -- the list -----------------------------------------------------------------

protocol::text_answer
bouts_state::list(const protocol::list_bouts& what) const {
  auto limit = std::clamp<std::size_t>(what.limit, 1, 500);
  std::string items;
  std::string next;
  std::size_t taken = 0;
  auto it = what.after.empty() ? known.begin()
                               : known.upper_bound(bout_id{what.after});
  for (; it != known.end() && taken < limit; ++it) {
    const auto& b = it->second;
    auto event = json::parse(b.summary.empty() ? "{}" : b.summary);
    const auto* of = event ? event->find("event") : nullptr;
    auto fits_event = what.event.empty()
                      || (of != nullptr && of->as_string() != nullptr
                          && *of->as_string() == what.event);
    if (b.summary.empty() || (!what.phase.empty() && b.phase != what.phase)
        || !fits_event)
      continue;
    items += (taken++ == 0 ? "" : ",") + b.summary;
    next = it->first.str();
  }
  return {"{\"bouts\":[" + items + "],\"next\":\""
          + (it == known.end() ? "" : next) + "\"}"};
}

bouts_impl::behavior_type bouts_behavior(bouts_state::pointer self,
                                         bouts_deps deps) {
  harden(self, deps.services->log, "bouts");
  self->state.init(std::move(deps));
  return {
    [self](const protocol::submit& x) { self->state.create(x); },
    [self](const protocol::bout_changed& x) { self->state.changed(x); },
    [self](const protocol::list_bouts& x) { return self->state.list(x); },
    [self](const protocol::wake_bout& x) { return self->state.wake(x); },
    [self](const get_ready&) { return self->state.when_ready(); },
  };
}

} // namespace ringside
