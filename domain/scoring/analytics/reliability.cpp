#include "domain/scoring/analytics/reliability.hpp"

#include <algorithm>
#include <cmath>

namespace ringside::scoring::analytics {

namespace {

constexpr std::int64_t million = 1'000'000;
constexpr std::size_t year_digits = 4;
constexpr std::int64_t strength_max = 100'000;

ppm ratio(std::int64_t hits, std::int64_t all) noexcept {
  return {all > 0 ? static_cast<std::int32_t>((hits * million + all / 2) / all)
                  : 0};
}

std::optional<corner> engine_winner(const outlook& o) noexcept {
  if (o.lead_milli == 0)
    return std::nullopt;
  return o.lead_milli > 0 ? corner::red : corner::blue;
}

/// What seat `i` did in one round.
judge_record record_of(const judged_round& r, std::size_t i,
                       const std::vector<flag>& flags) {
  judge_record x;
  const auto& own = r.cards[i];
  auto who = winner_of(own);
  std::vector<rules::round_score> rest;
  for (std::size_t j = 0; j < r.cards.size(); ++j)
    if (j != i) {
      rest.push_back(r.cards[j]);
      x.pairs.add(winner_of(r.cards[j]) == who);
    }
  ++x.cards;
  auto others = winner_of(rest.front());
  auto agree
    = std::all_of(rest.begin(), rest.end(), [&](const rules::round_score& c) {
        return winner_of(c) == others;
      });
  if (rest.size() > 1 && agree && others)
    x.panel.add(who == others);
  if (auto says = r.seen ? engine_winner(*r.seen) : std::nullopt) {
    x.engine.add(who == says);
    x.engine_expected_ppm += r.seen->wins[*says].count;
  }
  x.wide.add(margin_of(own) >= whole_points(2));
  x.even.add(!who);
  x.unusual.add(std::any_of(flags.begin(), flags.end(), [i](const flag& f) {
    return f.seat == static_cast<int>(i) + 1;
  }));
  return x;
}

using records = std::map<std::string, judge_reliability, std::less<>>;

void take(reliability_report& out, records& by_name, const judged_round& r,
          const flag_limits& limits) {
  auto flags = flags_of(r.cards, r.seen ? &*r.seen : nullptr, limits);
  for (const auto& f : flags)
    ++out.flags[f.kind];
  ++out.rounds;
  if (r.cards.size() < 2)
    return;
  for (std::size_t i = 0; i < r.cards.size(); ++i) {
    auto x = record_of(r, i, flags);
    out.total += x;
    if (i >= r.judges.size() || r.judges[i].empty())
      continue;
    auto& judge = by_name[r.judges[i]];
    judge.name = r.judges[i];
    judge.all += x;
    judge.by_year[r.date.substr(0, year_digits)] += x;
  }
}

/// The records of a judge from `first_year` on.
judge_record since(const judge_reliability& j, const std::string& first_year) {
  judge_record x;
  for (const auto& [year, record] : j.by_year)
    if (year >= first_year)
      x += record;
  return x;
}

std::string recent_from(const records& all) {
  std::string last;
  for (const auto& [name, j] : all)
    if (!j.by_year.empty())
      last = std::max(last, j.by_year.rbegin()->first);
  // A year is four digits or it is not known.
  auto number = 0;
  for (auto c : last)
    number = c >= '0' && c <= '9' ? number * 10 + (c - '0') : 0;
  return number > recent_years ? std::to_string(number - recent_years + 1)
                               : std::string{};
}

} // namespace

ppm tally::share() const noexcept {
  return ratio(hits, all);
}

judge_record& judge_record::operator+=(const judge_record& more) noexcept {
  constexpr std::array tallies{&judge_record::panel,  &judge_record::pairs,
                               &judge_record::engine, &judge_record::wide,
                               &judge_record::even,   &judge_record::unusual};
  for (auto t : tallies) {
    (this->*t).hits += (more.*t).hits;
    (this->*t).all += (more.*t).all;
  }
  cards += more.cards;
  engine_expected_ppm += more.engine_expected_ppm;
  return *this;
}

ppm shrunk(const tally& t, ppm mean, std::int64_t strength) noexcept {
  // Parts per million of hits, so that the mean can be taken in exactly.
  auto hits = t.hits * million + mean.count * strength;
  auto all = t.all + strength;
  return {all > 0 ? static_cast<std::int32_t>((hits + all / 2) / all) : 0};
}

std::int64_t strength_of(const std::vector<tally>& judges) noexcept {
  double hits = 0;
  double all = 0;
  double squares = 0;
  double count = 0;
  for (const auto& t : judges) {
    hits += static_cast<double>(t.hits);
    all += static_cast<double>(t.all);
    squares += static_cast<double>(t.all) * static_cast<double>(t.all);
    count += t.all > 0 ? 1 : 0;
  }
  if (count < 2 || all <= 0)
    return strength_max;
  auto mean = hits / all;
  auto chance = mean * (1 - mean);
  double between = 0;
  for (const auto& t : judges)
    if (t.all > 0) {
      auto n = static_cast<double>(t.all);
      auto off = static_cast<double>(t.hits) / n - mean;
      between += n * off * off;
    }
  // One-way analysis of variance: what is left over chance is the judges'.
  auto scale = all - squares / all;
  auto variance = scale > 0 ? (between - (count - 1) * chance) / scale : 0;
  if (variance <= 0)
    return strength_max;
  auto strength = chance / variance - 1;
  return std::clamp<std::int64_t>(std::llround(strength), 1, strength_max);
}

reliability_report measure(const std::vector<judged_round>& rounds,
                           const flag_limits& limits) {
  reliability_report out;
  records by_name;
  for (const auto& r : rounds)
    take(out, by_name, r, limits);
  std::vector<tally> panel;
  std::vector<tally> engine;
  for (const auto& [name, j] : by_name) {
    panel.push_back(j.all.panel);
    engine.push_back(j.all.engine);
  }
  out.panel_strength = strength_of(panel);
  out.engine_strength = strength_of(engine);
  auto recent = recent_from(by_name);
  for (auto& [name, j] : by_name) {
    j.panel_shrunk
      = shrunk(j.all.panel, out.total.panel.share(), out.panel_strength);
    j.engine_shrunk
      = shrunk(j.all.engine, out.total.engine.share(), out.engine_strength);
    j.panel_recent = shrunk(since(j, recent).panel, out.total.panel.share(),
                            out.panel_strength);
    out.judges.push_back(std::move(j));
  }
  std::stable_sort(out.judges.begin(), out.judges.end(),
                   [](const judge_reliability& a, const judge_reliability& b) {
                     return a.panel_shrunk > b.panel_shrunk;
                   });
  return out;
}

} // namespace ringside::scoring::analytics
