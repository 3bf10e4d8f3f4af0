#include "domain/vision/fusion/counting.hpp"

#include "domain/base/portable_math.hpp"
#include "domain/vision/fusion/ruled_group.hpp"

#include <algorithm>
#include <cmath>

namespace ringside::fusion {

namespace {

using indices = std::span<const std::uint8_t>;

constexpr double certain = 0.999;
constexpr double nothing = 0.001;
constexpr double cluster_gap_s = 0.08;
constexpr double cluster_shown = 0.9;

void alone(const block& b, std::uint8_t i, double p,
           std::vector<hypothesis>& out) {
  const std::uint8_t one[] = {i};
  out.push_back(ruled_group(b, one, p));
}

/// The chance that a lone report is a strike, from what the source's
/// parameters and its confidence map say.
double alone_p(const block& b, const observation& r) {
  const auto& s = b.with->sources[r.src];
  auto odds = portable::exponential(b.with->log_rate + s.log_detect
                                    - s.log_false + r.confidence);
  return odds / (1 + odds);
}

void add_cluster(const block& b, indices reports,
                 std::vector<hypothesis>& out) {
  double none = 1;
  for (auto i : reports)
    none *= 1 - alone_p(b, b.seen[i]);
  // Shown from 0.9; the probability is kept below the threshold else.
  auto p = 1 - none;
  auto shown = p >= cluster_shown ? p : std::min(p, 0.49);
  for (std::size_t from = 0; from < reports.size();
       from += hypothesis::members_max) {
    auto part = reports.subspan(
      from, std::min(hypothesis::members_max, reports.size() - from));
    out.push_back(ruled_group(b, part, from == 0 ? shown : nothing));
  }
}

} // namespace

block_limits k_of_n::limits() const noexcept {
  // A window must fit into a block; longer windows need longer blocks.
  return {std::max<std::int64_t>(300'000, rule_.window_us), 10'000'000, false};
}

void k_of_n::solve_corner(const block& b, std::vector<std::uint8_t> reports,
                          std::vector<hypothesis>& out) {
  auto counts = [&](std::uint8_t i) {
    return !rule_.humans_only || !b.with->sources[b.seen[i].src].camera;
  };
  std::erase_if(reports, [&](std::uint8_t i) {
    if (counts(i))
      return false;
    alone(b, i, nothing, out);
    return true;
  });
  auto window = static_cast<double>(rule_.window_us) * 1e-6;
  for (std::size_t from = 0; from < reports.size();) {
    auto to = from;
    std::uint32_t voices = 0;
    while (to < reports.size() && to - from < hypothesis::members_max
           && b.seen[reports[to]].t - b.seen[reports[from]].t <= window)
      voices |= 1u << b.seen[reports[to++]].src;
    if (__builtin_popcount(voices) >= rule_.k) {
      out.push_back(
        ruled_group(b, indices{reports}.subspan(from, to - from), certain));
      from = to;
    } else {
      alone(b, reports[from++], nothing, out);
    }
  }
}

void k_of_n::solve(const block& b, std::vector<hypothesis>& out) {
  out.clear();
  for (auto i : of_corner(b, 0))
    alone(b, i, nothing, out);
  solve_corner(b, of_corner(b, 1), out);
  solve_corner(b, of_corner(b, 2), out);
  std::sort(out.begin(), out.end(), earlier);
}

void gap_clustering::solve(const block& b, std::vector<hypothesis>& out) {
  out.clear();
  for (int side = 0; side < 3; ++side) {
    auto reports = of_corner(b, side);
    for (std::size_t from = 0; from < reports.size();) {
      auto to = from + 1;
      while (to < reports.size()
             && b.seen[reports[to]].t - b.seen[reports[to - 1]].t
                  <= cluster_gap_s)
        ++to;
      add_cluster(b, indices{reports}.subspan(from, to - from), out);
      from = to;
    }
  }
  std::sort(out.begin(), out.end(), earlier);
}

void all_reports::solve(const block& b, std::vector<hypothesis>& out) {
  out.clear();
  for (const auto& r : b.seen)
    alone(b, r.index, certain, out);
}

} // namespace ringside::fusion
