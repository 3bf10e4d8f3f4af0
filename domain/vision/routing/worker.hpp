#pragma once

#include "domain/base/enum_text.hpp"
#include "domain/vision/intake/source_fact.hpp"
#include "domain/vision/routing/settings.hpp"

#include <array>
#include <bitset>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace ringside::routing {

enum class worker_state : std::uint8_t {
  /// New, or back: gets one batch at a time until it showed that it works.
  starting,
  ready,
  /// Too many errors: gets copies until it does some of them right.
  quarantined,
  /// Says nothing any more.
  dead,
};

/// What a worker says of itself with every question.
struct worker_word {
  std::string id;
  intake::source_mode mode = intake::source_mode::local;
  /// It finishes what it has and gets nothing new.
  bool draining = false;
  /// How busy it is by its own account; negative: it does not say.
  std::int64_t load_ppm = -1;
  /// Differs whenever its program was started anew; 0: it does not say.
  std::uint64_t run = 0;
};

struct worker_counters {
  std::uint64_t done = 0;
  std::uint64_t errors = 0;
  std::uint64_t deaths = 0;
  std::uint64_t quarantines = 0;
  std::uint64_t trials = 0;
};

/// One worker as the router measures it. How well it does is judged here; what
/// it holds is the router's to say.
class worker {
public:
  explicit worker(const settings& s) : settings_(&s) {
    // nop
  }

  // -- signs of life ----------------------------------------------------------

  void heard(const worker_word& word, mono_us now);

  /// True: this comes from another run of its program than what was heard
  /// before, so that one is over.
  bool starts_anew(const worker_word& word) const noexcept {
    return word.run != 0 && word_.run != 0 && word.run != word_.run;
  }

  /// It is to get no new work, or to get it again. No life sign.
  void drain(bool on) noexcept {
    word_.draining = on;
  }

  bool silent(mono_us now) const noexcept {
    return elapsed(heard_, now) > settings_->silent_max;
  }

  /// It is dead until it is heard again.
  void die() noexcept;

  // -- how it does ------------------------------------------------------------

  /// @param first_handed When the oldest of the `n` batches was given to it.
  void measure(std::int64_t n, mono_us first_handed, mono_us now);

  /// A batch went well or failed. True: it is in quarantine from now on.
  bool note(bool well, mono_us now);

  /// The same for a trial; one that goes wrong makes the next one wait longer.
  void note_trial(bool well, mono_us now);

  bool trial_due(mono_us now) const noexcept {
    return state_ == worker_state::quarantined && trial == 0
           && elapsed(wait_from_, now) >= wait_;
  }

  // -- observers --------------------------------------------------------------

  worker_state state() const noexcept {
    return state_;
  }
  const worker_word& word() const noexcept {
    return word_;
  }
  mono_us last_heard() const noexcept {
    return heard_;
  }
  const worker_counters& counters() const noexcept {
    return counters_;
  }
  /// Time for one batch, smoothed; nothing measured: 0.
  std::int64_t service_us() const noexcept {
    return service_us_;
  }

  // -- what it holds, kept by the router --------------------------------------

  std::set<std::uint64_t> held;
  /// The trial it holds; 0: none.
  std::uint64_t trial = 0;
  mono_us trial_handed;

private:
  void imprison(mono_us now);
  void begin() noexcept;

  const settings* settings_;
  worker_state state_ = worker_state::starting;
  worker_word word_;
  mono_us heard_;
  std::int64_t service_us_ = 0;
  mono_us last_done_;
  int proofs_ = 0;
  /// The last 16 batches; set: failed.
  std::bitset<16> errors_;
  mono_us wait_from_;
  span_us wait_;
  int calm_ = 0;
  worker_counters counters_;
};

} // namespace ringside::routing

template <>
struct ringside::enum_names<ringside::routing::worker_state> {
  static constexpr std::array<std::string_view, 4> value{"starting", "ready",
                                                         "quarantined", "dead"};
};
