#include "domain/timing/device_timeline.hpp"

#include <algorithm>

namespace ringside::timing {

namespace {

constexpr std::int64_t green_us = 10'000;
constexpr std::int64_t amber_us = 40'000;
constexpr std::int64_t silent_us = 30'000'000;

} // namespace

clock_status status_of(const bounded_time& now,
                       std::int64_t since_exchange_us) noexcept {
  if (now.err_us > amber_us || since_exchange_us > silent_us)
    return clock_status::red;
  return now.err_us > green_us ? clock_status::amber : clock_status::green;
}

// -- exchanges ----------------------------------------------------------------

exchange_outcome device_timeline::add(const time_exchange& x) {
  auto before = estimate_.mapping();
  auto outcome = estimate_.add(x);
  if (outcome == exchange_outcome::rejected)
    return outcome;
  if (outcome == exchange_outcome::reset) {
    ++resets_;
    device_may_tell_ = true;
    end_run(*before);
  }
  if (!before || outcome == exchange_outcome::reset)
    first_device_us_ = x.c0;
  last_device_us_ = x.c3;
  return outcome;
}

void device_timeline::end_run(const clock_mapping& line) {
  ended_.push_back({generation_, last_device_us_, line});
  if (ended_.size() > runs_max)
    ended_.pop_front();
  mark_.reset();
}

void device_timeline::begin_run() {
  if (auto line = estimate_.mapping())
    end_run(*line);
  estimate_ = clock_estimate{quantum_us_};
}

// -- marks --------------------------------------------------------------------

std::optional<bounded_time> device_timeline::at(std::int64_t device_us,
                                                std::int64_t generation) {
  if (generation_ >= 0 && generation > generation_ && !device_may_tell_)
    begin_run();
  if (generation_ < 0)
    for (auto& r : ended_)
      r.generation = generation;
  if (generation > generation_) {
    generation_ = generation;
    device_may_tell_ = false;
  }
  for (const auto& r : ended_)
    if (r.generation == generation && device_us <= r.last_device_us)
      return r.line.at(device_us);
  if (generation < generation_ || !estimate_.mapping())
    return std::nullopt;
  // Between two runs nobody knows where the clock stood still.
  auto follows_another
    = !ended_.empty() && ended_.back().generation == generation;
  if (follows_another && device_us < first_device_us_)
    return std::nullopt;
  return in_order(device_us, estimate_.mapping()->at(device_us));
}

bounded_time device_timeline::in_order(std::int64_t device_us,
                                       bounded_time t) noexcept {
  if (mark_ && device_us < mark_device_us_)
    return t;
  if (mark_ && t.at.count < mark_->count) {
    t.err_us += mark_->count - t.at.count;
    t.at = *mark_;
  }
  mark_device_us_ = device_us;
  mark_ = t.at;
  return t;
}

} // namespace ringside::timing
