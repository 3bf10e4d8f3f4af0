#include "domain/vision/routing/router_status.hpp"

#include "domain/base/series_text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace ringside::routing {

namespace {

std::int64_t ms_since(mono_us then, mono_us now) {
  return std::max<std::int64_t>(0, elapsed(then, now).count / 1'000);
}

constexpr std::array<std::string_view, 6> worker_states{
  "starting", "ready", "quarantined", "dead", "draining", "drained"};

std::string_view state_of(const worker& w) {
  auto works
    = w.state() == worker_state::starting || w.state() == worker_state::ready;
  if (works && w.word().draining)
    return w.held.empty() ? "drained" : "draining";
  return text_of(w.state());
}

json::object worker_json(const work_router& r, const std::string& id,
                         const worker& w, mono_us now) {
  json::array streams;
  for (const auto& [camera, s] : r.streams())
    if (s.home() == id)
      streams.emplace_back(camera);
  const auto& c = w.counters();
  json::object o{{"source_id", id},
                 {"mode", text_of(w.word().mode)},
                 {"state", state_of(w)},
                 {"load_ppm", r.load_ppm(id)},
                 {"service_us", w.service_us()},
                 {"in_flight", static_cast<std::int64_t>(w.held.size())},
                 {"streams", std::move(streams)},
                 {"done", c.done},
                 {"errors", c.errors},
                 {"deaths", c.deaths},
                 {"quarantines", c.quarantines},
                 {"trials", c.trials},
                 {"heard_ms_ago", ms_since(w.last_heard(), now)}};
  if (w.word().load_ppm >= 0)
    o["said_load_ppm"] = w.word().load_ppm;
  return o;
}

json::object stream_json(const std::string& camera, const stream& s,
                         mono_us now) {
  const auto& c = s.counters;
  json::object o{{"source_id", camera},
                 {"waiting", static_cast<std::int64_t>(s.waiting)},
                 {"in_flight", static_cast<std::int64_t>(s.handed)},
                 {"rate_milli", s.rate_milli},
                 {"offered", c.offered},
                 {"done", c.done},
                 {"retried", c.retried},
                 {"dead_letters", c.dead_letters},
                 {"moves", c.moves}};
  if (!s.worker.empty())
    o["worker"] = s.worker;
  if (!s.next.empty())
    o["moves_to"] = s.next;
  if (!s.jobs.empty())
    o["oldest_ms"] = ms_since(s.jobs.begin()->second.what.arrived, now);
  return o;
}

json::object dead_json(const dead_letter& d, mono_us now) {
  return {{"source_id", d.camera},
          {"seq", d.seq},
          {"tries", d.tries},
          {"why", d.why},
          {"ms_ago", ms_since(d.at, now)}};
}

json::object totals_json(const router_counters& c) {
  return {{"offered", c.offered}, {"handed", c.handed},
          {"done", c.done},       {"retried", c.retried},
          {"moves", c.moves},     {"dead_letters", c.dead_letters},
          {"deaths", c.deaths},   {"stale", c.stale}};
}

} // namespace

json::object status_json(const work_router& r, mono_us now) {
  json::array workers;
  for (const auto& [id, w] : r.workers())
    workers.emplace_back(worker_json(r, id, w, now));
  json::array streams;
  for (const auto& [camera, s] : r.streams())
    streams.emplace_back(stream_json(camera, s, now));
  json::array dead;
  for (const auto& d : r.dead_letters())
    dead.emplace_back(dead_json(d, now));
  json::object o;
  o["workers"] = std::move(workers);
  o["streams"] = std::move(streams);
  o["totals"] = totals_json(r.counters());
  o["dead_letters"] = std::move(dead);
  return o;
}

std::string status_series(const work_router& r) {
  std::map<std::string_view, int> states;
  for (const auto& [id, w] : r.workers())
    ++states[state_of(w)];
  std::size_t waiting = 0;
  std::size_t handed = 0;
  for (const auto& [camera, s] : r.streams()) {
    waiting += s.waiting;
    handed += s.handed;
  }
  const auto& c = r.counters();
  series_text out;
  out.gauge("ringside_vision_router_workers", "Vision workers by state.");
  for (auto name : worker_states)
    out.value("state", name, states[name]);
  out
    .gauge("ringside_vision_router_backlog",
           "Batches of pictures that wait for a worker.")
    .value(waiting)
    .gauge("ringside_vision_router_in_flight", "Batches at workers.")
    .value(handed)
    .counter("ringside_vision_router_done_total", "Batches worked on.")
    .value(c.done)
    .counter("ringside_vision_router_retries_total",
             "Attempts that failed by error, time or death of the worker.")
    .value(c.retried)
    .counter("ringside_vision_router_dead_letters_total",
             "Batches that were given up.")
    .value(c.dead_letters)
    .counter("ringside_vision_router_worker_deaths_total",
             "Workers that fell silent or were started anew.")
    .value(c.deaths);
  return out.text();
}

} // namespace ringside::routing
