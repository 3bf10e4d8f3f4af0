#include "app/simulate/monte_carlo.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

namespace ringside::simulate {

namespace {

using namespace std::chrono_literals;

/// Bouts that a thread takes at once.
constexpr std::uint64_t portion = 32;

void show(const run_options& options, std::uint64_t done) {
  if (options.progress)
    options.progress(std::min(done, options.bouts), options.bouts);
}

/// What the threads of a run share: a counter of what is taken, one of what is
/// done, and a flag. Results are kept apart and added up at the end.
struct shared_run {
  std::atomic<std::uint64_t> next{0};
  std::atomic<std::uint64_t> done{0};
  std::atomic<bool> stop{false};
};

void work(const synthetic::series& s, std::uint64_t bouts, shared_run& run,
          synthetic::odds& into) {
  while (!run.stop) {
    auto from = run.next.fetch_add(portion);
    if (from >= bouts)
      return;
    auto to = std::min(from + portion, bouts);
    into += synthetic::play_range(s, from, to);
    run.done += to - from;
  }
}

} // namespace

result<synthetic::odds> play_all(const synthetic::series& s,
                                 const run_options& options) {
  auto threads = options.threads > 0
                   ? options.threads
                   : std::max(std::thread::hardware_concurrency(), 1U);
  shared_run run;
  std::vector<synthetic::odds> parts(threads);
  {
    std::vector<std::jthread> workers;
    for (auto& part : parts)
      workers.emplace_back([&] { work(s, options.bouts, run, part); });
    for (auto beat = 0; run.done < options.bouts && !run.stop; ++beat) {
      if (options.stopping && options.stopping())
        run.stop = true;
      if (beat % 5 == 0)
        show(options, run.done);
      std::this_thread::sleep_for(20ms);
    }
  }
  if (run.done < options.bouts)
    return refuse(ec::unavailable, "stopped");
  show(options, options.bouts);
  synthetic::odds all;
  for (const auto& part : parts)
    all += part;
  return all;
}

std::vector<synthetic::observed_bout>
draw_like(const std::vector<synthetic::observed_bout>& like,
          const synthetic::series& s, std::uint64_t bouts) {
  std::vector<synthetic::observed_bout> all;
  for (std::uint64_t i = 0; i < bouts && !like.empty(); ++i) {
    auto one = s;
    const auto& model = like[i % like.size()];
    one.plan.finishes = false;
    one.plan.rounds = static_cast<int>(model.rounds.size());
    one.date = model.date;
    auto played = synthetic::play(one, i);
    if (!played)
      continue;
    synthetic::observed_bout b;
    b.date = model.date;
    for (std::size_t r = 0; r < played->bout.rounds.size(); ++r) {
      synthetic::observed_round round;
      for (auto c : both_corners)
        round.lines[c] = synthetic::observed(played->bout.rounds[r].counts[c]);
      for (const auto& card : played->cards)
        round.cards.push_back(*card.rounds[r]);
      b.rounds.push_back(std::move(round));
    }
    all.push_back(std::move(b));
  }
  return all;
}

} // namespace ringside::simulate
