#include "domain/vision/desk/fusion_desk.hpp"

#include "domain/vision/desk/round_place.hpp"
#include "domain/vision/trust/learned.hpp"

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
/// After a life sign a source watches for so long.
constexpr span_us camera_looks{fusion::heartbeat_life_us};
constexpr span_us human_looks = seconds(5);

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

void fusion_desk::know(const trust::trust_book& book) {
  if (!untouched())
    return;
  known_ = book.sources;
  parameters_ = static_cast<int>(book.entries);
  for (std::size_t s = 0; s < seats_.size(); ++s)
    if (!seats_[s].name.empty())
      seat_as_known(static_cast<source_index>(s));
}

bool fusion_desk::untouched() const noexcept {
  return events_.empty()
         && std::all_of(seats_.begin(), seats_.end(),
                        [](const seat& s) { return s.reports == 0; });
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
  auto src = static_cast<source_index>(found - seats_.begin());
  if (found->name.empty()) {
    found->name = name;
    seat_as_known(src);
  }
  return src;
}

void fusion_desk::seat_as_known(source_index src) {
  auto known = known_.find(seats_[src].name);
  auto camera = src < camera_places;
  auto start = plan_->find(camera ? "camera" : "operator")->start;
  start.beats = camera;
  auto is = trust::learned(start, plan_->kinds.size(),
                           known != known_.end() ? known->second.counts
                                                 : trust::source_counts{});
  // The kernel works with whatever is learned of a sound plan.
  static_cast<void>(kernel_->seat(src, is));
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
  if (kernel_->take(r) == fusion::admission::taken)
    tally_.heard(r);
  ++from.reports;
}

void fusion_desk::beat(source_index src, mono_us at, bool in_view) {
  kernel_->beat({src, at, in_view});
  tally_.beat(src, at, in_view,
              src < camera_places ? camera_looks : human_looks);
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
  for (const auto& e : said) {
    auto fact = fact_of(e, bout);
    if (keep(fact))
      judge(e);
    out.push_back(std::move(fact));
  }
  return out;
}

void fusion_desk::judge(const fusion::fused_event& e) {
  for (const auto& v : e.sources) {
    auto& s = seats_[v.from.src];
    ++s.judged;
    s.doubted += e.standing < fusion::standing::shown ? 1 : 0;
  }
  std::uint32_t in_view = 0;
  for (std::size_t s = 0; s < seats_.size(); ++s)
    if (kernel_->in_view(static_cast<source_index>(s), e.t))
      in_view |= 1u << s;
  tally_.decided(e, in_view, kernel_->sources(), plan_->kinds.size());
}

trust::source_counts fusion_desk::counts_of(std::size_t place) const {
  auto c = tally_.of(static_cast<source_index>(place));
  c.false_alarms
    += static_cast<std::int64_t>(kernel_->counters().clutter_of[place]);
  return c;
}

std::vector<trust::judged_source> fusion_desk::judged() const {
  std::vector<trust::judged_source> out;
  for (std::size_t s = 0; s < seats_.size(); ++s)
    if (auto c = counts_of(s); !c.empty())
      out.push_back({seats_[s].name, c});
  return out;
}

bool fusion_desk::keep(const fused_fact& e) {
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
  return e.state == event_state::final && !was_final;
}

std::vector<fusion_desk::belief> fusion_desk::beliefs() const {
  const auto& clutter = kernel_->counters().clutter_of;
  std::vector<belief> out;
  for (std::size_t i = 0; i < seats_.size(); ++i)
    if (const auto& s = seats_[i]; !s.name.empty())
      out.push_back({s.name, s.judged + clutter[i], s.doubted + clutter[i]});
  return out;
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
  x.parameters = parameters_;
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

} // namespace ringside::desk
