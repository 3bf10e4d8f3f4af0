#include "domain/vision/intake/vision_metrics.hpp"

#include "domain/base/series_text.hpp"
#include "domain/vision/intake/source_status.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace ringside::intake {

namespace {

struct sums {
  std::int64_t items_milli = 0;
  std::int64_t strikes_milli = 0;
  std::int64_t latency_max_us = 0;
  std::map<std::string, std::int64_t, std::less<>> states;
  source_counters of;
};

const source_book& blank() {
  static const source_book none;
  return none;
}

void add(sums& all, const source_book& b, const std::string& state,
         mono_us now) {
  const auto& c = b.counters();
  ++all.states[state];
  all.items_milli += b.items_milli(now);
  if (b.pictures())
    all.strikes_milli += b.pictures()->strikes_milli(now);
  all.latency_max_us = std::max(all.latency_max_us, b.latency_max_us());
  all.of.items += c.items;
  all.of.taken += c.taken;
  all.of.refused += c.refused;
  all.of.missing += c.missing;
  all.of.repeated += c.repeated;
  all.of.turned_away += c.turned_away;
  all.of.held_back += c.held_back;
}

constexpr std::array<const char*, 4> state_names{"live", "new", "quarantined",
                                                 "silent"};

std::int64_t in_state(const sums& all, const char* name) {
  auto i = all.states.find(name);
  return i != all.states.end() ? i->second : 0;
}

json::object totals_json(const sums& all, std::size_t sources) {
  json::object states;
  for (const auto* name : state_names)
    states[name] = in_state(all, name);
  return {{"sources", static_cast<std::int64_t>(sources)},
          {"states", std::move(states)},
          {"items_per_s_milli", all.items_milli},
          {"strikes_of_frames_per_s_milli", all.strikes_milli},
          {"latency_max_us", all.latency_max_us},
          {"items", all.of.items},
          {"taken", all.of.taken},
          {"refused", all.of.refused},
          {"missing", all.of.missing},
          {"repeated", all.of.repeated},
          {"turned_away", all.of.turned_away},
          {"held_back", all.of.held_back}};
}

} // namespace

json::object metrics_json(std::span<const known_source> all,
                          const watched_bouts& bouts, mono_us now) {
  sums total;
  json::array sources;
  for (const auto& s : all) {
    auto o = status_json(*s.fact, s.book, now);
    add(total, s.book != nullptr ? *s.book : blank(),
        *o.at("state").as_string(), now);
    sources.emplace_back(std::move(o));
  }
  json::array agreed;
  for (const auto& [id, bout] : bouts) {
    auto o = bout.consensus_json();
    o["bout_id"] = id.str();
    agreed.emplace_back(std::move(o));
  }
  return {{"totals", totals_json(total, all.size())},
          {"sources", std::move(sources)},
          {"bouts", std::move(agreed)}};
}

std::string metrics_series(std::span<const known_source> all, mono_us now) {
  sums total;
  for (const auto& s : all)
    add(total, s.book != nullptr ? *s.book : blank(),
        *status_json(*s.fact, s.book, now).at("state").as_string(), now);
  const auto& c = total.of;
  series_text out;
  out.gauge("ringside_vision_sources", "Sources by state.");
  for (const auto* name : state_names)
    out.value("state", name, in_state(total, name));
  out
    .counter("ringside_vision_items_total", "Detections and pictures received.")
    .value(c.items)
    .counter("ringside_vision_items_taken_total", "Of these, taken.")
    .value(c.taken)
    .counter("ringside_vision_items_refused_total",
             "Of these, unreadable or without a place in time.")
    .value(c.refused)
    .counter("ringside_vision_items_held_back_total",
             "Reports of sources in quarantine, which go nowhere.")
    .value(c.held_back)
    .counter("ringside_vision_batches_repeated_total",
             "Batches that came again and were answered alike.")
    .value(c.repeated)
    .counter("ringside_vision_batches_turned_away_total",
             "Batches beyond the credit or the backlog, to come again.")
    .value(c.turned_away)
    .gauge("ringside_vision_batches_missing",
           "Batches that never came so far, by their numbers.")
    .value(c.missing);
  return out.text();
}

} // namespace ringside::intake
