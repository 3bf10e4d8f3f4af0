#include "tests/sim/run_log.hpp"

#include <cstdio>

namespace ringside::sim {

void run_log::note(const std::string& line) {
  std::string stamp;
  if (clock_ != nullptr) {
    auto us = std::chrono::duration_cast<std::chrono::microseconds>(
                clock_->now().time_since_epoch())
                .count();
    stamp = std::to_string(us / 1'000) + "." + std::to_string(us % 1'000 / 100)
            + " ms  ";
  }
  lines_.push_back(stamp + line);
  if (verbose_)
    std::printf("%s\n", lines_.back().c_str());
  if (lines_.size() > kept_max)
    lines_.pop_front();
}

void run_log::fail(const std::string& what) {
  if (broken_.empty())
    broken_ = what;
  note("BROKEN: " + what);
}

} // namespace ringside::sim
