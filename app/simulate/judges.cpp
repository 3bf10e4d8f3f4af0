#include "app/simulate/judges.hpp"

#include "app/simulate/line.hpp"
#include "app/simulate/real_rounds.hpp"

#include <utility>

namespace ringside::simulate {

namespace {

namespace an = scoring::analytics;

double percent(ppm p) {
  return p.count / 10'000.0;
}

json::value tally_json(const an::tally& t) {
  return json::object{{"hits", t.hits},
                      {"all", t.all},
                      {"share_ppm", std::int64_t{t.share().count}}};
}

json::object record_json(const an::judge_record& r) {
  return json::object{{"cards", r.cards},
                      {"panel", tally_json(r.panel)},
                      {"pairs", tally_json(r.pairs)},
                      {"engine", tally_json(r.engine)},
                      {"engine_expected_ppm", r.engine_expected_ppm},
                      {"wide", tally_json(r.wide)},
                      {"even", tally_json(r.even)},
                      {"unusual", tally_json(r.unusual)}};
}

json::value judge_json(const an::judge_reliability& j) {
  auto out = record_json(j.all);
  out.emplace("judge", j.name);
  out.emplace("panel_shrunk_ppm", std::int64_t{j.panel_shrunk.count});
  out.emplace("engine_shrunk_ppm", std::int64_t{j.engine_shrunk.count});
  out.emplace("panel_recent_ppm", std::int64_t{j.panel_recent.count});
  json::object years;
  for (const auto& [year, record] : j.by_year)
    years.emplace(year, record_json(record));
  out.emplace("by_year", std::move(years));
  return out;
}

std::string judge_line(const an::judge_reliability& j) {
  // The share that the engine expects of these very rounds.
  auto expected = j.all.engine.all > 0
                    ? static_cast<double>(j.all.engine_expected_ppm)
                        / static_cast<double>(j.all.engine.all) / 10'000
                    : 0.0;
  return line("%-24s %6lld %8.1f %8.1f %8.1f %8.1f %8.1f %7.1f %7.1f\n",
              j.name.c_str(), static_cast<long long>(j.all.cards),
              percent(j.all.panel.share()), percent(j.panel_shrunk),
              percent(j.panel_recent), percent(j.all.engine.share()), expected,
              percent(j.all.wide.share()), percent(j.all.unusual.share()));
}

} // namespace

std::vector<an::judged_round>
named_rounds(const std::vector<replay::bout_record>& bouts,
             const scoring::profile& engine) {
  std::vector<an::judged_round> all;
  for (const auto& b : bouts)
    for (const auto& row : b.rounds) {
      auto r = observe(row);
      an::judged_round out;
      out.date = b.date;
      for (std::size_t j = 0; j < row.cards.size(); ++j)
        if (row.cards[j])
          out.judges.push_back(b.judge_names[j]);
      out.cards = r.cards;
      if (r.control_known)
        out.seen
          = scoring::look_at(engine, rules::score_scale{}, tally_of(r), b.date);
      if (!out.cards.empty())
        all.push_back(std::move(out));
    }
  return all;
}

std::string text_of(const an::reliability_report& r, std::int64_t cards_min) {
  auto out = line("%-24s %6s %8s %8s %8s %8s %8s %7s %7s\n", "judge", "cards",
                  "panel %", "shrunk", "recent", "engine %", "expects",
                  "10-8 %", "flags %");
  std::int64_t left_out = 0;
  for (const auto& j : r.judges)
    if (j.all.cards >= cards_min)
      out += judge_line(j);
    else
      ++left_out;
  an::judge_reliability everybody;
  everybody.name = "all judges";
  everybody.all = r.total;
  everybody.panel_shrunk = everybody.panel_recent = r.total.panel.share();
  out += judge_line(everybody);
  out += line(
    "\n%lld rounds; %lld judges with fewer than %lld cards are not "
    "shown. Shrunk: the mean of all\nis worth %lld cards beside a "
    "judge's own (engine: %lld).\nFlags:",
    static_cast<long long>(r.rounds), static_cast<long long>(left_out),
    static_cast<long long>(cards_min), static_cast<long long>(r.panel_strength),
    static_cast<long long>(r.engine_strength));
  for (const auto& [kind, n] : r.flags)
    out += " " + std::string{ringside::text_of(kind)} + " " + std::to_string(n);
  return out + "\n";
}

json::value json_of(const an::reliability_report& r) {
  json::array judges;
  for (const auto& j : r.judges)
    judges.push_back(judge_json(j));
  json::object flags;
  for (const auto& [kind, n] : r.flags)
    flags.emplace(std::string{ringside::text_of(kind)}, n);
  return json::object{{"rounds", r.rounds},
                      {"total", record_json(r.total)},
                      {"panel_strength", r.panel_strength},
                      {"engine_strength", r.engine_strength},
                      {"flags", std::move(flags)},
                      {"judges", std::move(judges)}};
}

} // namespace ringside::simulate
