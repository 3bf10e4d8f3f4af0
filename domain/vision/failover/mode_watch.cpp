#include "domain/vision/failover/mode_watch.hpp"

namespace ringside::failover {

namespace {

/// On above `high`, off below `low`, between them and unknown as it was.
template <class T>
void lean(bool& on, const std::optional<T>& value, T low, T high) {
  if (value && *value > high)
    on = true;
  else if (value && *value < low)
    on = false;
}

std::string percent(const std::optional<ppm>& x) {
  return std::to_string(x.value_or(ppm{}).count / 10'000) + " %";
}

} // namespace

void mode_watch::look(const mode_sample& s, bool active, mono_us now,
                      const failover_settings& by) {
  sample_ = s;
  loss_.add(s.missing, s.batches + s.missing, now, by.loss_window);
  loss_now_ = loss_.share(by.loss_batches);
  lean(lossy_, loss_now_, by.lossless, by.lossy);
  lean(slow_, s.latency_us, by.quick_us, by.slow_us);
  judge_doubt(active, now, by);
  auto next = judge(now, by);
  if (next == state_)
    return;
  auto was_usable = usable(state_);
  auto was_poor = was_usable && state_ != mode_state::good;
  state_ = next;
  since_ = now;
  if (!was_usable)
    usable_since_ = now;
  if (!was_poor)
    poor_since_ = now;
}

void mode_watch::judge_doubt(bool active, mono_us now,
                             const failover_settings& by) {
  if (!active) {
    // Nothing of it is fused, so nothing is known.
    doubt_.clear();
    doubt_now_.reset();
    if (doubted_at_ && elapsed(*doubted_at_, now) >= by.doubt_for)
      doubted_at_.reset();
    return;
  }
  doubt_.add(sample_.doubted, sample_.judged, now, by.doubt_window);
  doubt_now_ = doubt_.share(by.doubt_reports);
  auto on = doubted_at_.has_value();
  lean(on, doubt_now_, by.believed, by.doubted);
  if (on)
    doubted_at_ = now;
  else
    doubted_at_.reset();
}

mode_state mode_watch::judge(mono_us now, const failover_settings& by) const {
  if (sample_.sources == 0 || !sample_.heard)
    return mode_state::unheard;
  if (elapsed(*sample_.heard, now) > by.silent)
    return mode_state::silent;
  if (doubted_at_)
    return mode_state::doubted;
  if (slow_)
    return mode_state::slow;
  return lossy_ ? mode_state::lossy : mode_state::good;
}

std::string mode_watch::why(mono_us now) const {
  switch (state_) {
  case mode_state::unheard:
    return "was not heard";
  case mode_state::silent:
    return "is silent for "
           + std::to_string(elapsed(*sample_.heard, now).count / 1'000) + " ms";
  case mode_state::doubted:
    return "is not believed: the fusion made little of " + percent(doubt_now_)
           + " of its reports";
  case mode_state::slow:
    return "is slow: " + std::to_string(sample_.latency_us.value_or(0) / 1'000)
           + " ms";
  case mode_state::lossy:
    return "loses " + percent(loss_now_) + " of its batches";
  case mode_state::good:
    return "is good for "
           + std::to_string(elapsed(since_, now).count / 1'000'000) + " s";
  }
  return {};
}

} // namespace ringside::failover
