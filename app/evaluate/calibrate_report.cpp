#include "app/evaluate/calibrate.hpp"

#include <cmath>
#include <cstdio>

#include <nlohmann/json.hpp>

namespace ringside::evaluate {

namespace {

using nlohmann::json;

template <class... Args>
std::string line(const char* format, Args... args) {
  char text[200];
  std::snprintf(text, sizeof text, format, args...);
  return text;
}

std::string row(const char* name, const figure& before, const figure& after) {
  return line("%-12s %.4f [%.4f, %.4f]   %.4f [%.4f, %.4f]\n", name,
              before.value, before.low, before.high, after.value, after.low,
              after.high);
}

std::int64_t ppm_of(double x) {
  return std::llround(x * 1'000'000);
}

json figure_json(const figure& f) {
  return json::array({ppm_of(f.value), ppm_of(f.low), ppm_of(f.high)});
}

/// Value and interval of each figure.
json measured_json(const measured& m) {
  return {{"rounds", m.rounds},
          {"accuracy_ppm", figure_json(m.accuracy)},
          {"log_loss_ppm", figure_json(m.log_loss)},
          {"brier_ppm", figure_json(m.brier)},
          {"ece_ppm", figure_json(m.ece)}};
}

/// How to put the map in force, or why it cannot be.
std::string in_force_text(const calibrated& c) {
  auto t = c.map.temperature_milli();
  if (!t)
    return "No setting takes this map; it cannot be put in force.\n";
  return "As a setting: PUT /api/v1/calibration with\n  {\"version\": <the "
         "present one>, \"reason\": \"...\",\n   \"values\": "
         "{\"temperature_milli\": "
         + std::to_string(*t) + "}}\n";
}

} // namespace

std::string text_of(const calibrated& c) {
  auto out = c.profile + " " + std::to_string(c.version) + ", "
             + std::string{ringside::text_of(c.kind)} + ", held out by "
             + std::string{ringside::text_of(c.how)} + ", "
             + std::to_string(c.after.rounds) + " rounds of " + c.file
             + "\n95 % intervals over events\n\n"
             + line("%-12s %-25s %s\n", "", "before", "after")
             + row("accuracy", c.before.accuracy, c.after.accuracy)
             + row("log loss", c.before.log_loss, c.after.log_loss)
             + row("Brier score", c.before.brier, c.after.brier)
             + row("ECE", c.before.ece, c.after.ece) + "\nBy all rounds:";
  if (c.kind == calibration::calibration_kind::isotonic)
    out += " " + std::to_string(c.map.what().knots().size()) + " knots";
  else
    for (auto x : c.map.what().numbers())
      // Nothing is ever minus nothing.
      out += line(" %.4f", std::round(x * 1e4) / 1e4 + 0.0);
  for (auto p : {0.6, 0.75, 0.9})
    out += line("; %.2f becomes %.3f", p, c.map(p));
  return out + "\n" + in_force_text(c);
}

std::string json_of(const calibrated& c) {
  json numbers = json::array();
  for (auto x : c.map.what().numbers())
    numbers.push_back(ppm_of(x));
  json knots = json::array();
  for (const auto& k : c.map.what().knots())
    knots.push_back({ppm_of(k[0]), ppm_of(k[1])});
  json out{{"profile", c.profile},
           {"profile_version", c.version},
           {"kind", ringside::text_of(c.kind)},
           {"cv", ringside::text_of(c.how)},
           {"before", measured_json(c.before)},
           {"after", measured_json(c.after)},
           {"numbers_ppm", std::move(numbers)},
           {"knots_ppm", std::move(knots)}};
  if (auto t = c.map.temperature_milli())
    out["values"] = {{"temperature_milli", *t}};
  return out.dump();
}

std::string yaml_of(const calibrated& c) {
  auto out = "# A map for the chance to win, by `ringside calibrate`.\n"
             "profile: "
             + c.profile + "\nprofile_version: " + std::to_string(c.version)
             + "\nkind: " + std::string{ringside::text_of(c.kind)}
             + "\nheld_out_by: " + std::string{ringside::text_of(c.how)}
             + "\nrounds: " + std::to_string(c.after.rounds)
             + "\nlog_loss_ppm: ["
             + std::to_string(ppm_of(c.before.log_loss.value)) + ", "
             + std::to_string(ppm_of(c.after.log_loss.value))
             + "]  # before, after\nece_ppm: ["
             + std::to_string(ppm_of(c.before.ece.value)) + ", "
             + std::to_string(ppm_of(c.after.ece.value)) + "]\n";
  if (auto t = c.map.temperature_milli())
    out += "values:\n  temperature_milli: " + std::to_string(*t) + "\n";
  if (!c.map.what().knots().empty())
    out += "knots_ppm:\n";
  for (const auto& k : c.map.what().knots())
    out += "  - [" + std::to_string(ppm_of(k[0])) + ", "
           + std::to_string(ppm_of(k[1])) + "]\n";
  return out;
}

} // namespace ringside::evaluate
