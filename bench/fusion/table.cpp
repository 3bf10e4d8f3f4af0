#include "bench/fusion/table.hpp"

#include "domain/vision/fusion/learning.hpp"
#include "domain/vision/fusion/play.hpp"
#include "domain/vision/fusion/quality.hpp"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <string>

namespace {

using namespace ringside;
using namespace ringside::fusion;

// Fights for fitting maps and learning; never among those that are judged.
constexpr std::uint64_t practice_seed = 1'001;
constexpr int practice_fights = 6;

using knob = std::function<void(fight_settings&)>;

/// A row: how to fuse, with what.
struct method {
  std::string label;
  std::string strategy = "block_bayes";
  fusion_settings settings;
  source_table sources;
  ppm shown_from{500'000};
};

struct figures {
  quality q;
  std::vector<std::int64_t> final_us;
  std::vector<std::int64_t> first_us;
  std::size_t withdrawn = 0;
};

double ms_of(std::vector<std::int64_t> all, double share) {
  if (all.empty())
    return 0;
  auto at
    = static_cast<std::ptrdiff_t>(share * static_cast<double>(all.size() - 1));
  std::nth_element(all.begin(), all.begin() + at, all.end());
  return static_cast<double>(all[static_cast<std::size_t>(at)]) * 1e-3;
}

double ratio(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0
                    : static_cast<double>(part) / static_cast<double>(whole);
}

double under(const std::vector<std::int64_t>& all, std::int64_t limit) {
  return ratio(
    static_cast<std::size_t>(std::count_if(
      all.begin(), all.end(), [&](std::int64_t us) { return us < limit; })),
    all.size());
}

fight_settings fight_of(std::uint64_t seed, const knob& turn) {
  auto f = usual_fight(seed);
  if (turn)
    turn(f);
  return f;
}

std::vector<arrival<fused_event>> fuse(const method& m,
                                       const fight_settings& knobs,
                                       const synthetic_fight& fight) {
  auto table = m.sources.empty() ? starting_table(knobs) : m.sources;
  auto through = harmonizer::make(m.settings, table, make_strategy(m.strategy));
  return play(fight, **through);
}

figures measure(const method& m, int seeds, const knob& turn) {
  figures f;
  for (int seed = 1; seed <= seeds; ++seed) {
    auto knobs = fight_of(static_cast<std::uint64_t>(seed), turn);
    auto fight = make_fight(knobs);
    auto said = fuse(m, knobs, fight);
    f.q.add(judge(last_words(said), fight.strikes, m.shown_from));
    for (const auto& s : said) {
      auto late = s.at.count - s.what.t.count;
      if (s.what.state == event_state::final && s.what.p >= m.shown_from)
        f.final_us.push_back(late);
      if (s.what.state == event_state::provisional && s.what.rev == 1)
        f.first_us.push_back(late);
      if (s.what.state == event_state::withdrawn)
        ++f.withdrawn;
    }
  }
  return f;
}

void print_head(const char* title) {
  std::printf("\n%s\n\n| method | precision | recall | F1 | doubled | label "
              "| ECE | Brier | off p50/p99 ms | first p50 ms, under 200 | "
              "taken back | final p50/p99 ms |\n"
              "|---|---|---|---|---|---|---|---|---|---|---|---|\n",
              title);
}

void print_row(const std::string& label, const figures& f) {
  const auto& q = f.q;
  std::printf("| %s | %.3f | %.3f | %.4f | %.2f %% | %.3f | %.4f | %.4f "
              "| %.1f / %.0f | %.0f, %.1f %% | %.1f %% | %.0f / %.0f |\n",
              label.c_str(), q.precision(), q.recall(), q.f1(),
              100 * q.double_rate(), q.label_accuracy(), q.ece(), q.brier(),
              q.off_ms(0.5), q.off_ms(0.99), ms_of(f.first_us, 0.5),
              100 * under(f.first_us, 200'000),
              100 * ratio(f.withdrawn, f.first_us.size()),
              ms_of(f.final_us, 0.5), ms_of(f.final_us, 0.99));
  std::fflush(stdout);
}

void row(const method& m, int seeds, const knob& turn = {}) {
  print_row(m.label, measure(m, seeds, turn));
}

/// The output map from practice fights of which the truth is known.
step_map fit_output(const method& m, const knob& turn = {}) {
  std::vector<labelled> judged;
  for (int i = 0; i < practice_fights; ++i) {
    auto knobs = fight_of(practice_seed + static_cast<std::uint64_t>(i), turn);
    auto fight = make_fight(knobs);
    auto q
      = judge(last_words(fuse(m, knobs, fight)), fight.strikes, m.shown_from);
    judged.insert(judged.end(), q.judged.begin(), q.judged.end());
  }
  return fit_isotonic(std::move(judged), 100);
}

/// Confidence maps from practice fights: a report is true if a strike of its
/// corner is where it says.
void fit_confidences(source_table& table, const fight_settings& knobs) {
  std::vector<std::vector<labelled>> samples(table.size());
  for (int i = 0; i < practice_fights; ++i) {
    auto f = knobs;
    f.seed = practice_seed + static_cast<std::uint64_t>(i);
    auto fight = make_fight(f);
    std::vector<std::vector<fused_event>> alone(table.size());
    std::vector<std::vector<std::int32_t>> score(table.size());
    for (const auto& r : fight.reports) {
      fused_event e;
      e.t = {r.what.t_est.count - table[r.what.src].bias_us};
      e.corner = r.what.corner;
      alone[r.what.src].push_back(e);
      score[r.what.src].push_back(r.what.conf.value_or(ppm{}).count);
    }
    for (std::size_t s = 0; s < table.size(); ++s) {
      auto matched = match_truth(alone[s], fight.strikes);
      for (std::size_t j = 0; j < matched.size(); ++j)
        samples[s].push_back({score[s][j], matched[j] >= 0});
    }
  }
  for (std::size_t s = 0; s < table.size(); ++s)
    if (table[s].is == source_class::camera)
      table[s].confidence = fit_confidence(samples[s]);
}

source_table learned_table(const fight_settings& knobs,
                           const source_table& start) {
  auto f = knobs;
  f.seed = practice_seed;
  f.duration_s = 2'400;
  auto fight = make_fight(f);
  std::vector<report> reports;
  for (const auto& r : fight.reports)
    reports.push_back(r.what);
  std::vector<heartbeat> beats;
  for (const auto& b : fight.beats)
    beats.push_back(b.what);
  auto table = learn({}, start, {reports, beats});
  return table ? *table : start;
}

source_table wrong_table(const fight_settings& knobs) {
  auto table = starting_table(knobs);
  for (auto& s : table) {
    auto human = s.is == source_class::human;
    s.p_d = {700'000};
    s.false_rate_uhz = 100'000;
    s.sigma_us = human ? 120'000 : 30'000;
    s.confusion = even_confusion(knobs.kinds, 700'000);
  }
  return table;
}

void print_strategies(int seeds) {
  print_head("## Named strategies on the same fights");
  for (auto name : strategy_names())
    row({std::string{name}, std::string{name}, {}, {}}, seeds);
}

void print_bayes(int seeds) {
  print_head("## Block monotone Bayes");
  auto knobs = usual_fight(1);
  method m{"start values, w 0.7", "block_bayes", {}, {}};
  row(m, seeds);
  auto whole = m;
  whole.label = "same, whole blocks";
  whole.settings.settle_us = 0;
  row(whole, seeds);
  auto strict = m;
  strict.label = "start values, w 1.0";
  strict.settings.miss_weight = {1'000'000};
  row(strict, seeds);
  auto wrong = m;
  wrong.label = "wrong values, w 0.7";
  wrong.sources = wrong_table(knobs);
  row(wrong, seeds);
  m.sources = learned_table(knobs, wrong.sources);
  m.label = "learned from the wrong ones, w 0.7";
  row(m, seeds);
  strict.sources = m.sources;
  strict.label = "learned, w 1.0";
  row(strict, seeds);
  fit_confidences(m.sources, knobs);
  m.label = "learned + confidence maps, w 0.7";
  row(m, seeds);
  m.settings.output = fit_output(m);
  m.label = "learned + confidence and output maps, w 0.7";
  row(m, seeds);
  m.label = "same, p >= 0.9";
  m.shown_from = {900'000};
  row(m, seeds);
}

void print_troubles(int seeds) {
  print_head("## Trouble (start values, w 0.7)");
  method m{"", "block_bayes", {}, {}};
  for (auto ms : {20, 40, 80}) {
    auto error = ms * 1e-3;
    for (auto told : {false, true}) {
      m.label = "clocks of 3 sources " + std::to_string(ms) + " ms off"
                + (told ? ", told" : ", not told");
      row(m, seeds, [=](fight_settings& f) {
        for (auto s : {0u, 2u, 5u}) {
          f.sources[s].clock_error_s = s == 2 ? -error : error;
          if (told)
            f.sources[s].clock_bound_s = error;
        }
      });
    }
  }
  m.label = "a camera dead, an operator away";
  row(m, seeds, [](fight_settings& f) {
    for (auto s : {1u, 5u}) {
      f.sources[s].gone_from_s = 100;
      f.sources[s].gone_to_s = 800;
      f.sources[s].dead = s == 1;
    }
  });
}

/// Feints that every camera may fall for, one by one; all of one vendor, so
/// that their evidence counts half beside each other.
void print_feints(int seeds) {
  print_head("## Feints, 20 % of the strikes (cameras of one vendor)");
  std::string surest;
  for (auto seen : {0.25, 0.4, 0.6}) {
    auto turn = [=](fight_settings& f) {
      f.feints = 0.2;
      f.feint_seen = seen;
      for (auto& s : f.sources)
        s.vendor = s.is == source_class::camera ? 1 : 0;
    };
    for (auto weight : {700'000, 1'000'000}) {
      char label[64];
      std::snprintf(label, sizeof label, "seen %.2f, w %.1f", seen,
                    weight * 1e-6);
      method m{label, "block_bayes", {}, {}};
      m.settings.miss_weight = {weight};
      auto f = measure(m, seeds, turn);
      print_row(label, f);
      char line[96];
      std::snprintf(line, sizeof line, "- %s: precision %.3f at recall 0.90\n",
                    label, f.q.precision_at(0.9));
      surest += line;
    }
  }
  std::printf("\n%s", surest.c_str());
}

} // namespace

void print_tables(int seeds) {
  std::size_t strikes = 0;
  std::size_t reports = 0;
  for (int seed = 1; seed <= seeds; ++seed) {
    auto fight = make_fight(usual_fight(static_cast<std::uint64_t>(seed)));
    strikes += fight.strikes.size();
    reports += fight.reports.size();
  }
  std::printf("%d fights of 900 s: %zu strikes, %zu reports\n"
              "aims: F1 >= 0.965, doubled <= 1.2 %% (0.4 %% at p >= 0.9), "
              "ECE <= 0.02, label >= 0.92, final p99 < 800 ms\n",
              seeds, strikes, reports);
  print_bayes(seeds);
  print_strategies(seeds);
  print_troubles(seeds);
  print_feints(seeds);
}
