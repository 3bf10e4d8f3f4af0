#include "app/simulate/monte_carlo.hpp"
#include "app/simulate/series_files.hpp"

#include <benchmark/benchmark.h>

#include <cstdlib>

namespace ringside {
namespace {

simulate::loaded_series& series() {
  static auto loaded = [] {
    auto made = simulate::loaded_series::load({});
    if (!made)
      std::abort();
    return std::move(*made);
  }();
  return *loaded;
}

synthetic::series of_rounds(int rounds) {
  auto s = series().get();
  s.plan.rounds = rounds;
  return s;
}

/// One bout drawn: counts and timed facts.
void draw_bout(benchmark::State& state) {
  auto s = of_rounds(static_cast<int>(state.range(0)));
  std::uint64_t i = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(
      synthetic::draw_bout(s.generator, s.plan, s.words, s.seed, i++));
}

/// One bout drawn, assessed, judged, decided and counted.
void play_bout(benchmark::State& state) {
  auto s = of_rounds(static_cast<int>(state.range(0)));
  std::uint64_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(synthetic::play_range(s, i, i + 1));
    ++i;
  }
  state.SetItemsProcessed(state.iterations());
}

/// The aim: 10,000 bouts of five rounds under 20 s on two cores.
void monte_carlo(benchmark::State& state) {
  auto s = of_rounds(5);
  simulate::run_options o;
  o.bouts = 10'000;
  o.threads = static_cast<unsigned>(state.range(0));
  for (auto _ : state)
    benchmark::DoNotOptimize(simulate::play_all(s, o));
}

BENCHMARK(draw_bout)->Arg(3)->Arg(5)->Unit(benchmark::kMicrosecond);
BENCHMARK(play_bout)->Arg(3)->Arg(5)->Unit(benchmark::kMicrosecond);
BENCHMARK(monte_carlo)
  ->Arg(1)
  ->Arg(2)
  ->Unit(benchmark::kMillisecond)
  ->UseRealTime();

} // namespace
} // namespace ringside
