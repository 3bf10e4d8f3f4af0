#include "domain/vision/intake/camera_book.hpp"

namespace ringside::intake {

namespace {

using analytics::event_report;
using analytics::position_interval;

bool is_strike(const event_report& r) noexcept {
  return analytics::family_of(r.what) == analytics::family::strike;
}

/// What the analytics found is numbered even, what the votes gave odd.
std::uint64_t number_of_event(std::uint64_t n) noexcept {
  return 2 * n;
}

std::uint64_t number_of_interval(std::uint64_t n) noexcept {
  return 2 * n - 1;
}

fusion::report report_of(const event_report& e,
                         const vendor::frame_mapper& how) {
  fusion::report r;
  r.seq = e.seq;
  r.t_est = e.at;
  r.err_us = e.err_us;
  r.corner = e.by;
  r.kind = how.kind_of(e.what, e.target);
  r.target = e.target;
  r.conf = e.conf;
  if (how.tells_force())
    r.severity = e.severity;
  r.in_view = e.in_view;
  return r;
}

json::object figures_json(const analytics::pace_figures& f) {
  return {{"thrown", f.thrown},
          {"landed", f.landed},
          {"significant", f.significant},
          {"takedowns", f.takedowns},
          {"takedown_attempts", f.takedown_attempts},
          {"submissions", f.submissions},
          {"knockdowns", f.knockdowns},
          {"control_ms", f.control_us / 1'000},
          {"clinch_ms", f.clinch_us / 1'000},
          {"pace_milli", f.pace_milli},
          {"tempo", text_of(f.tempo)},
          {"style", text_of(f.style)}};
}

} // namespace

json::object position_json(const analytics::position& p) {
  json::object o;
  o["phase"] = text_of(p.phase);
  if (p.phase == analytics::phase_kind::hold) {
    o["holder"] = to_string(p.holder);
    o["hold"] = text_of(p.hold);
  }
  return o;
}

void camera_book::watch(const bout_id& bout) {
  if (bout == bout_)
    return;
  bout_ = bout;
  meters_ = meters{};
  votes_.clear();
  // What runs was of the other bout.
  camera_.flush(said_);
  said_.clear();
}

result<unit> camera_book::take(analytics::frame f,
                               const vendor::frame_mapper& how, mono_us arrived,
                               sightings& out) {
  auto base = base_;
  if (last_at_ && base + f.seq <= last_seq_
      && elapsed(*last_at_, f.at).count > started_over_us)
    base = last_seq_;
  f.seq += base;
  // Told apart here, as the one is the road's fault and the other the model's.
  if (last_at_ && (f.seq <= last_seq_ || f.at <= *last_at_))
    return refuse(ec::invalid_value,
                  "picture " + std::to_string(f.seq - base) + " at "
                    + std::to_string(f.at.count),
                  "out_of_order");
  if (auto took = camera_.take(f, said_); !took)
    return refuse(ec::invalid_value, took.reason().detail, "bad_picture");
  started_over_ += base != base_ ? 1 : 0;
  base_ = base;
  last_seq_ = f.seq;
  last_at_ = f.at;
  arrived_ = arrived;
  running_ = true;
  if (!meters_.since)
    meters_.since = f.at;
  pass_on(how, arrived, out);
  vote(out);
  return unit{};
}

void camera_book::look(const vendor::frame_mapper& how, mono_us now,
                       sightings& out) {
  if (!running_ || elapsed(arrived_, now).count < still_us)
    return;
  running_ = false;
  camera_.flush(said_);
  pass_on(how, now, out);
  if (auto last = meters_.position.finish(*last_at_))
    add(*last, out);
}

void camera_book::pass_on(const vendor::frame_mapper& how, mono_us now,
                          sightings& out) {
  for (auto& r : said_) {
    r.seq = number_of_event(r.seq);
    count(r);
    if (r.rev == 1)
      out.labels.emplace_back(r.what, r.by);
    if (is_strike(r)) {
      ++strikes_;
      strike_rate_.add(1, now);
      out.strikes.push_back(report_of(r, how));
    } else {
      acts_ += r.rev == 1 ? 1 : 0;
      out.acts.push_back(r);
    }
  }
  said_.clear();
}

void camera_book::count(const event_report& r) {
  auto a = analytics::act_of(r);
  if (!a)
    return;
  meters_.pace.take(*a);
  if (auto swing = meters_.momentum.take(*a))
    ++meters_.swings[swing->by];
  if (auto hurt = meters_.damage.take(*a))
    ++meters_.rocked[opponent(hurt->by)];
}

void camera_book::vote(sightings& out) {
  auto v = camera_.vote();
  if (!v)
    return;
  if (auto ended = meters_.position.take(0, *v); ended && *ended)
    add(**ended, out);
  if (votes_.size() < votes_max
      && (votes_.empty()
          || elapsed(votes_.back().at, v->at).count >= vote_every_us))
    votes_.push_back(*v);
}

void camera_book::add(const position_interval& i, sightings& out) {
  meters_.pace.take(i);
  if (i.position.phase == analytics::phase_kind::standing)
    return;
  event_report r;
  r.seq = number_of_interval(++intervals_);
  r.start = i.start;
  r.end = i.end;
  r.at = {i.start.count + elapsed(i.start, i.end).count / 2};
  r.by = i.position.holder;
  r.what = i.position.phase == analytics::phase_kind::hold
             ? analytics::action::ground_control
             : analytics::action::clinch;
  r.label_ppm[analytics::index(r.what)] = 1'000'000;
  r.landed = true;
  ++acts_;
  out.acts.push_back(r);
}

// -- what is shown ------------------------------------------------------------

std::int64_t camera_book::length_us() const {
  return meters_.since && last_at_ ? elapsed(*meters_.since, *last_at_).count
                                   : 0;
}

json::object camera_book::corner_json(corner c) const {
  auto pace = meters_.pace;
  auto now = last_at_.value_or(mono_us{});
  // What still runs counts, too.
  if (auto i = meters_.position.running(now))
    pace.take(*i);
  auto o = figures_json(pace.figures(c, length_us()));
  o["damage_taken_ppm"] = meters_.damage.taken_ppm(c);
  o["damage_felt_ppm"] = meters_.damage.felt_ppm(c, now);
  o["swings"] = meters_.swings[c];
  o["rocked"] = meters_.rocked[c];
  return o;
}

json::object camera_book::analytics_json() const {
  const auto& n = camera_.counts();
  json::object o;
  o["frames"] = n.frames;
  o["frames_missing"] = n.missing;
  o["breaks"] = n.breaks;
  o["started_over"] = started_over_;
  o["strikes"] = strikes_;
  o["acts"] = acts_;
  o["over_ms"] = length_us() / 1'000;
  o["position"] = position_json(meters_.position.current());
  o["momentum_red_ppm"]
    = meters_.momentum.share_of_red(last_at_.value_or(mono_us{})).count;
  for (auto c : both_corners)
    o[std::string{to_string(c)}] = corner_json(c);
  return o;
}

} // namespace ringside::intake
