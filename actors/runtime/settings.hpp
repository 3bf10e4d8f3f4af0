#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include <caf/fwd.hpp>

namespace ringside {

/// Who runs the actors. `sharing` costs less CPU and has the shorter idle
/// latency; `testing` is the deterministic coordinator.
enum class scheduler_kind : std::uint8_t { sharing, stealing, testing };

/// The settings of CAF that this program sets itself. Every value is set even
/// where it equals CAF's default, since the defaults are what hurts.
struct runtime_settings {
  scheduler_kind scheduler = scheduler_kind::sharing;
  /// Worker threads; 0 means one less than the machine has, but at least 2.
  std::size_t max_threads = 0;
  /// Messages one actor may handle before the next one gets the worker.
  std::size_t max_throughput = 30;
  /// Both sides of a node link need the same values; CAF's default is off.
  std::chrono::milliseconds heartbeat_interval{1'000};
  std::chrono::milliseconds connection_timeout{4'000};
  /// Workers that deserialize messages of node links.
  std::size_t middleman_workers = 2;
};

/// Writes the settings into `cfg`. Call it before the actor system is made.
/// Never call `cfg.parse`: it reads files from the working directory.
void apply_settings(caf::actor_system_config& cfg,
                    const runtime_settings& settings);

/// The number of worker threads that `settings` stands for, at least 1.
std::size_t worker_threads(const runtime_settings& settings);

} // namespace ringside
