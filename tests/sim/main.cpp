#include "tests/sim/simulation.hpp"

#include <CLI/CLI.hpp>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace {

using ringside::sim::run_options;
using ringside::sim::run_result;
using wall_clock = std::chrono::steady_clock;

struct arguments {
  std::uint64_t seeds = 1'000;
  std::uint64_t first = 1;
  std::uint64_t seed = 0;
  std::size_t steps = 5'000;
  unsigned jobs = 2;
  bool trace_hash = false;
  bool quiet = false;
  std::string kept;
};

/// What all runs together came to.
struct totals {
  std::uint64_t runs = 0;
  std::uint64_t steps = 0;
  double virtual_s = 0;
  std::map<std::string, std::uint64_t> counts;

  void add(const run_result& r) {
    ++runs;
    steps += r.steps;
    virtual_s += std::chrono::duration<double>(r.span).count();
    for (const auto& [kind, n] : r.counts)
      counts[kind] += n;
  }
};

std::vector<std::uint64_t> read_seeds(const std::string& path) {
  std::vector<std::uint64_t> seeds;
  std::ifstream file{path};
  for (std::string line; std::getline(file, line);)
    if (!line.empty() && line.front() != '#')
      seeds.push_back(std::strtoull(line.c_str(), nullptr, 10));
  return seeds;
}

void report_failure(std::uint64_t seed, std::size_t steps,
                    const run_result& r) {
  for (const auto& line : r.lines)
    std::printf("  %s\n", line.c_str());
  std::printf("seed %llu broke: %s\n"
              "reproduce: ringside-sim --seed %llu --steps %zu\n",
              static_cast<unsigned long long>(seed), r.broken.c_str(),
              static_cast<unsigned long long>(seed), steps);
}

void report(const totals& all, double real_s) {
  std::printf("%llu runs, %llu messages, %.0f virtual seconds in %.1f s "
              "(%.0fx)\n ",
              static_cast<unsigned long long>(all.runs),
              static_cast<unsigned long long>(all.steps), all.virtual_s, real_s,
              all.virtual_s / real_s);
  for (const auto& [kind, n] : all.counts)
    std::printf(" %s %llu", kind.c_str(), static_cast<unsigned long long>(n));
  std::printf("\n");
}

int run_one(const arguments& args) {
  auto r
    = ringside::sim::run_simulation({args.seed, args.steps, !args.trace_hash});
  if (!r.broken.empty()) {
    report_failure(args.seed, args.steps, r);
    return 1;
  }
  std::printf("seed %llu trace %016llx\n",
              static_cast<unsigned long long>(args.seed),
              static_cast<unsigned long long>(r.trace));
  return 0;
}

/// Runs all seeds on a few threads; every run has a world of its own.
class crowd {
public:
  crowd(const arguments& args, std::vector<std::uint64_t> seeds)
    : args_(args), seeds_(std::move(seeds)) {
    // nop
  }

  int run() {
    auto begin = wall_clock::now();
    std::vector<std::thread> threads;
    for (unsigned n = 0; n < std::max(1u, args_.jobs); ++n)
      threads.emplace_back([this] { work(); });
    for (auto& t : threads)
      t.join();
    std::chrono::duration<double> real = wall_clock::now() - begin;
    report(all_, real.count());
    return failed_ ? 1 : 0;
  }

private:
  void work() {
    for (auto i = next_++; i < seeds_.size() && !failed_; i = next_++) {
      auto r = ringside::sim::run_simulation({seeds_[i], args_.steps, false});
      // Some of them twice: the same seed gives the same trace.
      if (r.broken.empty() && i % 50 == 0)
        repeat(seeds_[i], r);
      std::lock_guard guard{mutex_};
      all_.add(r);
      if (!r.broken.empty() && !failed_.exchange(true))
        report_failure(seeds_[i], args_.steps, r);
      if (args_.trace_hash)
        std::printf("seed %llu trace %016llx\n",
                    static_cast<unsigned long long>(seeds_[i]),
                    static_cast<unsigned long long>(r.trace));
      else if (!args_.quiet && all_.runs % 100 == 0)
        std::printf("%llu of %zu runs\n",
                    static_cast<unsigned long long>(all_.runs), seeds_.size());
      std::fflush(stdout);
    }
  }

  void repeat(std::uint64_t seed, run_result& r) {
    auto again = ringside::sim::run_simulation({seed, args_.steps, false});
    if (again.trace != r.trace)
      r.broken = "the same seed gave another trace";
  }

  const arguments& args_;
  std::vector<std::uint64_t> seeds_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> failed_{false};
  std::mutex mutex_;
  totals all_;
};

} // namespace

int main(int argc, char** argv) {
  arguments args;
  CLI::App app{"Runs the whole node under virtual time, from seeds."};
  app.add_option("--seeds", args.seeds, "how many seeds to run");
  app.add_option("--first", args.first, "the first of them");
  app.add_option("--seed", args.seed, "one run of this seed, with its trace");
  app.add_option("--steps", args.steps, "messages in the stormy part of a run");
  app.add_option("--jobs", args.jobs, "runs at a time");
  app.add_option("--kept", args.kept, "file of seeds that once failed");
  app.add_flag("--trace-hash", args.trace_hash, "print one hash per run");
  app.add_flag("--quiet", args.quiet, "print no progress");
  CLI11_PARSE(app, argc, argv);
  if (args.seed != 0)
    return run_one(args);
  auto seeds
    = args.kept.empty() ? std::vector<std::uint64_t>{} : read_seeds(args.kept);
  for (std::uint64_t n = 0; n < args.seeds; ++n)
    seeds.push_back(args.first + n);
  return crowd{args, std::move(seeds)}.run();
}
