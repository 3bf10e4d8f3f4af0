#include "domain/scoring/peer/admission.hpp"

#include <algorithm>
#include <cstdlib>

namespace ringside::scoring::peer {

namespace {

constexpr std::ptrdiff_t remembered_max = 50;

bool is_duplicate(const std::vector<log_event>& taken, const log_event& e,
                  const admission& rule) {
  auto from
    = taken.end() - std::min<std::ptrdiff_t>(std::ssize(taken), remembered_max);
  return std::any_of(from, taken.end(), [&](const log_event& old) {
    auto apart = std::abs(old.at_ms - e.at_ms);
    auto near
      = rule.inclusive ? apart <= rule.window_ms : apart < rule.window_ms;
    return near && old.corner == e.corner && old.type == e.type;
  });
}

} // namespace

std::vector<log_event> admit(std::span<const log_event> log,
                             const admission& rule) {
  std::vector<log_event> taken;
  for (const auto& e : log)
    if (e.confidence >= rule.confidence_min && !is_duplicate(taken, e, rule))
      taken.push_back(e);
  return taken;
}

} // namespace ringside::scoring::peer
