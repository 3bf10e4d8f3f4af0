#include "actors/runtime/probe_board.hpp"

namespace ringside {

probe_ptr probe_board::open(const std::string& name) {
  std::lock_guard guard{mutex_};
  auto& entry = probes_[name];
  if (!entry)
    entry = std::make_shared<probe>(name);
  return entry;
}

void probe_board::remove(const std::string& name) {
  std::lock_guard guard{mutex_};
  probes_.erase(name);
}

std::vector<std::pair<std::string, probe_snapshot>>
probe_board::snapshots() const {
  std::map<std::string, probe_ptr> copy;
  {
    std::lock_guard guard{mutex_};
    copy = probes_;
  }
  std::vector<std::pair<std::string, probe_snapshot>> result;
  result.reserve(copy.size());
  for (auto& [name, target] : copy)
    result.emplace_back(name, target->snapshot());
  return result;
}

} // namespace ringside
