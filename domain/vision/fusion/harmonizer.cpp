#include "domain/vision/fusion/harmonizer.hpp"

#include <algorithm>
#include <cmath>

namespace ringside::fusion {

namespace {

constexpr std::int32_t million = 1'000'000;
// A clock this wrong says nothing about the order of strikes.
constexpr std::int32_t err_max_us = 1'000'000;
// Reports of the last event before a restart may be this much later than it.
constexpr std::int64_t resume_reach_us = 500'000;
constexpr std::int64_t time_max_us = std::int64_t{1} << 60;

bool share(const std::optional<ppm>& p) {
  return !p || (p->count >= 0 && p->count <= million);
}

result<unit> check(const fusion_settings& s) {
  auto inside = [](ppm p) { return p.count >= 0 && p.count <= million; };
  if (!inside(s.miss_weight) || !inside(s.camera_weight)
      || !inside(s.vendor_weight) || !inside(s.keep) || !inside(s.review)
      || !inside(s.accept) || !inside(s.sure))
    return refuse(ec::invalid_value, "a share is not between 0 and 1",
                  "settings");
  if (s.strike_rate_uhz <= 0 || s.gate_milli <= 0 || s.settle_us < 0
      || s.announce_us < 0 || s.duplicate_us < 0 || s.merge_us < 0)
    return refuse(ec::invalid_value, "a rate or time is negative", "settings");
  return unit{};
}

std::int64_t time_of(const block& b, const hypothesis& h) {
  return b.origin.count + std::llround(h.t * 1e6);
}

} // namespace

result<std::unique_ptr<harmonizer>>
harmonizer::make(const fusion_settings& settings, source_table sources,
                 std::unique_ptr<strategy> how) {
  if (how == nullptr)
    return refuse(ec::invalid_value, "no such strategy", "strategy");
  if (auto fine = check(settings); !fine)
    return fine.reason();
  if (auto fine = fusion::check(sources, settings.kinds); !fine)
    return fine.reason();
  return std::unique_ptr<harmonizer>{
    new harmonizer(settings, std::move(sources), std::move(how))};
}

harmonizer::harmonizer(const fusion_settings& settings, source_table sources,
                       std::unique_ptr<strategy> how)
  : settings_(settings), sources_(std::move(sources)), how_(std::move(how)),
    model_(settings_, sources_), pending_(how_->limits(), settings_, sources_),
    announcer_(settings_), numbers_(sources_.size()) {
  // nop
}

void harmonizer::resume(std::span<const fused_event> decided) {
  for (const auto& e : decided) {
    for (const auto& v : e.sources)
      if (v.from.src < numbers_.size())
        numbers_[v.from.src].take(v.from.seq);
    decided_ = std::max(decided_, e.t.count);
    looked_ = std::max(looked_, e.t.count + resume_reach_us);
  }
  announcer_.resume(decided);
}

result<unit> harmonizer::seat(source_index src, const source_parameters& is) {
  auto table = sources_;
  if (src >= table.size())
    return refuse(ec::not_found, "no such place", "source");
  table[src] = is;
  if (auto fine = fusion::check(table, settings_.kinds); !fine)
    return fine;
  // Others hold the table by its address.
  sources_[src] = is;
  model_ = model(settings_, sources_);
  return unit{};
}

bool harmonizer::valid(const report& r) const noexcept {
  return r.src < sources_.size() && r.seq > 0 && r.err_us >= 0
         && r.err_us <= err_max_us && r.t_est.count <= time_max_us
         && r.t_est.count >= -time_max_us
         && (!r.kind || *r.kind < model_.sources[r.src].labels) && share(r.conf)
         && share(r.severity);
}

admission harmonizer::take(const report& r) {
  if (!valid(r)) {
    ++counters_.invalid;
    return admission::invalid;
  }
  if (pending_.size() + handed_.size() >= pending_max) {
    ++counters_.overloaded;
    return admission::overloaded;
  }
  if (!numbers_[r.src].take(r.seq)) {
    ++counters_.repeated;
    return admission::repeated;
  }
  if (auto t = pending_.time_of(r); t <= looked_) {
    if (r.handed_over) {
      ++counters_.handed_over;
      handed_.push_back({t, r});
      return admission::handed_over;
    }
    if (auto how = take_late(r, t); how != admission::taken)
      return how;
  }
  insert(r, r.handed_over && pending_.time_of(r) <= known_);
  return admission::taken;
}

void harmonizer::insert(report r, bool late) {
  // From here on it says that the report decides an event too late.
  r.handed_over = late;
  ++counters_.taken;
  if (pending_.insert(r))
    changed_ = true;
  else
    ++counters_.duplicates;
}

admission harmonizer::take_late(const report& r, std::int64_t t) {
  auto e = announcer_.add_late(r, t, sources_[r.src], settings_.gate_milli);
  if (e != nullptr) {
    late_.push_back(*e);
    ++counters_.late_evidence;
    return admission::late_evidence;
  }
  if (t > decided_)
    return admission::taken;
  ++counters_.late_unmatched;
  return admission::late_unmatched;
}

void harmonizer::settle_handed() {
  if (handed_.empty())
    return;
  auto all = handed_.size();
  auto said = late_.size();
  announcer_.add_handed(handed_, sources_, late_);
  auto evidence = late_.size() - said;
  counters_.late_evidence += evidence;
  counters_.late_unmatched += all - evidence - handed_.size();
  for (const auto& h : handed_)
    insert(h.report, h.t <= known_);
  handed_.clear();
}

void harmonizer::beat(const heartbeat& h) {
  if (h.src < sources_.size())
    views_.beat(h);
}

std::int64_t harmonizer::known_of(source_index src, mono_us now,
                                  std::int64_t hold_us) const noexcept {
  auto known = now.count - hold_us;
  // A heartbeat that is overdue: the way is slow, so wait for it; a source
  // that is silent for longer is dead and holds nobody up.
  if (auto last = views_.last(src); last && sources_[src].beats) {
    auto silent = now.count - last->count;
    if (silent > heartbeat_every_us + sources_[src].hold_us
        && silent <= heartbeat_life_us)
      known = std::min(known, last->count);
  }
  return known - sources_[src].bias_us;
}

std::int64_t
harmonizer::announce_hold(const source_parameters& s) const noexcept {
  // A camera that is still silent when an event is announced speaks against
  // it; else every false alarm would be shown and taken back.
  auto due = std::int64_t{settings_.announce_us} - 2 * s.sigma_us;
  return s.is == source_class::camera ? std::min<std::int64_t>(s.hold_us, due)
                                      : s.hold_us;
}

block harmonizer::block_of(std::size_t count) {
  auto b = pending_.assemble(count, model_);
  b.views = &views_;
  if (!b.seen.empty()) {
    auto end = std::llround(b.seen.back().t * 1e6);
    views_.during(b.origin, {b.origin.count + end}, sources_.size(), b.always,
                  b.sometimes);
  }
  return b;
}

void harmonizer::settle_group(const block& b, const hypothesis& h,
                              std::vector<fused_event>& out) {
  auto is_event = announcer_.conclude(b, h, out);
  (is_event ? counters_.in_events : counters_.in_clutter) += h.count;
  for (auto i : h.reports()) {
    pending_.decide(b.seen[i]);
    if (!is_event)
      ++counters_.clutter_of[b.seen[i].src];
  }
}

void harmonizer::decide(const cut& c, std::vector<fused_event>& out) {
  auto b = block_of(c.count);
  pending_.set_heard(c, b);
  how_->solve(b, groups_);
  ++counters_.blocks;
  counters_.forced += c.forced ? 1 : 0;
  std::optional<std::int64_t> oldest;
  auto settled = c.closes ? INT64_MAX : c.at - pending_.settle_us();
  for (const auto& h : groups_) {
    auto t = time_of(b, h);
    if (t <= settled)
      settle_group(b, h, out);
    else if (!oldest || t < *oldest)
      oldest = t;
  }
  counters_.duplicates += pending_.drop_decided();
  pending_.look_again(c.at, oldest);
  looked_ = std::max(looked_, c.until);
  decided_ = std::max(decided_, std::min(settled, c.until));
}

void harmonizer::decide_until(std::int64_t known,
                              std::vector<fused_event>& out) {
  while (auto c = pending_.next(known)) {
    decide(*c, out);
    changed_ = true;
  }
}

void harmonizer::announce(mono_us now, std::vector<fused_event>& out) {
  if (settings_.announce_us == 0 || pending_.size() == 0)
    return;
  if (!changed_ && now.count < announce_at_)
    return;
  changed_ = false;
  announce_at_ = INT64_MAX;
  auto b = block_of(std::min(pending_.size(), block_reports_max));
  for (std::size_t s = 0; s < sources_.size(); ++s) {
    auto known
      = known_of(static_cast<source_index>(s), now, announce_hold(sources_[s]));
    b.heard[s] = static_cast<double>(known - b.origin.count) * 1e-6;
  }
  how_->solve(b, groups_);
  for (const auto& h : groups_) {
    auto due = time_of(b, h) + settings_.announce_us;
    if (due <= now.count)
      announcer_.say(b, h, out);
    else
      announce_at_ = std::min(announce_at_, due);
  }
}

void harmonizer::advance(mono_us now, std::vector<fused_event>& out) {
  settle_handed();
  out.insert(out.end(), late_.begin(), late_.end());
  late_.clear();
  auto known = INT64_MAX;
  for (std::size_t s = 0; s < sources_.size(); ++s)
    known = std::min(
      known, known_of(static_cast<source_index>(s), now, sources_[s].hold_us));
  decide_until(known, out);
  known_ = std::max(known_, known);
  announce(now, out);
  announcer_.forget_before(known - history_us);
}

void harmonizer::finish(std::vector<fused_event>& out) {
  settle_handed();
  out.insert(out.end(), late_.begin(), late_.end());
  late_.clear();
  decide_until(INT64_MAX, out);
}

} // namespace ringside::fusion
