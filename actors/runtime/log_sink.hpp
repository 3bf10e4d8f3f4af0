#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace ringside {

/// How loud a line of the log is. An `alarm` wakes somebody up.
enum class severity : std::uint8_t { debug, info, warning, error, alarm };

/// One line of the log.
struct log_event {
  severity level = severity::info;
  /// Directory name of the actor it is about.
  std::string actor;
  std::string text;
};

/// Where the runtime writes; CAF's own logging is compiled out of the
/// packaged library. Called from any worker thread, so it has to be
/// thread-safe, quick, and must not throw. May be empty.
using log_sink = std::function<void(const log_event&)>;

/// Writes one line if there is a sink.
inline void log_to(const log_sink& sink, severity level, std::string actor,
                   std::string text) {
  if (sink)
    sink({level, std::move(actor), std::move(text)});
}

} // namespace ringside
