#pragma once

#include "actors/runtime/probe.hpp"

#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace ringside {

/// The probes of all names on this node; what the profiler reads. Thread-safe.
class probe_board {
public:
  /// The probe of `name`, made on the first call. The same name keeps its
  /// probe over restarts.
  probe_ptr open(const std::string& name);

  /// Forgets a name; whoever holds its probe may keep writing to it.
  void remove(const std::string& name);

  /// All names in order with their numbers.
  std::vector<std::pair<std::string, probe_snapshot>> snapshots() const;

private:
  mutable std::mutex mutex_;
  std::map<std::string, probe_ptr> probes_;
};

} // namespace ringside
