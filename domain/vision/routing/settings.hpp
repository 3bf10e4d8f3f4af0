#pragma once

#include "domain/base/time.hpp"

#include <cstddef>
#include <cstdint>

/// Which vision worker looks at the pictures of which camera.
namespace ringside::routing {

/// Every number of the routing in one place.
struct settings {
  /// A worker that says nothing for so long is dead.
  span_us silent_max = seconds(3);
  /// A batch that a worker holds for longer is taken away from it.
  span_us work_max = seconds(5);
  /// A batch that waits for longer since it arrived is given up.
  span_us age_max = seconds(20);
  /// Failed attempts after which a batch is given up.
  int tries_max = 3;
  /// Batches of one camera at its worker at once.
  std::size_t camera_jobs_max = 8;
  /// Batches at one worker at once, and in one answer to it.
  std::size_t worker_jobs_max = 16;
  std::size_t answer_jobs_max = 8;
  /// Batches that a new worker has to get right, one at a time, before it is
  /// trusted like the others.
  int proof_needed = 5;
  /// So many errors among the last 16 batches put a worker into quarantine.
  int errors_max = 4;
  /// How long before its first trial; twice as long after each failed one, up
  /// to eight times.
  span_us quarantine_wait = seconds(10);
  /// Trials in a row that end a quarantine.
  int trials_needed = 5;
  /// What a batch takes as long as nothing was measured.
  std::int64_t service_guess_us = 100'000;
  /// A stream that was moved stays for so long.
  span_us dwell = seconds(5);
  /// No stream moves for a smaller difference of load.
  std::int64_t margin_ppm = 10'000;
  /// Names of batches that were given up, the latest.
  std::size_t dead_letters_kept = 32;
};

} // namespace ringside::routing
