#include "domain/vision/routing/worker.hpp"

#include <algorithm>

namespace ringside::routing {

void worker::begin() noexcept {
  state_ = worker_state::starting;
  proofs_ = 0;
  errors_.reset();
}

void worker::heard(const worker_word& word, mono_us now) {
  auto run = word.run != 0 ? word.run : word_.run;
  word_ = word;
  word_.run = run;
  heard_ = now;
  if (state_ == worker_state::dead)
    begin();
}

void worker::die() noexcept {
  // Death is no way out of a quarantine.
  if (state_ != worker_state::quarantined)
    state_ = worker_state::dead;
  trial = 0;
  ++counters_.deaths;
}

void worker::measure(std::int64_t n, mono_us first_handed, mono_us now) {
  if (n <= 0)
    return;
  // One after the other or all at once: what counts is how long it was busy.
  auto from = std::max(first_handed, last_done_);
  auto each = std::max<std::int64_t>(1, elapsed(from, now).count / n);
  service_us_
    = service_us_ == 0 ? each : service_us_ + (each - service_us_) / 4;
  service_us_ = std::max<std::int64_t>(service_us_, 1);
  last_done_ = now;
}

bool worker::note(bool well, mono_us now) {
  ++(well ? counters_.done : counters_.errors);
  errors_ <<= 1;
  errors_.set(0, !well);
  if (well) {
    if (state_ == worker_state::starting
        && ++proofs_ >= settings_->proof_needed)
      state_ = worker_state::ready;
    return false;
  }
  proofs_ = 0;
  if (state_ == worker_state::quarantined
      || static_cast<int>(errors_.count()) < settings_->errors_max)
    return false;
  imprison(now);
  return true;
}

void worker::imprison(mono_us now) {
  state_ = worker_state::quarantined;
  ++counters_.quarantines;
  wait_from_ = now;
  wait_ = settings_->quarantine_wait;
  calm_ = 0;
}

void worker::note_trial(bool well, mono_us now) {
  trial = 0;
  ++counters_.trials;
  if (state_ != worker_state::quarantined)
    return;
  wait_from_ = now;
  if (!well) {
    calm_ = 0;
    wait_ = {std::clamp(2 * wait_.count, settings_->quarantine_wait.count,
                        8 * settings_->quarantine_wait.count)};
    return;
  }
  wait_ = {};
  if (++calm_ >= settings_->trials_needed)
    begin();
}

} // namespace ringside::routing
