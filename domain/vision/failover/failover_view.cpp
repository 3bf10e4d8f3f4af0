#include "domain/vision/failover/failover_view.hpp"

#include <algorithm>

namespace ringside::failover {

namespace {

json::object mode_json(const mode_watch& w) {
  const auto& s = w.sample();
  json::object o{{"sources", s.sources}, {"state", text_of(w.state())}};
  if (s.latency_us)
    o["latency_ms"] = *s.latency_us / 1'000;
  if (w.loss())
    o["loss_ppm"] = w.loss()->count;
  if (w.doubt())
    o["doubted_ppm"] = w.doubt()->count;
  return o;
}

json::object fact_json(const failover_fact& x) {
  auto o = failover_data(x);
  o.erase("arena");
  o["kind"] = x.kind;
  o["by"] = x.by;
  return o;
}

} // namespace

json::object arena_json(const machine& m, const arena_record& known) {
  json::object modes;
  for (auto mode : ranked)
    if (mode != source_mode::manual)
      modes.emplace(std::string{text_of(mode)}, mode_json(m.watch(mode)));
  json::object o{{"mode", text_of(m.mode())},
                 {"decided", m.decided()},
                 {"since_us", m.since().count},
                 {"modes", std::move(modes)}};
  if (!known.history.empty())
    o["reason"] = known.history.back().reason;
  if (m.overridden() && known.overridden)
    o["override"] = fact_json(*known.overridden);
  return o;
}

json::array history_json(const arena_record& known) {
  json::array out;
  std::for_each(known.history.rbegin(), known.history.rend(),
                [&out](const auto& x) { out.emplace_back(fact_json(x)); });
  return out;
}

} // namespace ringside::failover
