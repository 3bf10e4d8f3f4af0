#include "actors/judging/door.hpp"

#include "actors/protocol/feed_actors.hpp"
#include "actors/runtime/harden.hpp"
#include "domain/audit/json.hpp"

#include <algorithm>
#include <utility>

namespace ringside {

namespace {

constexpr std::chrono::milliseconds door_period{1'000};

std::int64_t age_ms(caf::actor_clock::time_point from,
                    caf::actor_clock::time_point to) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(to - from)
    .count();
}

} // namespace

void door_state::init(door_deps what) {
  deps = std::move(what);
  bout = deps.services->names.open<protocol::bout_actor>(
    "bout/" + deps.config.bout.str() + "/bout");
  clock.start(self, door_period);
}

door_state::client& door_state::client_of(const std::string& account) {
  if (auto found = clients.find(account); found != clients.end())
    return found->second;
  if (clients.size() >= accounts_max)
    clients.erase(std::min_element(clients.begin(), clients.end(),
                                   [](const auto& a, const auto& b) {
                                     return a.second.heard < b.second.heard;
                                   }));
  auto& fresh = clients[account];
  fresh.bucket = {deps.config.burst, deps.config.per_second};
  return fresh;
}

void door_state::pass(const protocol::submit& what) {
  auto now = self->clock().now();
  auto& from = client_of(what.command->by.account);
  from.heard = now;
  auto turn_away = [this, &what](error why) {
    self->send(what.to, protocol::command_answer{what.tag, std::move(why)});
  };
  // Before the bucket: a key that is held must not take the taps of the hand.
  if (repeats(from, *what.command))
    return turn_away(refuse(ec::rate_limited,
                            "the same mark so soon is the repeat of a held key",
                            {}, "release the key and do not send it again"));
  if (!from.bucket.take(now))
    return turn_away(refuse(ec::rate_limited, "too many commands at once", {},
                            "wait a second and send it again"));
  self->send(bout, what);
}

bool door_state::repeats(client& from, const bout::command& what) const {
  const auto* mark = std::get_if<bout::log_fact>(&what.body);
  if (mark == nullptr || !what.occurred || deps.config.repeat.count() == 0)
    return false;
  auto at = what.occurred->at;
  auto near = milliseconds(deps.config.repeat.count());
  auto sent_before = false;
  auto held = false;
  for (const auto& other : from.taps) {
    if (other.command == what.id)
      sent_before = true;
    else if (other.what == mark->what && other.at <= at
             && elapsed(other.at, at) < near)
      held = true;
  }
  if (!sent_before) {
    if (from.taps.size() >= marks_max)
      from.taps.pop_front();
    from.taps.push_back({what.id, at, mark->what});
  }
  return held;
}

void door_state::take(const protocol::contact& sign) {
  auto& from = client_of(sign.account);
  if (!sign.present && from.session != sign.session)
    return;
  auto changed = from.present != sign.present || from.session != sign.session;
  from.session = sign.session;
  from.device = sign.device;
  from.present = sign.present;
  if (sign.present)
    from.heard = self->clock().now();
  if (changed)
    publish();
}

void door_state::on_tick() {
  auto now = self->clock().now();
  auto changed = false;
  for (auto& [account, c] : clients)
    if (c.present && now - c.heard > deps.config.lease) {
      c.present = false;
      changed = true;
    }
  if (changed)
    publish();
}

protocol::presence door_state::presence() const {
  auto now = self->clock().now();
  protocol::presence all{deps.config.name, {}};
  for (const auto& [account, c] : clients)
    all.entries.push_back(
      {account, c.session, c.device, c.present, age_ms(c.heard, now)});
  return all;
}

void door_state::publish() const {
  json::object door;
  for (const auto& [account, c] : clients) {
    json::object entry;
    entry["account"] = account;
    entry["device"] = c.device;
    entry["present"] = c.present;
    auto key = "client_" + std::to_string(door.size() + 1);
    door[key] = std::move(entry);
  }
  auto prefix = "bout/" + deps.config.bout.str() + "/";
  auto short_name = deps.config.name.substr(prefix.size());
  std::replace(short_name.begin(), short_name.end(), '/', '_');
  json::object state;
  state[short_name] = std::move(door);
  auto hub = deps.services->names.open<protocol::hub_actor>("node/hub");
  self->send(hub, protocol::set_topic{prefix + "presence",
                                      json::to_text(json::value{state})});
}

door_impl::behavior_type door_behavior(door_state::pointer self,
                                       door_deps deps) {
  harden(self, deps.services->log, deps.config.name);
  self->state.init(std::move(deps));
  return {
    [self](const protocol::submit& x) { self->state.pass(x); },
    [self](const protocol::contact& x) { self->state.take(x); },
    [self](const protocol::hub_started&) { self->state.publish(); },
    [self](const protocol::get_presence&) { return self->state.presence(); },
    [self](const tick& t) {
      if (self->state.clock.accept(t))
        self->state.on_tick();
    },
  };
}

} // namespace ringside
