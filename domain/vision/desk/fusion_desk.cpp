#include "domain/vision/desk/fusion_desk.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

namespace ringside::desk {

namespace {

using fusion::event_state;
using fusion::source_index;

/// Cameras and their kind are told apart from accounts by a letter.
std::string camera_name(const intake::source_fact& s) {
  return "source/" + s.id;
}

std::string person_name(const issuer& by) {
  return "account/" + by.account;
}

} // namespace

result<fusion_desk> fusion_desk::make(const fusion::fusion_plan& plan) {
  const auto* camera = plan.find("camera");
  const auto* person = plan.find("operator");
  if (camera == nullptr || person == nullptr)
    return refuse(ec::invalid_value, "the plan needs a camera and an operator",
                  "sources");
  fusion::source_table table(camera_places, camera->start);
  table.resize(camera_places + human_places, person->start);
  auto kernel = fusion::harmonizer::make(plan.settings, std::move(table),
                                         fusion::make_strategy(plan.strategy));
  if (!kernel)
    return kernel.reason();
  fusion_desk out;
  out.plan_ = std::make_shared<const fusion::fusion_plan>(plan);
  out.kernel_ = std::move(*kernel);
  return out;
}

std::optional<source_index> fusion_desk::place(std::string_view name,
                                               bool human) {
  auto from = names_.begin() + (human ? camera_places : 0);
  auto to = from + (human ? human_places : camera_places);
  auto found = std::find(from, to, name);
  if (found == to)
    found = std::find(from, to, std::string_view{});
  if (found == to)
    return std::nullopt;
  *found = name;
  return static_cast<source_index>(found - names_.begin());
}

void fusion_desk::take(const intake::source_fact& from,
                       std::span<const fusion::report> reports, mono_us now) {
  auto src = place(camera_name(from), false);
  if (!src) {
    counters_.no_place += reports.size();
    return;
  }
  for (auto r : reports) {
    r.src = *src;
    kernel_->take(r);
    ++reports_[*src];
  }
  if (!reports.empty())
    kernel_->beat({*src, now, reports.back().in_view});
}

void fusion_desk::beat(const intake::source_fact& from, mono_us at,
                       bool in_view) {
  if (auto src = place(camera_name(from), false))
    kernel_->beat({*src, at, in_view});
}

void fusion_desk::take(const bout::event& e) {
  const auto* logged = std::get_if<bout::fact_logged>(&e.body);
  const auto* s
    = logged != nullptr ? std::get_if<bout::strike>(&logged->what) : nullptr;
  if (s == nullptr)
    return;
  auto src = place(person_name(e.by), true);
  if (!src) {
    ++counters_.no_place;
    return;
  }
  const auto& labels = plan_->find("operator")->labels;
  auto label = std::find(labels.begin(), labels.end(), s->technique);
  fusion::report r;
  r.src = *src;
  r.seq = e.no;
  r.t_est = e.at;
  r.err_us = static_cast<std::int32_t>(
    std::clamp<std::int64_t>(logged->err_us, 0, 2'000'000));
  r.corner = s->corner;
  r.target = s->target;
  // A technique that is no kind of the plan still says that there was one.
  if (label != labels.end())
    r.kind = static_cast<fusion::kind_index>(label - labels.begin());
  kernel_->take(r);
  ++reports_[*src];
  // Whoever presses looks; whoever does not is no evidence against a strike.
  kernel_->beat({*src, e.at, true});
}

std::vector<fusion::fused_event> fusion_desk::advance(mono_us now) {
  std::vector<fusion::fused_event> out;
  kernel_->advance(now, out);
  for (const auto& e : out)
    keep(e);
  return out;
}

void fusion_desk::keep(const fusion::fused_event& e) {
  auto same = [&e](const auto& x) { return x.event_id == e.event_id; };
  auto known = std::find_if(events_.begin(), events_.end(), same);
  auto was_final = known != events_.end() && known->state == event_state::final;
  if (e.state == event_state::withdrawn)
    ++counters_.withdrawn;
  else if (e.state == event_state::provisional)
    ++counters_.provisional;
  else
    ++(was_final ? counters_.revised : counters_.final_);
  if (known != events_.end())
    *known = e;
  else
    events_.push_back(e);
  if (events_.size() > events_kept)
    events_.pop_front();
}

// -- as JSON ------------------------------------------------------------------

json::object fusion_desk::event_json(const fusion::fused_event& e) const {
  json::object o;
  o["event_id"] = names_[e.event_id.src] + "/" + std::to_string(e.event_id.seq);
  o["rev"] = e.rev;
  o["state"] = text_of(e.state);
  o["standing"] = text_of(e.standing);
  o["t_us"] = e.t.count;
  o["t_err_us"] = e.t_err_us;
  o["kind"] = plan_->kinds[e.kind];
  o["p_ppm"] = e.p.count;
  o["silence_milli"] = e.silence_milli;
  if (e.corner) {
    o["corner"] = to_string(*e.corner);
    o["corner_ppm"] = e.corner_p.count;
  }
  if (e.target != bout::strike_target::unknown)
    o["target"] = text_of(e.target);
  if (e.severity.count >= 0)
    o["severity_ppm"] = e.severity.count;
  json::array sources;
  for (const auto& s : e.sources)
    sources.emplace_back(json::object{{"source", names_[s.from.src]},
                                      {"seq", s.from.seq},
                                      {"dt_us", s.dt_us},
                                      {"llr_milli", s.llr_milli},
                                      {"late", s.late}});
  o["sources"] = std::move(sources);
  return o;
}

json::array fusion_desk::sources_json() const {
  const auto& clutter = kernel_->counters().clutter_of;
  json::array out;
  for (std::size_t i = 0; i < names_.size(); ++i)
    if (!names_[i].empty())
      out.emplace_back(json::object{{"source", names_[i]},
                                    {"reports", reports_[i]},
                                    {"clutter", clutter[i]}});
  return out;
}

json::object fusion_desk::counters_json() const {
  const auto& c = kernel_->counters();
  return {{"taken", c.taken},
          {"repeated", c.repeated},
          {"late_evidence", c.late_evidence},
          {"late_unmatched", c.late_unmatched},
          {"invalid", c.invalid},
          {"overloaded", c.overloaded},
          {"duplicates", c.duplicates},
          {"in_events", c.in_events},
          {"in_clutter", c.in_clutter},
          {"undecided", static_cast<std::int64_t>(kernel_->undecided())},
          {"provisional", counters_.provisional},
          {"final", counters_.final_},
          {"withdrawn", counters_.withdrawn},
          {"revised", counters_.revised},
          {"no_place", counters_.no_place}};
}

json::object fusion_desk::stats() const {
  json::object o;
  o["plan"] = plan_->id;
  o["plan_version"] = plan_->version;
  o["strategy"] = plan_->strategy;
  o["counters"] = counters_json();
  o["sources"] = sources_json();
  json::array events;
  for (const auto& e : events_)
    events.emplace_back(event_json(e));
  o["events"] = std::move(events);
  return o;
}

} // namespace ringside::desk
