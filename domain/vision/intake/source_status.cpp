#include "domain/vision/intake/source_status.hpp"

#include "domain/vision/intake/source_entry.hpp"

#include <algorithm>

namespace ringside::intake {

namespace {

std::string_view state_of(const source_book& b, mono_us now) {
  if (b.held() != quarantine::none)
    return "quarantined";
  if (!b.heard())
    return "new";
  return elapsed(*b.heard(), now).count > silent_us ? "silent" : "live";
}

json::array names_json(const vendor::label_counts& counts) {
  json::array out;
  for (const auto& [name, count] : counts.by_name())
    out.emplace_back(json::object{{"name", name}, {"count", count}});
  return out;
}

/// Parts of a million; 0 of 0 is none.
std::int64_t share_ppm(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<std::int64_t>(part * 1'000'000 / whole);
}

json::object load_json(const source_book& b, mono_us now) {
  const auto& c = b.counters();
  return {
    {"reports_per_s", b.rate()},    {"items_per_s_milli", b.items_milli(now)},
    {"batches", c.batches},         {"repeated", c.repeated},
    {"turned_away", c.turned_away}, {"items", c.items},
    {"heartbeats", c.heartbeats}};
}

json::object work_json(const source_book& b) {
  const auto& c = b.counters();
  return {
    {"waiting", static_cast<std::int64_t>(b.unfinished().batches().size())},
    {"worked", c.worked},
    {"dead_letters", c.dead_letters}};
}

json::object loss_json(const source_book& b) {
  const auto& c = b.counters();
  return {{"missing", c.missing},
          {"late", c.late},
          {"missing_ppm", share_ppm(c.missing, c.missing + c.batches)}};
}

json::object quality_json(const source_book& b) {
  const auto& c = b.counters();
  json::object o{{"taken", c.taken},
                 {"no_strikes", c.no_strikes},
                 {"refused", c.refused},
                 {"refused_ppm", share_ppm(c.refused, c.items)},
                 {"held_back", c.held_back},
                 {"quarantines", c.quarantines},
                 {"in_view", b.in_view()},
                 {"unknown_labels", names_json(b.unknown_labels())},
                 {"unknown_labels_unnamed", b.unknown_labels().others()},
                 {"refusals", names_json(b.refusals())}};
  if (b.confidence_ppm() >= 0)
    o["confidence_ppm"] = b.confidence_ppm();
  return o;
}

} // namespace

json::object status_json(const source_fact& fact, const source_book* book,
                         mono_us now) {
  static const source_book blank;
  const auto& b = book != nullptr ? *book : blank;
  auto o = source_json(fact);
  o["state"] = state_of(b, now);
  o["quarantine"] = text_of(b.held());
  if (b.standby().on())
    o["standby"]
      = json::object{{"kept", static_cast<std::int64_t>(b.standby().reports())},
                     {"dropped", b.standby().dropped()}};
  if (b.heard())
    o["heard_ms_ago"]
      = std::max<std::int64_t>(0, elapsed(*b.heard(), now).count / 1'000);
  o["next_seq"] = b.newest() + 1;
  o["load"] = load_json(b, now);
  o["latency_us"] = b.latency_us();
  o["latency_max_us"] = b.latency_max_us();
  o["clock_err_us"] = b.clock_err_us();
  o["loss"] = loss_json(b);
  o["quality"] = quality_json(b);
  if (b.pictures()) {
    auto seen = b.pictures()->analytics_json();
    seen["strikes_per_s_milli"] = b.pictures()->strikes_milli(now);
    o["analytics"] = std::move(seen);
  }
  if (fact.workers)
    o["work"] = work_json(b);
  if (fact.kind == source_kind::worker)
    o["draining"] = fact.draining;
  return o;
}

} // namespace ringside::intake
