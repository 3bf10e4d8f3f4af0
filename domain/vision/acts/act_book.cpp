#include "domain/vision/acts/act_book.hpp"

#include <algorithm>
#include <cstdlib>

namespace ringside::acts {

namespace {

using analytics::action;
using analytics::event_report;

/// A clinch is nobody's control.
bool is_control(const event_report& r) noexcept {
  return r.what == action::ground_control;
}

bool is_prompt(const event_report& r) noexcept {
  return r.what == action::knockdown || r.what == action::takedown;
}

std::int64_t apart(mono_us a, mono_us b) noexcept {
  return std::abs(elapsed(a, b).count);
}

json::value sighting_json(const sighting& s) {
  return json::object{{"source", s.source},
                      {"at_us", s.what.start.count},
                      {"conf_ppm", std::int64_t{s.what.conf.count}},
                      {"landed", s.what.landed},
                      {"final", s.what.final}};
}

} // namespace

mono_us prompt::at() const noexcept {
  return std::min_element(seen.begin(), seen.end(),
                          [](const sighting& a, const sighting& b) {
                            return a.what.start < b.what.start;
                          })
    ->what.start;
}

std::optional<analytics::knockdown_tier> prompt::tier() const noexcept {
  std::optional<analytics::knockdown_tier> gravest;
  for (const auto& s : seen)
    if (s.what.tier && (!gravest || *s.what.tier > *gravest))
      gravest = s.what.tier;
  return gravest;
}

void act_book::take(const std::string& source, const event_report& r) {
  reports_ += r.rev == 1 ? 1 : 0;
  if (is_control(r)) {
    control_[r.by].add(r.start, r.end);
    news_ = true;
  } else if (is_prompt(r)) {
    if (!revise(source, r))
      group(source, r);
    news_ = true;
  }
}

bool act_book::revise(const std::string& source, const event_report& r) {
  for (auto& p : prompts_)
    for (auto& s : p.seen)
      if (s.source == source && s.what.seq == r.seq) {
        s.what = r;
        return true;
      }
  return false;
}

void act_book::group(const std::string& source, const event_report& r) {
  auto same = [&](const prompt& p) {
    return p.what() == r.what && p.by() == r.by
           && apart(p.at(), r.start) <= same_us
           && std::none_of(p.seen.begin(), p.seen.end(),
                           [&](const auto& s) { return s.source == source; });
  };
  auto known = std::find_if(prompts_.rbegin(), prompts_.rend(), same);
  if (known != prompts_.rend()) {
    known->seen.push_back({source, r});
    return;
  }
  prompts_.push_back({{{source, r}}});
  if (prompts_.size() > kept_max)
    prompts_.pop_front();
}

void act_book::take(const bout::event& e) {
  if (const auto* fact = std::get_if<bout::fact_logged>(&e.body)) {
    note(e.no, fact->what, e.at);
  } else if (const auto* gone = std::get_if<bout::event_retracted>(&e.body)) {
    forget(gone->no);
  } else if (const auto* other = std::get_if<bout::fact_replaced>(&e.body)) {
    auto old = std::find_if(marks_.begin(), marks_.end(), [&](const mark& m) {
      return m.no == other->replaces;
    });
    auto at = old != marks_.end() ? old->at : e.at;
    forget(other->replaces);
    note(e.no, other->what, at);
  }
}

void act_book::note(bout::event_no no, const bout::fact& what, mono_us at) {
  mark m{no, action::knockdown, corner::red, at};
  if (const auto* down = std::get_if<bout::knockdown>(&what))
    m.by = down->corner;
  else if (const auto* takedown = std::get_if<bout::takedown>(&what))
    m = {no, action::takedown, takedown->corner, at};
  else
    return;
  marks_.push_back(m);
  if (marks_.size() > kept_max)
    marks_.pop_front();
  news_ = true;
}

void act_book::forget(bout::event_no no) {
  if (std::erase_if(marks_, [&](const mark& m) { return m.no == no; }) > 0)
    news_ = true;
}

std::optional<bout::event_no> act_book::logged(const prompt& p) const noexcept {
  const mark* nearest = nullptr;
  for (const auto& m : marks_)
    if (m.what == p.what() && m.by == p.by() && apart(m.at, p.at()) <= logged_us
        && (nearest == nullptr
            || apart(m.at, p.at()) < apart(nearest->at, p.at())))
      nearest = &m;
  return nearest != nullptr ? std::optional{nearest->no} : std::nullopt;
}

json::object act_book::to_json() const {
  json::array all;
  for (const auto& p : prompts_) {
    json::array seen;
    for (const auto& s : p.seen)
      seen.emplace_back(sighting_json(s));
    json::object o{{"what", text_of(p.what())},
                   {"corner", to_string(p.by())},
                   {"at_us", p.at().count},
                   {"seen", std::move(seen)}};
    if (auto tier = p.tier())
      o.emplace("tier", text_of(*tier));
    if (auto no = logged(p))
      o.emplace("logged", static_cast<std::int64_t>(*no));
    all.emplace_back(std::move(o));
  }
  return {{"sightings", static_cast<std::int64_t>(reports_)},
          {"prompts", std::move(all)},
          {"control_ms", json::object{{"red", control_ms(corner::red)},
                                      {"blue", control_ms(corner::blue)}}}};
}

} // namespace ringside::acts
