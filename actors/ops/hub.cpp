#include "actors/ops/hub.hpp"

#include "actors/protocol/bout_actors.hpp"
#include "actors/runtime/harden.hpp"
#include "domain/wire/view.hpp"

#include <algorithm>
#include <utility>

#include <caf/make_message.hpp>

namespace ringside {

namespace {

constexpr std::chrono::seconds sweep_period{10};
constexpr std::chrono::minutes stream_idle_max{2};
/// What one message may set in a plain topic.
constexpr json::limits plain_limits{1'024 * 1'024, 16};

/// Seats and desks own a topic, the presence of their clients, and a SCORER
/// the assessments.
bool owns_topic(const std::string& name) {
  return name.find("/seat/") != std::string::npos
         || name.find("/desk/") != std::string::npos
         || name.ends_with("/scorer");
}

/// Officials are told at once, everybody else in rounds.
bool in_rounds(const protocol::stream_key& key) noexcept {
  return key.audience.who == wire::audience::kind::public_
         || key.audience.who == wire::audience::kind::broadcast;
}

} // namespace

topic_name parse_topic(const std::string& topic) {
  constexpr std::string_view prefix = "bout/";
  if (!topic.starts_with(prefix))
    return {};
  auto rest = topic.substr(prefix.size());
  auto slash = rest.find('/');
  if (slash == std::string::npos)
    return {bout_id{rest}, false};
  if (rest.substr(slash) == "/board")
    return {bout_id{rest.substr(0, slash)}, true};
  return {};
}

void hub_state::init(hub_deps what) {
  deps = std::move(what);
  auto& names = deps.services->names;
  reader = names.open<protocol::reader_actor>("node/reader");
  for (const auto& feed : names.list("feed/"))
    self->send(names.open<protocol::feed_sink>(feed), protocol::feed_reset{});
  auto owners = names.list("bout/");
  std::erase_if(owners, [](const auto& n) { return !owns_topic(n); });
  owners.insert(owners.end(),
                {"bouts", "node/audit", "node/health", "vision/sources",
                 "vision/router", "vision/failover"});
  for (const auto& owner : owners)
    self->send(names.open<protocol::seat_actor>(owner),
               protocol::hub_started{});
  clock.start(self, sweep_period);
}

// -- streams ------------------------------------------------------------------

stream& hub_state::stream_of(const protocol::stream_key& key) {
  auto found = streams.find(key);
  if (found == streams.end()) {
    auto us = deps.time.at(self->clock().now()).count;
    found = streams
              .try_emplace(key, static_cast<std::uint64_t>(us),
                           deps.spectator_round)
              .first;
  }
  found->second.last_used = self->clock().now();
  return found->second;
}

void hub_state::follow(const protocol::follow& what) {
  auto& list = stream_of(what.stream).followers;
  if (std::find(list.begin(), list.end(), what.sink) == list.end())
    list.push_back(what.sink);
}

void hub_state::unfollow(const protocol::unfollow& what) {
  if (auto found = streams.find(what.stream); found != streams.end())
    std::erase(found->second.followers, what.sink);
}

json::object hub_state::changes_of(const protocol::stream_key& key,
                                   wire::section_set wanted) const {
  auto topic = parse_topic(key.topic);
  const auto& f = bouts.at(topic.bout);
  return wire::render(topic.board ? f.board : f.now, topic.bout, key.audience,
                      wanted);
}

void hub_state::seal(const protocol::stream_key& key, stream& s) {
  if (!s.dirty())
    return;
  s.rounds.begin(self->clock().now());
  auto frame = s.seal(key.topic, changes_of(key, s.touched()));
  for (const auto& sink : s.followers)
    self->send(sink, protocol::feed_delta{key, s.seq(), frame});
}

void hub_state::flush_soon(const protocol::stream_key& key, stream& s) {
  if (!in_rounds(key))
    return seal(key, s);
  if (std::exchange(s.flush_scheduled, true))
    return;
  auto now = self->clock().now();
  send_later(self, s.rounds.next(now) - now,
             caf::make_message(hub_msg::flush{key}));
}

void hub_state::pace_by(const protocol::feed_took& what) {
  if (auto found = streams.find(what.stream); found != streams.end())
    found->second.rounds.took(what.span);
}

void hub_state::flush(const protocol::stream_key& key) {
  auto found = streams.find(key);
  if (found == streams.end())
    return;
  found->second.flush_scheduled = false;
  seal(key, found->second);
}

// -- joining ------------------------------------------------------------------

hub_state::join_promise hub_state::join(const protocol::join& what) {
  auto promise = self->make_response_promise<protocol::join_answer>();
  auto topic = parse_topic(what.stream.topic);
  if (!topic.bout.empty()) {
    auto known = bouts.find(topic.bout);
    if (known == bouts.end() || known->second.loading || !known->second.shown) {
      bouts[topic.bout].joins.push_back({what, promise});
      catch_up(topic.bout);
      return promise;
    }
  }
  promise.deliver(start_of(what));
  return promise;
}

protocol::join_answer hub_state::start_of(const protocol::join& what) {
  auto topic = parse_topic(what.stream.topic);
  if (topic.board && bouts.at(topic.bout).board.version == 0)
    return {what.stream, refuse(ec::unavailable, "the board is not open yet",
                                {}, "try again in a moment")};
  auto& s = stream_of(what.stream);
  if (!topic.bout.empty())
    seal(what.stream, s);
  if (what.after)
    if (auto missing = s.since(*what.after))
      return {what.stream, protocol::joined{s.seq(), std::move(*missing)}};
  if (!s.cached_snapshot) {
    auto state = topic.bout.empty()
                   ? plain[what.stream.topic]
                   : changes_of(what.stream, wire::section_set::all());
    s.cached_snapshot = s.snapshot(what.stream.topic, std::move(state));
  }
  return {what.stream, protocol::joined{s.seq(), {s.cached_snapshot}}};
}

// -- plain topics -------------------------------------------------------------

void hub_state::set(const protocol::set_topic& what) {
  auto parsed = json::parse(what.state, plain_limits);
  if (!parsed || parsed->as_object() == nullptr) {
    log_to(deps.services->log, severity::error, "node/hub",
           "the state of topic " + what.topic + " is no JSON object");
    return;
  }
  auto& state = plain[what.topic];
  for (const auto& [key, value] : *parsed->as_object())
    state[key] = value;
  for (auto& [key, s] : streams)
    if (key.topic == what.topic) {
      auto frame = s.seal(key.topic, *parsed->as_object());
      for (const auto& sink : s.followers)
        self->send(sink, protocol::feed_delta{key, s.seq(), frame});
    }
}

// -- housekeeping -------------------------------------------------------------

void hub_state::on_tick() {
  auto now = self->clock().now();
  std::erase_if(streams, [now](const auto& entry) {
    const auto& s = entry.second;
    return s.followers.empty() && !s.flush_scheduled
           && now - s.last_used > stream_idle_max;
  });
  std::erase_if(bouts, [this](const auto& entry) {
    const auto& [id, f] = entry;
    auto used = std::any_of(streams.begin(), streams.end(), [&](const auto& s) {
      return parse_topic(s.first.topic).bout == id;
    });
    return !used && !f.loading && f.joins.empty() && f.delayed.empty();
  });
}

hub_impl::behavior_type hub_behavior(hub_state::pointer self, hub_deps deps) {
  harden(self, deps.services->log, "node/hub");
  self->state.init(std::move(deps));
  return {
    [self](const protocol::bout_news& x) { self->state.take(x); },
    [self](const protocol::set_topic& x) { self->state.set(x); },
    [self](const protocol::follow& x) { self->state.follow(x); },
    [self](const protocol::unfollow& x) { self->state.unfollow(x); },
    [self](const protocol::feed_took& x) { self->state.pace_by(x); },
    [self](const protocol::join& x) { return self->state.join(x); },
    [self](const hub_msg::flush& x) { self->state.flush(x.stream); },
    [self](const hub_msg::release& x) { self->state.release(x.bout); },
    [self](const hub_msg::retry& x) { self->state.retry(x.bout); },
    [self](const tick& t) {
      if (self->state.clock.accept(t))
        self->state.on_tick();
    },
  };
}

} // namespace ringside
