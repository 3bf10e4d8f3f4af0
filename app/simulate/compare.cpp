#include "app/simulate/compare.hpp"

#include "app/simulate/line.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace ringside::simulate {

namespace {

using synthetic::figures;
using synthetic::matrix;
using synthetic::spread;
using synthetic::stat;
using synthetic::stat_count;

/// Pairs that are printed as the worst.
constexpr std::size_t worst_shown = 6;

std::string_view name_of(std::size_t i) {
  return ringside::text_of(static_cast<stat>(i));
}

/// A figure that is one number in each.
struct share_line {
  const char* name;
  const char* title;
  double figures::*value;
};

constexpr std::array<share_line, 8> shares{{
  {"leg_share", "strikes at the legs", &figures::leg_share},
  {"body_share", "strikes at the body", &figures::body_share},
  {"without_strike", "rounds of a fighter without a strike",
   &figures::without_strike},
  {"pair_agreement", "two judges agree", &figures::pair_agreement},
  {"unanimous", "three judges agree", &figures::unanimous},
  {"wide_cards", "cards 10-8 or wider", &figures::wide_cards},
  {"wide_majority", "rounds 10-8 for most judges", &figures::wide_majority},
  {"even_cards", "cards 10-10", &figures::even_cards},
}};

struct table_line {
  const char* name;
  const char* title;
  matrix figures::*value;
};

constexpr std::array<table_line, 4> tables{{
  {"own", "same fighter, same round", &figures::own},
  {"other", "both fighters, same round", &figures::other},
  {"own_later", "same fighter, two rounds", &figures::own_later},
  {"other_later", "both fighters, two rounds", &figures::other_later},
}};

/// One cell of a table of correlations.
struct cell {
  std::size_t row = 0;
  std::size_t column = 0;
  double real = 0;
  double drawn = 0;

  double off() const noexcept {
    return std::abs(real - drawn);
  }
};

/// All cells that say something, the worst first.
std::vector<cell> cells_of(const matrix& real, const matrix& drawn,
                           bool skip_diagonal) {
  std::vector<cell> all;
  for (std::size_t i = 0; i < stat_count; ++i)
    for (std::size_t j = 0; j <= i; ++j)
      if (i != j || !skip_diagonal)
        all.push_back({i, j, real[i][j], drawn[i][j]});
  std::stable_sort(all.begin(), all.end(), [](const cell& a, const cell& b) {
    return a.off() > b.off();
  });
  return all;
}

double mean_off(const std::vector<cell>& cells) {
  double total = 0;
  for (const auto& c : cells)
    total += c.off();
  return cells.empty() ? 0 : total / static_cast<double>(cells.size());
}

std::string table_text(const table_line& t, const comparison& c) {
  auto cells
    = cells_of(c.real.*t.value, c.drawn.*t.value, t.value == &figures::own);
  auto out = line("%-27s mean difference %.3f, worst %.3f\n", t.title,
                  mean_off(cells), cells.front().off());
  for (std::size_t i = 0; i < worst_shown; ++i) {
    const auto& x = cells[i];
    out += line("    %-17s %-17s %6.3f %6.3f\n",
                std::string{name_of(x.row)}.c_str(),
                std::string{name_of(x.column)}.c_str(), x.real, x.drawn);
  }
  return out;
}

std::int64_t milli(double x) {
  return std::llround(x * 1'000);
}

std::int64_t ppm_of(double x) {
  return std::llround(x * 1'000'000);
}

json::value spread_json(const spread& s) {
  return json::object{{"mean_milli", milli(s.mean)},
                      {"sd_milli", milli(s.sd)},
                      {"median", std::int64_t{s.median}},
                      {"q90", std::int64_t{s.q90}},
                      {"q99", std::int64_t{s.q99}}};
}

template <class Make>
json::value twice(Make make, const comparison& c) {
  return json::object{{"real", make(c.real)}, {"synthetic", make(c.drawn)}};
}

} // namespace

std::string text_of(const comparison& c) {
  auto out = line("%-18s %17s %17s %13s %13s %13s\n", "", "mean", "sd",
                  "median", "90 %", "99 %");
  for (std::size_t i = 0; i < stat_count; ++i) {
    const auto& r = c.real.stats[i];
    const auto& d = c.drawn.stats[i];
    out += line("%-18s %8.3f %8.3f %8.3f %8.3f %6d %6d %6d %6d %6d %6d\n",
                std::string{name_of(i)}.c_str(), r.mean, d.mean, r.sd, d.sd,
                r.median, d.median, r.q90, d.q90, r.q99, d.q99);
  }
  out += line("\n%-38s %8s %8s\n", "", "real", "synth.");
  for (const auto& s : shares)
    out += line("%-38s %8.4f %8.4f\n", s.title, c.real.*s.value,
                c.drawn.*s.value);
  out += line("%-38s %8lld %8lld\n", "rounds",
              static_cast<long long>(c.real.rounds),
              static_cast<long long>(c.drawn.rounds));
  out += "\nCorrelations, real and synthetic\n";
  for (const auto& t : tables)
    out += table_text(t, c);
  return out;
}

json::value json_of(const comparison& c) {
  json::object stats;
  for (std::size_t i = 0; i < stat_count; ++i)
    stats.emplace(
      std::string{name_of(i)},
      twice([i](const figures& f) { return spread_json(f.stats[i]); }, c));
  json::object out{{"stats", std::move(stats)}};
  for (const auto& s : shares)
    out.emplace(
      std::string{s.name} + "_ppm",
      twice([&s](const figures& f) { return ppm_of(f.*s.value); }, c));
  json::object correlations;
  for (const auto& t : tables) {
    auto cells
      = cells_of(c.real.*t.value, c.drawn.*t.value, t.value == &figures::own);
    json::array worst;
    for (std::size_t i = 0; i < worst_shown; ++i)
      worst.push_back(json::object{{"a", name_of(cells[i].row)},
                                   {"b", name_of(cells[i].column)},
                                   {"real_ppm", ppm_of(cells[i].real)},
                                   {"synthetic_ppm", ppm_of(cells[i].drawn)}});
    correlations.emplace(
      t.name, json::object{{"mean_difference_ppm", ppm_of(mean_off(cells))},
                           {"worst", std::move(worst)}});
  }
  out.emplace("correlations", std::move(correlations));
  out.emplace("rounds", twice([](const figures& f) { return f.rounds; }, c));
  return out;
}

} // namespace ringside::simulate
