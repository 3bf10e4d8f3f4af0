#include "domain/vision/fusion/play.hpp"

#include <algorithm>
#include <map>

namespace ringside::fusion {

std::vector<arrival<fused_event>> play(const synthetic_fight& fight,
                                       harmonizer& through, span_us step) {
  std::vector<arrival<fused_event>> said;
  std::vector<fused_event> out;
  auto keep = [&](mono_us now) {
    for (auto& e : out)
      said.push_back({now, std::move(e)});
    out.clear();
  };
  auto report = fight.reports.begin();
  auto beat = fight.beats.begin();
  for (mono_us now; now < fight.end; now = after(now, step)) {
    for (; beat != fight.beats.end() && beat->at <= now; ++beat)
      through.beat(beat->what);
    for (; report != fight.reports.end() && report->at <= now; ++report)
      through.take(report->what);
    through.advance(now, out);
    keep(now);
  }
  through.finish(out);
  keep(fight.end);
  return said;
}

std::vector<fused_event>
last_words(const std::vector<arrival<fused_event>>& said) {
  std::map<report_key, const fused_event*> last;
  for (const auto& s : said)
    last[s.what.event_id] = &s.what;
  std::vector<fused_event> all;
  for (const auto& [id, e] : last)
    if (e->state == event_state::final)
      all.push_back(*e);
  std::stable_sort(
    all.begin(), all.end(),
    [](const fused_event& a, const fused_event& b) { return a.t < b.t; });
  return all;
}

} // namespace ringside::fusion
