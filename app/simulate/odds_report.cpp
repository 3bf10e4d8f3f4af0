#include "app/simulate/odds_report.hpp"

#include "app/simulate/line.hpp"

#include <cmath>
#include <utility>

namespace ringside::simulate {

namespace {

using synthetic::odds;
using synthetic::style;

double share(std::int64_t part, std::int64_t whole) {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole)
                   : 0.0;
}

/// Half width of the 95 % interval of a share, by the normal approximation.
double half_width(std::int64_t part, std::int64_t whole) {
  auto p = share(part, whole);
  return whole > 0 ? 1.96 * std::sqrt(p * (1 - p) / static_cast<double>(whole))
                   : 0.0;
}

std::string share_text(const std::string& title, std::int64_t part,
                       std::int64_t whole) {
  return line("  %-40s %7.2f %% +- %.2f\n", title.c_str(),
              100 * share(part, whole), 100 * half_width(part, whole));
}

std::int64_t ppm_of(std::int64_t part, std::int64_t whole) {
  return std::llround(share(part, whole) * 1'000'000);
}

/// A figure and what it is a share of.
struct ratio_line {
  const char* name;
  const char* title;
  std::int64_t odds::*part;
  std::int64_t odds::*whole;
};

constexpr std::array<ratio_line, 9> judging{{
  {"pair_agreement", "two judges agree on a round", &odds::pairs_agree,
   &odds::card_pairs},
  {"unanimous_rounds", "all judges agree on a round", &odds::unanimous,
   &odds::rounds},
  {"wide_cards", "cards 10-8 or wider", &odds::wide_cards, &odds::cards},
  {"even_cards", "cards 10-10", &odds::even_cards, &odds::cards},
  {"wide_majority", "rounds 10-8 for most judges", &odds::majority_wide,
   &odds::rounds},
  {"engine_agreement", "engine agrees with the majority", &odds::engine_agrees,
   &odds::majorities},
  {"too_close", "rounds the engine calls too close", &odds::too_close,
   &odds::rounds},
  {"judges_disagree", "decisions with judges on both sides",
   &odds::judges_disagree, &odds::decisions},
  {"engine_differs", "decisions the engine gives otherwise",
   &odds::engine_differs, &odds::decisions},
}};

constexpr std::array<ratio_line, 3> profiles{{
  {"round_winner", "another winner of a round", &odds::other_round_winner,
   &odds::rounds_fought},
  {"round_card", "another card of a round", &odds::other_round_card,
   &odds::rounds_fought},
  {"bout_winner", "another winner of a bout", &odds::other_bout_winner,
   &odds::bouts},
}};

std::string styles_text(const odds& o) {
  std::string out{"\nStyles, wins of the first over the second\n"};
  for (std::size_t i = 0; i < synthetic::style_count; ++i)
    for (std::size_t j = 0; j < i; ++j) {
      // Red or blue makes no difference: both ways count together.
      const auto& a = o.styles[i][j];
      const auto& b = o.styles[j][i];
      auto name = std::string{ringside::text_of(static_cast<style>(i))} + " - "
                  + std::string{ringside::text_of(static_cast<style>(j))};
      auto decided = a.red_wins + a.blue_wins + b.red_wins + b.blue_wins;
      if (decided > 0)
        out += share_text(name + " (" + std::to_string(a.bouts + b.bouts) + ")",
                          a.red_wins + b.blue_wins, decided);
    }
  return out;
}

json::value matchups_json(const odds& o) {
  json::array all;
  for (std::size_t i = 0; i < synthetic::style_count; ++i)
    for (std::size_t j = 0; j < synthetic::style_count; ++j) {
      const auto& m = o.styles[i][j];
      all.push_back(
        json::object{{"red", ringside::text_of(static_cast<style>(i))},
                     {"blue", ringside::text_of(static_cast<style>(j))},
                     {"bouts", m.bouts},
                     {"red_wins", m.red_wins},
                     {"blue_wins", m.blue_wins}});
    }
  return all;
}

json::value results_json(const odds& o) {
  json::object all;
  for (const auto& [name, n] : o.results)
    all.emplace(name,
                json::object{{"bouts", n}, {"share_ppm", ppm_of(n, o.bouts)}});
  return all;
}

template <std::size_t N>
json::value ratios_json(const odds& o, const std::array<ratio_line, N>& lines) {
  json::object all;
  for (const auto& l : lines)
    all.emplace(std::string{l.name} + "_ppm", ppm_of(o.*l.part, o.*l.whole));
  return all;
}

} // namespace

run_title title_of(const synthetic::series& s) {
  run_title t;
  t.seed = s.seed;
  t.rounds = s.plan.rounds;
  t.ruleset = s.rules.id;
  t.profile = s.engine.id;
  t.profile_version = s.engine.version;
  t.against = s.other != nullptr ? s.other->id : "";
  t.model = s.generator.given().id;
  t.model_version = s.generator.given().version;
  return t;
}

std::string text_of(const odds& o, const run_title& title) {
  auto out = std::to_string(o.bouts) + " synthetic bouts of "
             + std::to_string(title.rounds) + " rounds, seed "
             + std::to_string(title.seed) + ", " + title.ruleset + ", profile "
             + title.profile + ", model " + title.model + "\n";
  out += "\nResults\n";
  for (const auto& [name, n] : o.results)
    out += share_text(name, n, o.bouts);
  for (const auto& [code, n] : o.refused)
    out += share_text("no result: " + code, n, o.bouts);
  out += share_text("red wins", o.wins.red, o.bouts);
  out += share_text("blue wins", o.wins.blue, o.bouts);
  for (std::size_t i = 0; i < o.finishes_in.size(); ++i)
    out += share_text("ends in round " + std::to_string(i + 1),
                      o.finishes_in[i], o.bouts);
  out += "\nJudges\n";
  for (const auto& l : judging)
    out += share_text(l.title, o.*l.part, o.*l.whole);
  if (!title.against.empty()) {
    out += "\n" + title.profile + " against " + title.against + "\n";
    for (const auto& l : profiles)
      out += share_text(l.title, o.*l.part, o.*l.whole);
  }
  return out + styles_text(o);
}

json::value json_of(const odds& o, const run_title& title) {
  json::object profile{{"id", title.profile},
                       {"version", std::int64_t{title.profile_version}}};
  json::object model{{"id", title.model},
                     {"version", std::int64_t{title.model_version}}};
  json::object out{
    {"kind", "synthetic"},
    {"bouts", o.bouts},
    {"seed", std::to_string(title.seed)},
    {"rounds", std::int64_t{title.rounds}},
    {"ruleset", title.ruleset},
    {"profile", std::move(profile)},
    {"model", std::move(model)},
    {"results", results_json(o)},
    {"wins", json::object{{"red", o.wins.red}, {"blue", o.wins.blue}}},
    {"no_winner", o.no_winner},
    {"rounds_judged", o.rounds},
    {"facts", o.facts},
    {"judges", ratios_json(o, judging)},
    {"matchups", matchups_json(o)}};
  json::array ends;
  for (auto n : o.finishes_in)
    ends.push_back(n);
  out.emplace("finishes_in_round", std::move(ends));
  json::object refused;
  for (const auto& [code, n] : o.refused)
    refused.emplace(code, n);
  out.emplace("refused", std::move(refused));
  if (!title.against.empty()) {
    auto differs = ratios_json(o, profiles);
    differs.as_object()->emplace("profile", title.against);
    out.emplace("other_profile", std::move(differs));
  }
  return out;
}

} // namespace ringside::simulate
