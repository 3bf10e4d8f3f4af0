#include "domain/vision/fusion/ruled_group.hpp"

#include "domain/base/portable_math.hpp"

#include "domain/base/check.hpp"

#include <algorithm>
#include <cmath>

namespace ringside::fusion {

namespace {

constexpr double p_min = 1e-6;

hypothesis bare_group(const block& b, std::span<const std::uint8_t> reports,
                      double p) {
  RINGSIDE_CHECK(!reports.empty() && reports.size() <= hypothesis::members_max);
  hypothesis h;
  p = std::clamp(p, p_min, 1 - p_min);
  h.llr = portable::ln(p / (1 - p));
  h.ruled = true;
  h.first = *std::min_element(reports.begin(), reports.end());
  for (auto i : reports) {
    h.members[h.count++] = i;
    h.used |= 1u << b.seen[i].src;
  }
  return h;
}

} // namespace

hypothesis ruled_group(const block& b, std::span<const std::uint8_t> reports,
                       double p) {
  auto h = bare_group(b, reports, p);
  double votes = 0;
  double red = 0;
  double blue = 0;
  for (auto i : reports) {
    const auto& r = b.seen[i];
    h.t += r.t / static_cast<double>(reports.size());
    h.var = std::max(h.var, r.var);
    if (r.has_corner)
      (r.blue ? blue : red) += 1;
    // Labels of sources with fewer buttons name the kinds they may mean.
    if (!r.has_kind)
      continue;
    votes += 1;
    const auto& s = b.with->sources[r.src];
    for (std::size_t k = 0; k < b.with->kinds; ++k)
      h.kind[k]
        += s.labels == b.with->kinds
             ? (k == r.kind ? 1 : 0)
             : s.likely[r.kind][k] / (s.marginal[r.kind] * s.label_count);
  }
  for (std::size_t k = 0; k < b.with->kinds; ++k)
    h.kind[k]
      = votes > 0 ? h.kind[k] / votes : 1 / static_cast<double>(b.with->kinds);
  if (red + blue > 0) {
    h.red = red / (red + blue);
    h.blue = blue / (red + blue);
  }
  return h;
}

hypothesis voiced_group(const block& b, std::span<const std::uint8_t> reports,
                        const observation& body, double p) {
  const std::uint8_t voice[] = {body.index};
  auto said = ruled_group(b, voice, p);
  auto h = bare_group(b, reports, p);
  h.t = said.t;
  h.var = said.var;
  h.red = said.red;
  h.blue = said.blue;
  h.kind = said.kind;
  return h;
}

std::vector<std::uint8_t> of_corner(const block& b, int side) {
  std::vector<std::uint8_t> found;
  for (const auto& r : b.seen)
    if ((r.has_corner ? (r.blue ? 2 : 1) : 0) == side)
      found.push_back(r.index);
  return found;
}

double own_confidence(const observation& r, double otherwise) {
  return r.from->conf ? r.from->conf->count * 1e-6 : otherwise;
}

} // namespace ringside::fusion
