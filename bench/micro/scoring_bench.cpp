#include "app/config/load_profiles.hpp"
#include "domain/scoring/explain.hpp"

#include <benchmark/benchmark.h>

/// What an assessment costs: one more fact in a running round, and a round of
/// many facts from scratch.
namespace {

using namespace ringside;
using namespace ringside::scoring;

profile learned() {
  auto p = config::load_profile(config::default_profile_dir() / "mma_fit.yaml");
  return p ? *p : profile{};
}

bout::fact fact_of(int i) {
  auto c = i % 3 == 0 ? corner::blue : corner::red;
  auto target
    = i % 2 == 0 ? bout::strike_target::head : bout::strike_target::body;
  if (i % 97 == 0)
    return bout::takedown{c, true};
  return bout::strike{c, "jab", target, bout::strike_position::distance};
}

std::vector<timed_fact> facts_of(std::int64_t n) {
  std::vector<timed_fact> facts;
  for (int i = 0; i < n; ++i) {
    auto& f = facts.emplace_back();
    f.at = {i * 300'000 / n};
    if (i % 50 == 0)
      f.what = bout::control_start{corner::red, "top"};
    else if (i % 50 == 25)
      f.what = bout::control_end{corner::red};
    else
      f.what = fact_of(i);
  }
  return facts;
}

void one_more_fact(benchmark::State& run) {
  auto p = learned();
  round_tally t;
  std::vector<bout::fact> facts;
  for (int i = 0; i < 100; ++i)
    facts.emplace_back(fact_of(i));
  std::size_t next = 0;
  for (auto _ : run) {
    add(t, facts[next]);
    benchmark::DoNotOptimize(look_at(p, {}, t));
    remove(t, facts[next]);
    next = (next + 1) % facts.size();
  }
}

void recount_round(benchmark::State& run) {
  auto p = learned();
  auto facts = facts_of(run.range(0));
  for (auto _ : run)
    benchmark::DoNotOptimize(look_at(p, {}, recount(facts, {300'000})));
}

void explain_round(benchmark::State& run) {
  auto p = learned();
  auto facts = facts_of(run.range(0));
  for (auto _ : run)
    benchmark::DoNotOptimize(explain(p, {}, facts, {300'000}, 5));
}

BENCHMARK(one_more_fact);
BENCHMARK(recount_round)->Arg(300)->Arg(10'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(explain_round)->Arg(300)->Unit(benchmark::kMicrosecond);

} // namespace
