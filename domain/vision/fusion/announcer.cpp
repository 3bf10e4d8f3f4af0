#include "domain/vision/fusion/announcer.hpp"

#include <algorithm>
#include <cmath>

namespace ringside::fusion {

namespace {

// Smaller moves of the probability are no news.
constexpr std::int32_t news_ppm = 20'000;

std::int32_t to_ppm(double p) {
  return static_cast<std::int32_t>(std::lround(p * 1e6));
}

std::int32_t to_milli(double llr) {
  return static_cast<std::int32_t>(std::lround(llr * 1e3));
}

bool holds(const block& b, const hypothesis& h, const report_key& key) {
  return std::any_of(
    h.reports().begin(), h.reports().end(),
    [&](std::uint8_t i) { return b.seen[i].from->key() == key; });
}

bool is_news(const fused_event& said, const fused_event& now) {
  return said.state == event_state::withdrawn || said.corner != now.corner
         || said.kind != now.kind || said.standing != now.standing
         || said.sources.size() != now.sources.size()
         || std::abs(said.p.count - now.p.count) > news_ppm;
}

/// The part of the body most sources name; the first of equals.
bout::strike_target voted_target(const block& b, const hypothesis& h) {
  std::array<int, 4> votes{};
  for (auto i : h.reports())
    if (auto target = b.seen[i].from->target;
        target != bout::strike_target::unknown)
      ++votes[static_cast<std::size_t>(target)];
  auto best = std::max_element(votes.begin(), votes.end());
  return static_cast<bout::strike_target>(best - votes.begin());
}

ppm mean_severity(const block& b, const hypothesis& h) {
  std::int64_t sum = 0;
  std::int64_t count = 0;
  for (auto i : h.reports())
    if (const auto& severity = b.seen[i].from->severity) {
      sum += severity->count;
      ++count;
    }
  return {count > 0 ? static_cast<std::int32_t>(sum / count) : -1};
}

void list_sources(const block& b, const hypothesis& h, fused_event& e) {
  e.sources.reserve(h.count);
  for (std::size_t m = 0; m < h.count; ++m) {
    const auto& r = b.seen[h.members[m]];
    auto dt = static_cast<std::int32_t>(std::lround((r.t - h.t) * 1e6));
    e.sources.push_back({r.from->key(), dt,
                         to_milli(static_cast<double>(h.gains[m])),
                         r.from->handed_over});
  }
}

} // namespace

announcer::announcer(const fusion_settings& settings) : settings_(settings) {
  // nop
}

standing announcer::standing_of(ppm p) const noexcept {
  if (p >= settings_.sure)
    return standing::sure;
  if (p >= settings_.accept)
    return standing::shown;
  return p >= settings_.review ? standing::review : standing::faint;
}

fused_event announcer::describe(const block& b, const hypothesis& h) const {
  fused_event e;
  e.event_id = b.seen[h.first].from->key();
  e.t = {b.origin.count + std::llround(h.t * 1e6)};
  e.t_err_us = static_cast<std::int32_t>(std::lround(std::sqrt(h.var) * 1e6));
  if (h.red != h.blue)
    e.corner = h.red > h.blue ? corner::red : corner::blue;
  e.corner_p = {to_ppm(std::max(h.red, h.blue))};
  for (std::size_t k = 0; k < b.with->kinds; ++k)
    e.kind_ppm[k] = to_ppm(h.kind[k]);
  e.kind = static_cast<kind_index>(
    std::max_element(h.kind.begin(),
                     h.kind.begin()
                       + static_cast<std::ptrdiff_t>(b.with->kinds))
    - h.kind.begin());
  e.target = voted_target(b, h);
  e.severity = mean_severity(b, h);
  e.p = {to_ppm(h.p())};
  if (!settings_.output.empty() && !h.ruled)
    e.p = {settings_.output.at(e.p.count)};
  e.standing = standing_of(e.p);
  e.silence_milli = to_milli(h.silence);
  list_sources(b, h, e);
  return e;
}

void announcer::withdraw(fused_event& said, std::vector<fused_event>& out) {
  if (said.state == event_state::withdrawn)
    return;
  ++said.rev;
  said.state = event_state::withdrawn;
  out.push_back(said);
}

std::ptrdiff_t announcer::continue_from(const block& b, const hypothesis& h,
                                        std::vector<fused_event>& out) {
  std::ptrdiff_t found = -1;
  for (std::size_t i = 0; i < open_.size(); ++i) {
    if (!holds(b, h, open_[i].event_id))
      continue;
    if (found < 0)
      found = static_cast<std::ptrdiff_t>(i);
    else
      withdraw(open_[i], out);
  }
  return found;
}

void announcer::say(const block& b, const hypothesis& h,
                    std::vector<fused_event>& out) {
  auto at = continue_from(b, h, out);
  auto now = describe(b, h);
  if (at < 0) {
    if (now.p < settings_.accept)
      return;
    open_.push_back(now);
    out.push_back(now);
    return;
  }
  auto& said = open_[static_cast<std::size_t>(at)];
  // Shown once, an event stays until it is clearly nothing.
  auto floor = said.state == event_state::withdrawn ? settings_.accept
                                                    : settings_.review;
  if (now.p < floor) {
    withdraw(said, out);
  } else if (is_news(said, now)) {
    now.event_id = said.event_id;
    now.rev = said.rev + 1;
    said = now;
    out.push_back(now);
  }
}

bool announcer::conclude(const block& b, const hypothesis& h,
                         std::vector<fused_event>& out) {
  auto at = continue_from(b, h, out);
  auto e = describe(b, h);
  e.state = event_state::final;
  // What was never said and is nothing stays unsaid. Whether a final event is
  // one must not depend on what was said before it.
  auto worth = e.p >= settings_.keep;
  auto news = worth;
  if (at >= 0) {
    const auto& said = open_[static_cast<std::size_t>(at)];
    e.event_id = said.event_id;
    e.rev = said.rev + 1;
    news = worth || said.state != event_state::withdrawn;
  }
  if (!worth)
    e.state = event_state::withdrawn;
  // The naming reports of everything this group held are decided now.
  std::erase_if(
    open_, [&](const fused_event& said) { return holds(b, h, said.event_id); });
  if (worth) {
    decided_.push_back(e);
    if (decided_.size() > history_max)
      retire();
  }
  if (news)
    out.push_back(std::move(e));
  return worth;
}

namespace {

bool has_report_of(const fused_event& e, source_index src) {
  return std::any_of(e.sources.begin(), e.sources.end(),
                     [src](const evidence& v) { return v.from.src == src; });
}

/// How far a report is from an event that it may belong to; nothing if it may
/// not.
std::optional<std::int64_t> off_from(const fused_event& e, const report& r,
                                     std::int64_t t,
                                     const source_parameters& source,
                                     std::int32_t gate_milli) {
  auto off = std::abs(e.t.count - t);
  auto var = static_cast<double>(source.sigma_us) * source.sigma_us
             + static_cast<double>(e.t_err_us) * e.t_err_us;
  auto reach = gate_milli * 1e-3 * std::sqrt(var) + r.err_us;
  if (static_cast<double>(off) > reach
      || (r.corner && e.corner && *r.corner != *e.corner)
      || has_report_of(e, r.src))
    return std::nullopt;
  return off;
}

void add_evidence(fused_event& e, const report& r, std::int64_t t) {
  ++e.rev;
  e.sources.push_back(
    {r.key(), static_cast<std::int32_t>(t - e.t.count), 0, true});
}

} // namespace

const fused_event* announcer::add_late(const report& r, std::int64_t t,
                                       const source_parameters& source,
                                       std::int32_t gate_milli) {
  fused_event* best = nullptr;
  std::int64_t best_off = 0;
  for (auto& e : decided_) {
    auto off = off_from(e, r, t, source, gate_milli);
    if (off && (best == nullptr || *off < best_off)) {
      best = &e;
      best_off = *off;
    }
  }
  if (best != nullptr)
    add_evidence(*best, r, t);
  return best;
}

void announcer::find_pairs(std::deque<fused_event>& among,
                           const std::vector<handed>& reports,
                           const source_table& sources,
                           std::vector<pair>& out) const {
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const auto& [t, r] = reports[i];
    for (auto& e : among)
      if (auto off = off_from(e, r, t, sources[r.src], settings_.gate_milli))
        out.push_back({*off, &e, i});
  }
}

void announcer::add_handed(std::vector<handed>& reports,
                           const source_table& sources,
                           std::vector<fused_event>& out) {
  std::vector<pair> pairs;
  find_pairs(past_, reports, sources, pairs);
  find_pairs(decided_, reports, sources, pairs);
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const pair& a, const pair& b) { return a.off < b.off; });
  std::vector<bool> placed(reports.size());
  for (const auto& p : pairs) {
    const auto& [t, r] = reports[p.report];
    if (placed[p.report] || has_report_of(*p.event, r.src))
      continue;
    placed[p.report] = true;
    add_evidence(*p.event, r, t);
    out.push_back(*p.event);
  }
  std::vector<handed> rest;
  for (std::size_t i = 0; i < reports.size(); ++i)
    if (!placed[i] && reports[i].t > forgotten_ + settings_.merge_us
        && !said_before(reports[i]))
      rest.push_back(reports[i]);
  reports = std::move(rest);
}

bool announcer::said_before(const handed& h) const noexcept {
  auto says = [&](const fused_event& e) {
    return std::any_of(
      e.sources.begin(), e.sources.end(), [&](const evidence& v) {
        return v.from.src == h.report.src
               && std::abs(e.t.count + v.dt_us - h.t) < settings_.duplicate_us
               && (!h.report.corner || !e.corner
                   || *h.report.corner == *e.corner);
      });
  };
  return std::any_of(past_.begin(), past_.end(), says)
         || std::any_of(decided_.begin(), decided_.end(), says);
}

void announcer::resume(std::span<const fused_event> decided) {
  for (const auto& e : decided)
    if (e.state == event_state::final)
      decided_.push_back(e);
  while (decided_.size() > history_max)
    retire();
}

void announcer::retire() {
  past_.push_back(std::move(decided_.front()));
  decided_.pop_front();
  if (past_.size() > history_max)
    forget_oldest();
}

void announcer::forget_oldest() {
  forgotten_ = std::max(forgotten_, past_.front().t.count);
  past_.pop_front();
}

void announcer::forget_before(std::int64_t t) {
  while (!decided_.empty() && decided_.front().t.count < t)
    retire();
  auto end = t - (handed_over_us - history_us);
  while (!past_.empty() && past_.front().t.count < end)
    forget_oldest();
}

} // namespace ringside::fusion
