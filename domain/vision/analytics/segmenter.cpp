#include "domain/vision/analytics/segmenter.hpp"

#include <algorithm>

namespace ringside::analytics {

std::optional<segment> segmenter::take(const look& l, family f,
                                       const settings& by) {
  const auto& set = by.of(f);
  level_.take(family_score(*l.view, f), l.dt_us, set.tau_us);
  auto now = level_.value();
  if (phase_ == phase::spent || phase_ == phase::idle) {
    if (now <= set.off_ppm)
      phase_ = phase::idle;
    if (phase_ == phase::spent || now <= set.off_ppm)
      return std::nullopt;
    phase_ = phase::rising;
    peak_ = low_ = 0;
  }
  if (now <= set.off_ppm)
    return close(phase::idle, by);
  tail_.add(l, f, set.off_ppm);
  if (now >= set.on_ppm)
    phase_ = phase::on;
  if (now >= peak_) {
    peak_ = low_ = now;
    keep();
  } else if (now < low_) {
    low_ = now;
    keep();
  } else if (phase_ == phase::on && peak_ - low_ >= set.valley_ppm
             && now - low_ >= set.valley_ppm && now >= set.on_ppm) {
    auto whole = part(by);
    peak_ = low_ = now;
    keep();
    return whole;
  }
  if (elapsed(main_.start, l.at).count >= set.length_max_us)
    return close(phase::spent, by);
  return std::nullopt;
}

std::optional<segment> segmenter::flush(const settings& by) {
  level_.set(0);
  return close(phase::idle, by);
}

/// Everything so far belongs to the present action.
void segmenter::keep() {
  main_.join(tail_);
  main_.peak_ppm = static_cast<std::int32_t>(peak_);
  tail_ = {};
}

std::optional<segment> segmenter::close(phase next, const settings& by) {
  auto was_on = phase_ == phase::on;
  main_.join(tail_);
  tail_ = {};
  phase_ = next;
  auto whole = main_;
  main_ = {};
  return was_on ? emit(whole, by) : std::nullopt;
}

/// Two actions, unless they are too close to be two.
std::optional<segment> segmenter::part(const settings& by) {
  auto apart = elapsed(main_.centre(), tail_.centre()).count;
  if (apart < by.refractory_us[index(tail_.likeliest())])
    return std::nullopt;
  auto whole = main_;
  main_ = {};
  return emit(whole, by);
}

std::optional<segment> segmenter::emit(const segment& s, const settings& by) {
  if (s.frames < by.frames_min && !s.is_borne_out(by))
    return std::nullopt;
  auto at = s.centre();
  if (last_
      && elapsed(*last_, at).count < by.refractory_us[index(s.likeliest())])
    return std::nullopt;
  last_ = at;
  return s;
}

} // namespace ringside::analytics
