#include "domain/vision/desk/fusion_desk.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

/// What people see of a desk.
namespace ringside::desk {

namespace {

/// How good a source is taken to be.
json::object trusted_json(const fusion::source_parameters& s,
                          std::size_t kinds) {
  auto end = s.confusion.begin()
             + static_cast<std::ptrdiff_t>(s.confusion.size() / kinds);
  return {{"p_d_ppm", s.p_d.count},
          {"false_rate_uhz", s.false_rate_uhz},
          {"corner_ppm", s.corner_accuracy.count},
          {"kind_ppm", *std::max_element(s.confusion.begin(), end)},
          {"bias_us", s.bias_us}};
}

} // namespace

json::object fusion_desk::slots_json(std::span<const fused_fact> said) const {
  json::object out;
  for (std::size_t i = 0; i < events_.size(); ++i) {
    auto same = [&](const fused_fact& e) { return e.id == events_[i].id; };
    if (std::none_of(said.begin(), said.end(), same))
      continue;
    auto slot = std::to_string((first_slot_ + i) % events_kept);
    out.emplace(std::string(3 - slot.size(), '0') + slot,
                fused_data(events_[i]));
  }
  return out;
}

json::array fusion_desk::sources_json() const {
  const auto& clutter = kernel_->counters().clutter_of;
  json::array out;
  for (std::size_t i = 0; i < seats_.size(); ++i) {
    const auto& s = seats_[i];
    if (s.name.empty())
      continue;
    auto known = known_.find(s.name);
    out.emplace_back(json::object{
      {"source", s.name},
      {"reports", s.reports},
      {"clutter", clutter[i]},
      {"counts", trust::counts_json(counts_of(i))},
      {"bouts", known != known_.end() ? known->second.bouts : 0},
      {"trusted", trusted_json(kernel_->sources()[i], plan_->kinds.size())}});
  }
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
          {"handed_over", c.handed_over},
          {"in_events", c.in_events},
          {"in_clutter", c.in_clutter},
          {"undecided", static_cast<std::int64_t>(kernel_->undecided())},
          {"provisional", counters_.provisional},
          {"final", counters_.final_},
          {"withdrawn", counters_.withdrawn},
          {"revised", counters_.revised},
          {"no_place", counters_.no_place},
          {"started_over", counters_.started_over}};
}

json::object fusion_desk::stats() const {
  json::object o;
  o["plan"] = plan_->id;
  o["plan_version"] = plan_->version;
  o["parameters"] = parameters_;
  o["strategy"] = plan_->strategy;
  o["counters"] = counters_json();
  o["sources"] = sources_json();
  return o;
}

} // namespace ringside::desk
