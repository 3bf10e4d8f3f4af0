#include "domain/vision/fusion/pair_rules.hpp"

#include "domain/vision/fusion/ruled_group.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace ringside::fusion {

namespace {

constexpr double pair_window_s = 0.2;
// The earlier system's value for a report that brings none.
constexpr double default_confidence = 0.7;

std::int32_t severity_of(const observation& r) {
  return r.from->severity ? r.from->severity->count : 0;
}

bool fits(const block& b, const observation& human, const observation& camera) {
  return b.with->sources[camera.src].camera
         && human.has_corner == camera.has_corner && human.blue == camera.blue
         && std::abs(human.t - camera.t) <= pair_window_s;
}

/// The nearest camera report that is still free, the earlier of equals.
std::optional<std::uint8_t> nearest(const block& b, const observation& human,
                                    const std::vector<char>& taken) {
  std::optional<std::uint8_t> best;
  for (const auto& r : b.seen) {
    if (taken[r.index] != 0 || !fits(b, human, r))
      continue;
    if (!best || std::abs(r.t - human.t) < std::abs(b.seen[*best].t - human.t))
      best = r.index;
  }
  return best;
}

} // namespace

std::string_view pair_rules::name() const noexcept {
  return text_of(rule_);
}

hypothesis pair_rules::settle(const block& b, const observation& human,
                              const observation& camera) const {
  const std::uint8_t both[] = {human.index, camera.index};
  auto said = own_confidence(human, default_confidence);
  auto seen = own_confidence(camera, default_confidence);
  auto mean = (said + seen) / 2;
  switch (rule_) {
  case rule::judge_override:
    return voiced_group(b, both, human, said);
  case rule::cv_priority:
    return voiced_group(b, both, camera, seen);
  case rule::weighted_confidence:
    return voiced_group(b, both, said > seen ? human : camera, mean);
  case rule::hybrid:
    return voiced_group(b, both, human, std::min(1.1 * mean, 1.0));
  case rule::severity_priority:
    break;
  }
  auto harder = severity_of(human) > severity_of(camera);
  return voiced_group(b, both, harder ? human : camera, harder ? said : seen);
}

void pair_rules::solve(const block& b, std::vector<hypothesis>& out) {
  out.clear();
  std::vector<char> taken(b.seen.size(), 0);
  for (const auto& r : b.seen) {
    if (b.with->sources[r.src].camera)
      continue;
    taken[r.index] = 1;
    if (auto camera = nearest(b, r, taken)) {
      taken[*camera] = 1;
      out.push_back(settle(b, r, b.seen[*camera]));
    } else {
      taken[r.index] = 0;
    }
  }
  for (const auto& r : b.seen) {
    const std::uint8_t one[] = {r.index};
    if (taken[r.index] == 0)
      out.push_back(
        voiced_group(b, one, r, own_confidence(r, default_confidence)));
  }
  std::sort(out.begin(), out.end(), earlier);
}

} // namespace ringside::fusion
