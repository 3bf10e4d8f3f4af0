#include "domain/synthetic/draw.hpp"

#include "domain/base/number.hpp"
#include "domain/base/portable_math.hpp"

#include <cmath>

namespace ringside::synthetic {

using namespace portable;

namespace {

constexpr double root_half = 0.70710678118654752440;
/// From how far above the middle a fighter is known for something, standard
/// deviations.
constexpr double noted = 0.6;

per_stat<double> normals(dice& d) {
  per_stat<double> z{};
  for (auto& x : z)
    x = normal(d);
  return z;
}

per_corner<per_stat<double>> draw_pair(const model::factors& f, dice& d) {
  auto plus = times(f.plus, normals(d));
  auto minus = times(f.minus, normals(d));
  per_corner<per_stat<double>> out;
  for (std::size_t i = 0; i < stat_count; ++i) {
    out.red[i] = root_half * (plus[i] + minus[i]);
    out.blue[i] = root_half * (plus[i] - minus[i]);
  }
  return out;
}

/// The chance that a strike goes to the target of `m`, landed and missed.
struct chances {
  double landed = 0;
  double missed = 0;
};

chances chances_of(const share_margin& m, double habit, dice& d) {
  auto kept = static_cast<double>(m.persistence_ppm) / million;
  auto z = habit + std::sqrt(1 - kept) * normal(d);
  auto shift = m.sd_milli / 1'000.0 * z;
  return {logistic(m.landed_milli / 1'000.0 + shift),
          logistic(m.missed_milli / 1'000.0 + shift)};
}

void aim(std::array<int, 3>& row, int strikes, double leg, double body,
         dice& d) {
  for (auto i = 0; i < strikes; ++i) {
    auto at = leg > 0 && uniform(d) < leg ? target::leg
              : uniform(d) < body         ? target::body
                                          : target::head;
    ++row[static_cast<std::size_t>(at)];
  }
}

void aim_all(corner_line& line, const chances& leg, const chances& body,
             dice& d) {
  // By place: where the counts of landed strikes stand; missed ones follow.
  constexpr std::array<stat, 3> first{stat::distance_landed,
                                      stat::clinch_landed, stat::ground_landed};
  for (std::size_t i = 0; i < first.size(); ++i) {
    auto at = static_cast<std::size_t>(first[i]);
    // Legs are kicked from a distance; elsewhere it is too rare to tell.
    auto far = i == 0;
    aim(line.landed[i], line.counts[at], far ? leg.landed : 0, body.landed, d);
    aim(line.missed[i], line.counts[at + 1], far ? leg.missed : 0, body.missed,
        d);
  }
}

void fit_control(per_corner<corner_line>& round, int length_s) {
  constexpr auto at = static_cast<std::size_t>(stat::control_s);
  auto& red = round.red.counts[at];
  auto& blue = round.blue.counts[at];
  auto both = red + blue;
  if (both <= length_s)
    return;
  red = red * length_s / both;
  blue = blue * length_s / both;
}

double standard(const model& m, const habits& h, stat s) noexcept {
  auto i = static_cast<std::size_t>(s);
  auto variance = m.given().bout.own[i][i] / million;
  return variance > 0 ? h.lean[i] / std::sqrt(variance) : 0;
}

} // namespace

per_corner<habits> draw_habits(const model& m, dice& d) {
  auto lean = draw_pair(m.bout(), d);
  per_corner<habits> who;
  for (auto c : both_corners) {
    who[c].lean = lean[c];
    auto leg = static_cast<double>(m.given().leg.persistence_ppm) / million;
    auto body = static_cast<double>(m.given().body.persistence_ppm) / million;
    who[c].leg = std::sqrt(leg) * normal(d);
    who[c].body = std::sqrt(body) * normal(d);
  }
  return who;
}

style style_of(const model& m, const habits& h) noexcept {
  auto of = [&](stat s) { return standard(m, h, s); };
  const std::array<double, style_count> points{
    noted, of(stat::distance_landed), of(stat::clinch_landed),
    (of(stat::takedowns) + of(stat::control_s)) / 2, of(stat::submissions)};
  std::size_t best = 0;
  for (std::size_t i = 1; i < style_count; ++i)
    if (points[i] > points[best])
      best = i;
  return static_cast<style>(best);
}

per_corner<corner_line> draw_round(const model& m,
                                   const per_corner<habits>& who, int length_s,
                                   dice& d) {
  auto day = draw_pair(m.round(), d);
  per_corner<corner_line> out;
  for (auto c : both_corners) {
    auto& line = out[c];
    for (std::size_t i = 0; i < stat_count; ++i)
      line.counts[i] = m.stairs()[i].at(who[c].lean[i] + day[c][i]);
    auto leg = chances_of(m.given().leg, who[c].leg, d);
    auto body = chances_of(m.given().body, who[c].body, d);
    aim_all(line, leg, body, d);
    line.deduction = d.chance(m.given().deduction_ppm);
  }
  fit_control(out, length_s);
  return out;
}

} // namespace ringside::synthetic
