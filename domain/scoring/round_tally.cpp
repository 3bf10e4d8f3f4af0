#include "domain/scoring/round_tally.hpp"

#include <algorithm>
#include <utility>

namespace ringside::scoring {

namespace {

using namespace bout;

column target_column(strike_target t) noexcept {
  switch (t) {
  case strike_target::head:
    return column::head;
  case strike_target::body:
    return column::body;
  case strike_target::leg:
    return column::leg;
  case strike_target::unknown:
    break;
  }
  return column::unknown_target;
}

column position_column(strike_position p) noexcept {
  switch (p) {
  case strike_position::distance:
    return column::distance;
  case strike_position::clinch:
    return column::clinch;
  case strike_position::ground:
    return column::ground;
  case strike_position::unknown:
    break;
  }
  return column::unknown_position;
}

struct counter {
  round_tally& t;
  std::int32_t sign;

  void count(corner c, column what) const noexcept {
    t.corners[c][what] += sign;
  }

  void operator()(const strike& s) const noexcept {
    if (!s.landed)
      return count(s.corner, s.significant ? column::significant_missed
                                           : column::other_missed);
    if (!s.significant)
      return count(s.corner, column::other_landed);
    count(s.corner, target_column(s.target));
    count(s.corner, position_column(s.position));
    if (s.quality == strike_quality::solid)
      count(s.corner, column::solid);
    if (s.quality == strike_quality::light)
      count(s.corner, column::light);
  }

  void operator()(const knockdown& k) const noexcept {
    count(k.corner, column::knockdowns);
    if (k.tier == "flash")
      count(k.corner, column::knockdowns_flash);
    else if (k.tier == "hard")
      count(k.corner, column::knockdowns_hard);
    else if (k.tier == "near_finish")
      count(k.corner, column::knockdowns_near_finish);
  }

  void operator()(const takedown& x) const noexcept {
    count(x.corner, x.landed ? column::takedowns : column::takedowns_failed);
  }

  void operator()(const submission_attempt& s) const noexcept {
    count(s.corner, column::submissions);
    if (s.depth == submission_depth::light)
      count(s.corner, column::submissions_light);
    else if (s.depth == submission_depth::deep)
      count(s.corner, column::submissions_deep);
    else if (s.depth == submission_depth::near_finish)
      count(s.corner, column::submissions_near_finish);
  }

  void operator()(const reversal& r) const noexcept {
    count(r.corner, column::reversals);
  }

  void operator()(const foul& f) const noexcept {
    count(f.corner, column::fouls);
  }

  void operator()(const control_start&) const noexcept {
    // nop
  }

  void operator()(const control_end&) const noexcept {
    // nop
  }

  void operator()(const deduction&) const noexcept {
    // nop
  }

  void operator()(const press&) const noexcept {
    // nop
  }
};

} // namespace

void add(round_tally& t, const fact& what) noexcept {
  std::visit(counter{t, 1}, what);
}

void remove(round_tally& t, const fact& what) noexcept {
  std::visit(counter{t, -1}, what);
}

void set_control(round_tally& t, corner c, round_ms time) noexcept {
  constexpr std::int64_t day_ms = 86'400'000;
  t.corners[c][column::control_minutes] = static_cast<std::int32_t>(
    std::clamp<std::int64_t>(time.count, 0, day_ms));
}

void set_control(round_tally& t, const control_log& log,
                 round_ms until) noexcept {
  for (auto c : both_corners)
    set_control(t, c, log.total(c, until));
}

std::int32_t significant_landed(const corner_tally& t) noexcept {
  return t[column::head] + t[column::body] + t[column::leg]
         + t[column::unknown_target];
}

std::int32_t total_landed(const corner_tally& t) noexcept {
  return significant_landed(t) + t[column::other_landed];
}

control_log control_of(std::span<const timed_fact> facts) {
  control_log log;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const auto& f = facts[i];
    // Running time stands in for the moment: without stoppages they agree.
    mono_us moment{f.at.count * 1'000};
    auto no = static_cast<event_no>(i + 1);
    if (const auto* s = std::get_if<control_start>(&f.what))
      log.add({no, moment, f.at, true, s->corner, s->kind});
    else if (const auto* e = std::get_if<control_end>(&f.what))
      log.add({no, moment, f.at, false, e->corner, {}});
  }
  return log;
}

round_tally recount(std::span<const timed_fact> facts, round_ms until) {
  round_tally t;
  for (const auto& f : facts)
    add(t, f.what);
  set_control(t, control_of(facts), until);
  return t;
}

round_tally mirrored(const round_tally& t) noexcept {
  return {{t.corners.blue, t.corners.red}};
}

} // namespace ringside::scoring
