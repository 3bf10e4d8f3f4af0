#include "domain/vision/acts/interval_union.hpp"

#include <algorithm>

namespace ringside::acts {

void interval_union::add(mono_us start, mono_us end) {
  if (end < start)
    return;
  span fresh{start.count, end.count};
  auto first = std::find_if(spans_.begin(), spans_.end(), [&](const span& s) {
    return s.end + hysteresis_us > fresh.start;
  });
  auto last = std::find_if(first, spans_.end(), [&](const span& s) {
    return s.start >= fresh.end + hysteresis_us;
  });
  for (auto i = first; i != last; ++i) {
    fresh.start = std::min(fresh.start, i->start);
    fresh.end = std::max(fresh.end, i->end);
  }
  spans_.insert(spans_.erase(first, last), fresh);
  if (spans_.size() > spans_max) {
    forgotten_us_ += spans_.front().end - spans_.front().start;
    spans_.pop_front();
  }
}

std::int64_t interval_union::length_us() const noexcept {
  auto all = forgotten_us_;
  for (const auto& s : spans_)
    all += s.end - s.start;
  return all;
}

} // namespace ringside::acts
