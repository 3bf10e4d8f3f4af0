#include "domain/vision/analytics/position.hpp"

#include <algorithm>
#include <cstdlib>

namespace ringside::analytics {

stance stance_of(const position& p, corner c) noexcept {
  if (p.phase == phase_kind::standing)
    return stance::standing;
  if (p.phase == phase_kind::clinch)
    return stance::clinch;
  if (p.hold == hold_kind::top)
    return p.holder == c ? stance::top : stance::bottom;
  return p.holder == c ? stance::back : stance::back_taken;
}

void position_reader::take(const frame& f, std::int64_t dt_us,
                           const settings& by) {
  std::int64_t clinch = 0;
  bool seen = false;
  for (auto c : both_corners) {
    const auto& v = f.fighters[c];
    if (!v)
      continue;
    seen = true;
    control_[c].take(v->score_ppm[index(action::ground_control)], dt_us,
                     by.state_tau_us);
    // Who says nothing of the hold leaves it as it is, top at first.
    if (v->hold)
      back_[c].take(*v->hold == hold_kind::back ? 1'000'000 : 0, dt_us,
                    by.state_tau_us);
    clinch
      = std::max<std::int64_t>(clinch, v->score_ppm[index(action::clinch)]);
  }
  if (!seen)
    return;
  clinch_.take(clinch, dt_us, by.state_tau_us);
  decide(by);
}

void position_reader::reset() {
  *this = {};
}

void position_reader::decide(const settings& by) {
  auto held = current_.phase == phase_kind::hold;
  // Who holds keeps holding unless the other's control is clearly stronger.
  auto lead = control_[corner::red].value() - control_[corner::blue].value();
  auto swap = by.state_on_ppm - by.state_off_ppm;
  auto strongest = lead >= 0 ? corner::red : corner::blue;
  auto holder = held && std::abs(lead) < swap ? current_.holder : strongest;
  auto from
    = held && holder == current_.holder ? by.state_off_ppm : by.state_on_ppm;
  // Two who control each other alike: nobody does.
  if (control_[holder].value() >= from && (held || lead != 0)) {
    auto was_back
      = held && holder == current_.holder && current_.hold == hold_kind::back;
    auto back = back_[holder].value()
                >= (was_back ? by.state_off_ppm : by.state_on_ppm);
    current_
      = {phase_kind::hold, holder, back ? hold_kind::back : hold_kind::top};
    return;
  }
  auto clinched = current_.phase == phase_kind::clinch;
  auto close
    = clinch_.value() >= (clinched ? by.state_off_ppm : by.state_on_ppm);
  current_ = {close ? phase_kind::clinch : phase_kind::standing};
}

} // namespace ringside::analytics
