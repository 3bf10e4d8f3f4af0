#include "domain/vision/analytics/raw_event.hpp"

#include "domain/vision/analytics/frame.hpp"
#include "domain/vision/analytics/report_of.hpp"

#include <cstdlib>
#include <string>

namespace ringside::analytics {

namespace {

bool is_share(ppm p) {
  return p.count >= 0 && p.count <= 1'000'000;
}

result<unit> check(const raw_event& e, std::uint64_t last_seq) {
  auto no = [](const char* field, const std::string& why) {
    return refuse(ec::invalid_value, std::string{field} + " " + why, field);
  };
  if (e.seq <= last_seq)
    return no("seq",
              std::to_string(e.seq) + " after " + std::to_string(last_seq));
  if (e.at.count < 0 || e.at.count > time_max_us)
    return no("at", std::to_string(e.at.count) + " is no time");
  if (e.err_us < 0 || e.err_us > clock_error_max_us)
    return no("err_us",
              std::to_string(e.err_us) + " is not within 0 to 1000000");
  if (index(e.what) >= action_count || !family_of(e.what))
    return no("what", std::string{text_of(e.what)} + " is no event");
  if (e.by > corner::blue)
    return no("by", "is no corner");
  if (e.target > bout::strike_target::leg)
    return no("target", "is no target");
  if (!is_share(e.conf) || !is_share(e.view))
    return no("conf", "or view is not within 0 to 1000000");
  if (static_cast<std::size_t>(e.impact) >= impact_count)
    return no("impact", "is no impact level");
  if (e.tier && *e.tier > knockdown_tier::near_finish)
    return no("tier", "is no tier");
  if (e.tier && e.what != action::knockdown)
    return no("tier", "belongs to a knockdown only");
  return unit{};
}

event_report report_of(const raw_event& e, std::uint64_t seq,
                       const settings& by) {
  event_report r;
  r.seq = seq;
  r.at = r.start = r.end = e.at;
  r.err_us = e.err_us;
  r.by = e.by;
  r.what = e.what;
  r.label_ppm[index(e.what)] = 1'000'000;
  r.target = e.target;
  r.conf = e.conf;
  r.impact = e.impact;
  std::array<std::int64_t, impact_count> seen{};
  seen[static_cast<std::size_t>(e.impact)] = by.impact_min_us;
  r.severity = force_of(seen, std::nullopt, by).severity;
  r.landed
    = family_of(e.what) != family::strike || e.impact != impact_level::none;
  r.tier = e.tier;
  if (e.what == action::knockdown && !r.tier)
    r.tier = tier_of(r.severity, 0);
  r.frames = 1;
  r.view = e.view;
  r.in_view = e.view.count >= by.in_view_min_ppm;
  return r;
}

} // namespace

event_gate::event_gate(const settings& by) : by_(by) {
  // nop
}

result<std::optional<event_report>> event_gate::take(const raw_event& e) {
  if (auto sound = check(e, last_seq_); !sound)
    return sound.reason();
  last_seq_ = e.seq;
  auto& last = last_[e.by][index(e.what)];
  if (last
      && std::abs(elapsed(*last, e.at).count)
           < by_.refractory_us[index(e.what)])
    return std::optional<event_report>{};
  last = e.at;
  return std::optional<event_report>{report_of(e, next_seq_++, by_)};
}

} // namespace ringside::analytics
