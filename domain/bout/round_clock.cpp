#include "domain/bout/round_clock.hpp"

#include <algorithm>

namespace ringside::bout {

bool round_clock::set(mono_us at, bool run) {
  if (run == running())
    return false;
  if (!marks_.empty()) {
    at = std::max(at, marks_.back().at);
    if (marks_.back().running)
      banked_us_ += elapsed_us(marks_.back().at, at);
  }
  marks_.push_back({at, run});
  return true;
}

void round_clock::undo() noexcept {
  if (marks_.empty())
    return;
  auto gone = marks_.back();
  marks_.pop_back();
  if (!gone.running)
    banked_us_ -= elapsed_us(marks_.back().at, gone.at);
}

round_ms round_clock::elapsed(mono_us at, round_ms length) const noexcept {
  auto total = banked_us_;
  auto found
    = std::upper_bound(marks_.begin(), marks_.end(), at,
                       [](mono_us t, const mark& m) { return t < m.at; });
  if (found == marks_.end()) {
    if (running())
      total += elapsed_us(marks_.back().at, at);
  } else {
    total = run_before(found, at);
  }
  return std::min(round_ms{total / 1'000}, length);
}

std::int64_t
round_clock::run_before(std::vector<mark>::const_iterator first_after,
                        mono_us at) const noexcept {
  std::int64_t total = 0;
  for (auto i = marks_.begin(); i != first_after; ++i) {
    if (!i->running)
      continue;
    auto next = std::next(i);
    total += elapsed_us(i->at, next == first_after ? at : next->at);
  }
  return total;
}

std::optional<mono_us> round_clock::last_mark() const noexcept {
  if (marks_.empty())
    return std::nullopt;
  return marks_.back().at;
}

} // namespace ringside::bout
