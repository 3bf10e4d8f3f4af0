#include "domain/scoring/peer/e1.hpp"

#include "domain/scoring/peer/admission.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace ringside::scoring::peer {

namespace {

struct e1_row {
  std::string_view type;
  double damage;
  double control;
  double aggression;
};

/// `td_attempt` has a value of 0.5 in their table that no code reads.
constexpr std::array e1_table{
  e1_row{"kd_flash", 15, 0, 0},
  e1_row{"kd_hard", 25, 0, 0},
  e1_row{"kd_nf", 35, 0, 0},
  e1_row{"rocked", 12, 0, 0},
  e1_row{"strike_highimpact", 5, 0, 0},
  e1_row{"strike_sig", 1, 0, 1},
  e1_row{"td_land", 0, 4, 0},
  e1_row{"sub_attempt", 0, 6, 0},
  e1_row{"momentum_swing", 0, 0, 8},
};

void add(e1_report& to, const log_event& e) {
  auto row = std::find_if(e1_table.begin(), e1_table.end(),
                          [&](const auto& r) { return r.type == e.type; });
  if (row == e1_table.end())
    return;
  to.damage[e.corner] += row->damage * e.severity;
  to.control[e.corner] += row->control * e.severity;
  to.aggression[e.corner] += row->aggression * e.severity;
}

/// @param start_ms Running control; zero stands for none, as with them.
void add_control(e1_report& to, std::int64_t& start_ms, const log_event& e) {
  if (e.type == "control_start") {
    start_ms = e.at_ms;
  } else if (e.type == "control_end" && start_ms != 0) {
    to.control[e.corner]
      += 0.3 * (static_cast<double>(e.at_ms - start_ms) / 1'000);
    start_ms = 0;
  }
}

int e1_loser_points(double lead) noexcept {
  if (lead < 3)
    return 10;
  if (lead < 15)
    return 9;
  return lead < 30 ? 8 : 7;
}

void apply_primacy(e1_report& to) {
  auto sum = to.damage.red + to.damage.blue;
  if (to.damage.red <= 0 && to.damage.blue <= 0)
    return;
  auto most = to.damage.red > to.damage.blue ? corner::red : corner::blue;
  if (to.damage[most] / sum < 0.80)
    return;
  to.primacy = most;
  to.total[most] = std::max(to.total[most], to.total[opponent(most)] + 20);
}

double confidence_of(std::span<const log_event> log, double lead) {
  if (log.empty())
    return 0.5;
  auto n = static_cast<double>(log.size());
  double sum = 0;
  for (const auto& e : log)
    sum += e.confidence;
  return 0.3 * std::min(n / 20, 1.0) + 0.5 * (sum / n)
         + 0.2 * std::min(lead / 30, 1.0);
}

} // namespace

std::vector<log_event> admit_e1(std::span<const log_event> log) {
  return admit(log, {0.5, 100, false});
}

e1_report score_e1(std::span<const log_event> log) {
  e1_report report;
  per_corner<std::int64_t> start_ms;
  for (const auto& e : log) {
    add(report, e);
    add_control(report, start_ms[e.corner], e);
  }
  for (auto c : both_corners)
    report.total[c] = 0.50 * report.damage[c] + 0.25 * report.control[c]
                      + 0.15 * report.aggression[c];
  apply_primacy(report);
  auto lead = report.total.red - report.total.blue;
  report.card = {10, 10};
  if (std::abs(lead) >= 3) {
    report.winner = lead > 0 ? corner::red : corner::blue;
    report.card[opponent(*report.winner)] = e1_loser_points(std::abs(lead));
  }
  report.confidence = confidence_of(log, std::abs(lead));
  return report;
}

} // namespace ringside::scoring::peer
