#include "domain/scoring/peer/icvss.hpp"

#include "domain/scoring/peer/admission.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

namespace ringside::scoring::peer {

namespace {

enum class area { striking, grappling, control };

struct icvss_row {
  std::string_view type;
  area where;
  double base;
};

constexpr std::array icvss_table{
  icvss_row{"strike_jab", area::striking, 1},
  icvss_row{"strike_cross", area::striking, 2},
  icvss_row{"strike_hook", area::striking, 2.5},
  icvss_row{"strike_uppercut", area::striking, 2.5},
  icvss_row{"strike_elbow", area::striking, 3},
  icvss_row{"strike_knee", area::striking, 4},
  icvss_row{"kick_head", area::striking, 5},
  icvss_row{"kick_body", area::striking, 3},
  icvss_row{"kick_low", area::striking, 1.5},
  icvss_row{"kick_front", area::striking, 2},
  icvss_row{"rock", area::striking, 20},
  icvss_row{"KD_flash", area::striking, 30},
  icvss_row{"KD_hard", area::striking, 50},
  icvss_row{"KD_nearfinish", area::striking, 80},
  icvss_row{"td_landed", area::grappling, 15},
  icvss_row{"td_stuffed", area::grappling, 5},
  icvss_row{"sub_attempt_light", area::grappling, 10},
  icvss_row{"sub_attempt_deep", area::grappling, 25},
  icvss_row{"sub_attempt_nearfinish", area::grappling, 60},
  icvss_row{"sweep", area::grappling, 8},
  icvss_row{"control_top", area::control, 0.5},
  icvss_row{"control_back", area::control, 0.7},
  icvss_row{"control_cage", area::control, 0.3},
};

struct sums {
  double striking = 0;
  double grappling = 0;
  double control = 0;

  double& operator[](area where) noexcept {
    return where == area::striking    ? striking
           : where == area::grappling ? grappling
                                      : control;
  }

  double weighted() const noexcept {
    return 0.5 * striking + 0.4 * grappling + 0.1 * control;
  }
};

void add_camera(sums& to, const log_event& e) {
  auto row = std::find_if(icvss_table.begin(), icvss_table.end(),
                          [&](const auto& r) { return r.type == e.type; });
  if (row != icvss_table.end())
    to[row->where] += row->base * e.severity * e.confidence;
}

void add_judge(sums& to, const log_event& e) {
  auto text = e.type;
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  auto has = [&](std::string_view part) {
    return text.find(part) != std::string::npos;
  };
  // An uppercut is not in their list.
  if (has("jab") || has("cross") || has("hook") || has("kick") || has("knee")
      || has("elbow"))
    to.striking += 2;
  if (has("rock"))
    to.striking += 20;
  else if (has("kd"))
    to.striking += 40;
  if (has("takedown"))
    to.grappling += 15;
  else if (has("submission"))
    to.grappling += 20;
  if (has("control"))
    to.control += 0.5 * e.duration_s.value_or(0);
}

/// The card of a lead: 10-8 hangs on a text that never occurs.
int icvss_loser_points(double lead) noexcept {
  if (lead <= 3)
    return 10;
  return lead < 200 ? 9 : 7;
}

} // namespace

std::vector<log_event> admit_icvss(std::span<const log_event> log) {
  return admit(log, {0.6, 100, true});
}

icvss_report score_icvss(std::span<const log_event> log) {
  per_corner<sums> camera;
  per_corner<sums> judge;
  for (const auto& e : log)
    if (e.source == log_source::camera)
      add_camera(camera[e.corner], e);
    else
      add_judge(judge[e.corner], e);
  icvss_report report;
  per_corner<double> damage;
  for (auto c : both_corners) {
    report.camera[c] = camera[c].weighted();
    report.judge[c] = judge[c].weighted();
    report.total[c] = 0.7 * report.camera[c] + 0.3 * report.judge[c];
    damage[c] = camera[c].striking + judge[c].striking;
  }
  auto ahead = damage.red > damage.blue ? corner::red : corner::blue;
  if (std::abs(damage.red - damage.blue) > 30
      && report.total[ahead] < report.total[opponent(ahead)]) {
    report.total[ahead] += 50;
    report.primacy = ahead;
  }
  auto lead = report.total.red - report.total.blue;
  report.card = {10, 10};
  if (std::abs(lead) > 3) {
    report.winner = lead > 0 ? corner::red : corner::blue;
    report.card[opponent(*report.winner)] = icvss_loser_points(std::abs(lead));
  }
  return report;
}

} // namespace ringside::scoring::peer
