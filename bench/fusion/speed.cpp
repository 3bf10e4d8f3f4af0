#include "domain/vision/fusion/harmonizer.hpp"
#include "domain/vision/fusion/play.hpp"

#include <benchmark/benchmark.h>

/// What a report costs, from `take` to the final event.
namespace {

using namespace ringside;
using namespace ringside::fusion;

const fight_settings& knobs() {
  static const auto f = usual_fight(1, 3'600);
  return f;
}

const synthetic_fight& fight() {
  static const auto f = make_fight(knobs());
  return f;
}

std::unique_ptr<harmonizer> fresh_harmonizer(const char* how,
                                             std::int32_t settle_us,
                                             std::int32_t announce_us) {
  fusion_settings settings;
  settings.settle_us = settle_us;
  settings.announce_us = announce_us;
  auto made
    = harmonizer::make(settings, starting_table(knobs()), make_strategy(how));
  return std::move(*made);
}

/// An hour of fight in one go; `advance` every `step_ms` of fight time.
void run(benchmark::State& state, const char* how, std::int32_t settle_us,
         std::int32_t announce_us, std::int64_t step_ms) {
  std::size_t reports = 0;
  std::vector<fused_event> out;
  for (auto _ : state) {
    auto through = fresh_harmonizer(how, settle_us, announce_us);
    auto beat = fight().beats.begin();
    auto next = mono_us{};
    for (const auto& r : fight().reports) {
      for (; beat != fight().beats.end() && beat->at <= r.at; ++beat)
        through->beat(beat->what);
      through->take(r.what);
      if (r.at < next)
        continue;
      through->advance(r.at, out);
      next = after(r.at, milliseconds(step_ms));
      out.clear();
    }
    through->finish(out);
    benchmark::DoNotOptimize(out);
    out.clear();
    reports += fight().reports.size();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(reports));
}

void whole_blocks(benchmark::State& state) {
  run(state, "block_bayes", 0, 0, 100);
}

void settled(benchmark::State& state) {
  run(state, "block_bayes", 330'000, 0, 100);
}

void settled_and_announced(benchmark::State& state) {
  run(state, "block_bayes", 330'000, 140'000, 50);
}

void greedy(benchmark::State& state) {
  run(state, "greedy_bayes", 0, 0, 100);
}

BENCHMARK(whole_blocks)->Unit(benchmark::kMillisecond);
BENCHMARK(settled)->Unit(benchmark::kMillisecond);
BENCHMARK(settled_and_announced)->Unit(benchmark::kMillisecond);
BENCHMARK(greedy)->Unit(benchmark::kMillisecond);

} // namespace
