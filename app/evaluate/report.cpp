#include "app/evaluate/evaluate.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include <nlohmann/json.hpp>

namespace ringside::evaluate {

namespace {

using nlohmann::ordered_json;

template <class... Args>
std::string line(const char* format, Args... args) {
  char text[256];
  std::snprintf(text, sizeof text, format, args...);
  return text;
}

std::int64_t in_ppm(double x) {
  return std::llround(x * 1e6);
}

std::string how_text(validation how) {
  switch (how) {
  case validation::event:
    return "five folds by event, each forecast by a fit on the other four";
  case validation::time:
    return "each year from 2015 forecast by a fit on the years before";
  case validation::none:
  case validation::automatic:
    break;
  }
  return "the profile as it is";
}

std::string row(const std::string& name, const measured& m, bool chances) {
  auto out = line("%-46s %.3f [%.3f, %.3f]", name.c_str(), m.accuracy.value,
                  m.accuracy.low, m.accuracy.high);
  out += chances ? line("  %.3f  %.3f  %.4f", m.log_loss.value, m.brier.value,
                        m.ece.value)
                 : "      -      -       -";
  return out + line("   %.3f   %.3f\n", m.wide_f1.value, m.bout_winner.value);
}

std::string main_text(const measured& m) {
  std::string out;
  auto add = [&](const char* name, const figure& f) {
    out += line("  %-34s %.4f  [%.4f, %.4f]\n", name, f.value, f.low, f.high);
  };
  add("round winner, accuracy", m.accuracy);
  add("log loss", m.log_loss);
  add("Brier score", m.brier);
  add("ECE, ten bins of equal mass", m.ece);
  add("10-8 or wider, precision", m.wide_precision);
  add("10-8 or wider, recall", m.wide_recall);
  add("10-8 or wider, F1", m.wide_f1);
  add("bout winner", m.bout_winner);
  return out;
}

ordered_json interval(const figure& f) {
  return {in_ppm(f.low), in_ppm(f.high)};
}

void add_figures(ordered_json& o, const measured& m, bool chances) {
  o["rounds"] = m.rounds;
  o["accuracy_ppm"] = in_ppm(m.accuracy.value);
  o["log_loss_ppm"]
    = chances ? ordered_json(in_ppm(m.log_loss.value)) : ordered_json();
  o["brier_ppm"]
    = chances ? ordered_json(in_ppm(m.brier.value)) : ordered_json();
  o["ece_ppm"] = chances ? ordered_json(in_ppm(m.ece.value)) : ordered_json();
  o["wide"] = {{"precision_ppm", in_ppm(m.wide_precision.value)},
               {"recall_ppm", in_ppm(m.wide_recall.value)},
               {"f1_ppm", in_ppm(m.wide_f1.value)},
               {"rounds", m.wide_rounds}};
  o["bouts"] = m.bouts;
  o["bout_winner_ppm"] = in_ppm(m.bout_winner.value);
}

ordered_json intervals_of(const measured& m) {
  ordered_json o;
  o["accuracy_ppm"] = interval(m.accuracy);
  o["log_loss_ppm"] = interval(m.log_loss);
  o["brier_ppm"] = interval(m.brier);
  o["ece_ppm"] = interval(m.ece);
  o["wide_f1_ppm"] = interval(m.wide_f1);
  o["bout_winner_ppm"] = interval(m.bout_winner);
  return o;
}

} // namespace

std::string text_of(const evaluation& e) {
  auto out = "profile " + e.profile + " version " + std::to_string(e.version)
             + " on " + e.file + ": " + std::to_string(e.rows) + " rounds\n";
  out += "validation: " + how_text(e.how) + "\n";
  if (e.figures.rounds == 0)
    return out + "no judges' cards to compare with: forecasts only\n";
  out += line("against the judges' majority, %zu rounds (%zu wide), %zu bouts; "
              "95 %% intervals over events\n\n",
              e.figures.rounds, e.figures.wide_rounds, e.figures.bouts);
  out += main_text(e.figures);
  out += "\nengine                                         accuracy        "
         "       log l. Brier  ECE     10-8 F1 bout\n";
  out += row("this profile", e.figures, true);
  for (const auto& b : e.baselines)
    out += row(b.id, b.figures, b.has_chances);
  out += "\nyear     rounds  accuracy  log loss  Brier   ECE     10-8 F1\n";
  for (const auto& [year, m] : e.years)
    out += line("%-8d %6zu  %.3f     %.3f     %.3f   %.3f   %.3f\n", year,
                m.rounds, m.accuracy.value, m.log_loss.value, m.brier.value,
                m.ece.value, m.wide_f1.value);
  if (!e.degraded.empty())
    out += "\nlive feed                                      accuracy        "
           "       log l. Brier  ECE     10-8 F1 bout\n";
  for (const auto& d : e.degraded)
    out += row(d.what.name, d.figures, true);
  return out;
}

std::string json_of(const evaluation& e) {
  ordered_json o;
  o["profile"] = e.profile;
  o["version"] = e.version;
  o["validation"]
    = enum_names<validation>::value[static_cast<std::size_t>(e.how)];
  o["rows"] = e.rows;
  add_figures(o, e.figures, true);
  o["intervals"] = intervals_of(e.figures);
  o["baselines"] = ordered_json::array();
  for (const auto& b : e.baselines) {
    ordered_json one;
    one["id"] = b.id;
    add_figures(one, b.figures, b.has_chances);
    o["baselines"].push_back(std::move(one));
  }
  o["years"] = ordered_json::array();
  for (const auto& [year, m] : e.years) {
    ordered_json one;
    one["year"] = year;
    add_figures(one, m, true);
    o["years"].push_back(std::move(one));
  }
  o["degraded"] = ordered_json::array();
  for (const auto& d : e.degraded) {
    ordered_json one;
    one["feed"] = d.what.name;
    add_figures(one, d.figures, true);
    o["degraded"].push_back(std::move(one));
  }
  o["reliability"] = ordered_json::array();
  for (const auto& b : e.figures.curve)
    o["reliability"].push_back({{"rounds", b.count},
                                {"forecast_ppm", in_ppm(b.mean_forecast)},
                                {"happened_ppm", in_ppm(b.share_happened)}});
  return o.dump();
}

std::string predictions_csv(const evaluation& e) {
  std::string out{"bout_id,round,p_a_ppm,p_wide_ppm,score_a,score_b\n"};
  constexpr std::int32_t point = whole_points(1).count;
  for (std::size_t i = 0; i < e.rounds.size(); ++i) {
    if (!e.said.rounds[i])
      continue;
    const auto& f = *e.said.rounds[i];
    out += e.rounds[i].bout + "," + std::to_string(e.rounds[i].round) + ","
           + std::to_string(f.a_wins.count) + "," + std::to_string(f.wide.count)
           + "," + std::to_string(f.card.red.count / point) + ","
           + std::to_string(f.card.blue.count / point) + "\n";
  }
  return out;
}

} // namespace ringside::evaluate
