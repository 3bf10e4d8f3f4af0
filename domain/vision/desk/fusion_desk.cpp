#include "domain/vision/desk/fusion_desk.hpp"

#include "domain/vision/desk/round_place.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

namespace ringside::desk {

namespace {

using fusion::event_state;
using fusion::source_index;

/// Numbers of one series; more than any source can use.
constexpr std::uint64_t series_step = std::uint64_t{1} << 47;
/// Numbers of a source rise with time but for what overtakes on the way.
constexpr span_us started_over_after = seconds(1);
/// A camera that is silent for so long does not watch.
constexpr span_us gone_after = seconds(3);

/// Cameras and their kind are told apart from accounts by a letter.
std::string camera_name(const intake::source_fact& s) {
  return "source/" + s.id;
}

bool is_human(std::string_view name) {
  return name.starts_with("account/");
}

/// False if no source could tell the kind: then all are equally likely, and the
/// first of them is no finding.
bool is_named(const fusion::fused_event& e, std::size_t kinds) {
  auto end = e.kind_ppm.begin() + static_cast<std::ptrdiff_t>(kinds);
  auto [least, most] = std::minmax_element(e.kind_ppm.begin(), end);
  // What rounding may leave.
  return kinds == 1 || *most - *least > 1;
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
  auto human = person->start;
  human.beats = false;
  table.resize(camera_places + human_places, human);
  auto kernel = fusion::harmonizer::make(plan.settings, std::move(table),
                                         fusion::make_strategy(plan.strategy));
  if (!kernel)
    return kernel.reason();
  fusion_desk out;
  out.plan_ = std::make_shared<const fusion::fusion_plan>(plan);
  out.kernel_ = std::move(*kernel);
  return out;
}

void fusion_desk::resume(const fused_book& book) {
  std::vector<fusion::fused_event> decided;
  for (const auto& x : book.facts)
    decided.push_back(event_of(x));
  kernel_->resume(decided);
  for (const auto& [name, mark] : book.newest)
    if (auto src = place(name, is_human(name))) {
      seats_[*src].newest = mark;
      seats_[*src].base = mark.seq / series_step * series_step;
    }
  for (const auto& x : book.facts) {
    events_.push_back(x);
    if (events_.size() > events_kept)
      events_.pop_front();
  }
}

std::optional<source_index> fusion_desk::place(std::string_view name,
                                               bool human) {
  auto from = seats_.begin() + (human ? camera_places : 0);
  auto to = from + (human ? human_places : camera_places);
  auto named = [&](std::string_view wanted) {
    return std::find_if(from, to,
                        [&](const seat& s) { return s.name == wanted; });
  };
  auto found = named(name);
  if (found == to)
    found = named({});
  if (found == to)
    return std::nullopt;
  found->name = name;
  return static_cast<source_index>(found - seats_.begin());
}

std::uint64_t fusion_desk::number_of(seat& from, const fusion::report& r) {
  auto seq = from.base + r.seq;
  // A number from the past for something new: it counts from 1 again.
  if (seq <= from.newest.seq
      && elapsed(from.newest.t, r.t_est) > started_over_after) {
    from.base = (from.newest.seq / series_step + 1) * series_step;
    ++counters_.started_over;
    seq = from.base + r.seq;
  }
  if (seq > from.newest.seq)
    from.newest = {seq, r.t_est};
  return seq;
}

void fusion_desk::take(source_index src, fusion::report r) {
  auto& from = seats_[src];
  r.src = src;
  r.seq = number_of(from, r);
  kernel_->take(r);
  ++from.reports;
}

void fusion_desk::beat(source_index src, mono_us at, bool in_view) {
  kernel_->beat({src, at, in_view});
  auto& seen = seats_[src].seen;
  if (in_view && (!seen || *seen < at))
    seen = at;
}

void fusion_desk::take(const intake::source_fact& from,
                       std::span<const fusion::report> reports, mono_us now) {
  auto src = place(camera_name(from), false);
  if (!src) {
    counters_.no_place += reports.size();
    return;
  }
  for (const auto& r : reports)
    take(*src, r);
  if (!reports.empty())
    beat(*src, now, reports.back().in_view);
}

void fusion_desk::beat(const intake::source_fact& from, mono_us at,
                       bool in_view) {
  if (auto src = place(camera_name(from), false))
    beat(*src, at, in_view);
}

bool fusion_desk::cameras_watch(mono_us now) const noexcept {
  return std::any_of(seats_.begin(), seats_.begin() + camera_places,
                     [now](const seat& s) {
                       return s.seen && elapsed(*s.seen, now) < gone_after;
                     });
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
  r.seq = e.no;
  r.t_est = e.at;
  r.err_us = static_cast<std::int32_t>(
    std::clamp<std::int64_t>(logged->err_us, 0, 2'000'000));
  r.corner = s->corner;
  r.target = s->target;
  // A technique that is no kind of the plan still says that there was one.
  if (label != labels.end())
    r.kind = static_cast<fusion::kind_index>(label - labels.begin());
  take(*src, r);
  // Whoever presses looks; whoever does not is no evidence against a strike.
  beat(*src, e.at, true);
}

std::vector<fused_fact> fusion_desk::advance(mono_us now,
                                             const bout::state& bout) {
  std::vector<fusion::fused_event> said;
  kernel_->advance(now, said);
  std::vector<fused_fact> out;
  for (const auto& e : said)
    keep(out.emplace_back(fact_of(e, bout)));
  return out;
}

void fusion_desk::keep(const fused_fact& e) {
  auto known = std::find_if(events_.begin(), events_.end(),
                            [&e](const auto& x) { return x.id == e.id; });
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
  if (events_.size() > events_kept) {
    events_.pop_front();
    first_slot_ = (first_slot_ + 1) % events_kept;
  }
}

// -- by name ------------------------------------------------------------------

fused_fact fusion_desk::fact_of(const fusion::fused_event& e,
                                const bout::state& bout) const {
  fused_fact x;
  x.id = seats_[e.event_id.src].name + "/" + std::to_string(e.event_id.seq);
  x.rev = e.rev;
  x.state = e.state;
  x.standing = e.standing;
  x.t = e.t;
  x.t_err_us = e.t_err_us;
  if (auto where = place_of(bout, e.t)) {
    x.round = where->round;
    if (where->running)
      x.at = where->at;
  }
  x.corner = e.corner;
  if (e.corner)
    x.corner_p = e.corner_p;
  x.kind = is_named(e, plan_->kinds.size()) ? plan_->kinds[e.kind] : "unknown";
  x.target = e.target;
  x.severity = e.severity;
  x.p = e.p;
  x.silence_milli = e.silence_milli;
  for (const auto& s : e.sources)
    x.sources.push_back(
      {seats_[s.from.src].name, s.from.seq, s.dt_us, s.llr_milli, s.late});
  x.plan = plan_->id;
  x.plan_version = plan_->version;
  return x;
}

fusion::fused_event fusion_desk::event_of(const fused_fact& x) {
  fusion::fused_event e;
  e.rev = x.rev;
  e.state = x.state;
  e.standing = x.standing;
  e.t = x.t;
  e.t_err_us = x.t_err_us;
  e.corner = x.corner;
  e.corner_p = x.corner_p;
  auto kind = std::find(plan_->kinds.begin(), plan_->kinds.end(), x.kind);
  if (kind != plan_->kinds.end())
    e.kind = static_cast<fusion::kind_index>(kind - plan_->kinds.begin());
  e.target = x.target;
  e.severity = x.severity;
  e.p = x.p;
  e.silence_milli = x.silence_milli;
  for (const auto& s : x.sources) {
    auto src = place(s.source, s.human());
    if (!src)
      continue;
    e.sources.push_back({{*src, s.seq}, s.dt_us, s.llr_milli, s.late});
    if (x.id == s.source + "/" + std::to_string(s.seq))
      e.event_id = {*src, s.seq};
  }
  return e;
}

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
  for (std::size_t i = 0; i < seats_.size(); ++i)
    if (!seats_[i].name.empty())
      out.emplace_back(json::object{{"source", seats_[i].name},
                                    {"reports", seats_[i].reports},
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
          {"no_place", counters_.no_place},
          {"started_over", counters_.started_over}};
}

json::object fusion_desk::stats() const {
  json::object o;
  o["plan"] = plan_->id;
  o["plan_version"] = plan_->version;
  o["strategy"] = plan_->strategy;
  o["counters"] = counters_json();
  o["sources"] = sources_json();
  return o;
}

} // namespace ringside::desk
