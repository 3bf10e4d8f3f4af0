#include "bench/fusion/table.hpp"

#include <benchmark/benchmark.h>

#include <charconv>
#include <cstring>
#include <string_view>

/// `bench_fusion [--seeds=N] [--benchmark_...]`: tables, then speed.
int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  int seeds = 20;
  for (int i = 1; i < argc; ++i) {
    std::string_view argument = argv[i];
    if (argument.starts_with("--seeds="))
      std::from_chars(argument.data() + 8, argument.data() + argument.size(),
                      seeds);
  }
  if (seeds > 0)
    print_tables(seeds);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
