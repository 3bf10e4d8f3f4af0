#include "domain/bout/decide.hpp"

#include <benchmark/benchmark.h>

#include <memory>

/// What one event costs inside a bout: `decide` and `apply`, without journal
/// and network. It must not depend on how many events there are already.
namespace {

using namespace ringside;
using namespace ringside::bout;

struct fought_bout {
  fought_bout() {
    rules::ruleset rules;
    rules.id = "bench";
    rules.techniques = {"jab", "cross", "hook", "kick"};
    rules.control_kinds = {"top"};
    set = std::make_shared<const rules::ruleset>(std::move(rules));
    lookup = [this](std::string_view, int) { return set; };
    create_bout create;
    create.ruleset = "bench";
    create.fighters = {{"Red", "", "", ""}, {"Blue", "", "", ""}};
    create.judges = {{"A", ""}, {"B", ""}, {"C", ""}};
    run({role::supervisor, "s"}, create);
    run({role::supervisor, "s"}, open_round{1});
    run({role::supervisor, "s"}, start_clock{});
  }

  void run(const issuer& by, command_body body) {
    now.count += 20'000;
    command c;
    c.by = by;
    c.body = std::move(body);
    auto decided = decide(now_state, c, {now, lookup});
    for (auto& d : *decided)
      apply(now_state, {now_state.version + 1, by, d.at, std::move(d.body)},
            lookup);
  }

  void strike_once() {
    run({role::operator_, "o"},
        log_fact{strike{corner::red, "hook", strike_target::head,
                        strike_position::distance},
                 {}});
  }

  void control_once() {
    auto by = now_state.version % 2 == 0 ? corner::red : corner::blue;
    run({role::operator_, "o"}, log_fact{control_start{by, "top"}, {}});
  }

  std::shared_ptr<const rules::ruleset> set;
  ruleset_lookup lookup;
  state now_state;
  mono_us now{1'000'000};
};

/// Every fact in a bout of `range(0)` strikes; the state is set back every
/// thousand, so that the size stays what it says.
template <void (fought_bout::*Once)()>
void one_event(benchmark::State& run) {
  fought_bout bout;
  for (auto n = run.range(0); n > 0; --n)
    (bout.*Once)();
  const auto start = bout.now_state;
  std::int64_t done = 0;
  for (auto _ : run) {
    (bout.*Once)();
    if (++done % 1'000 == 0) {
      run.PauseTiming();
      bout.now_state = start;
      run.ResumeTiming();
    }
  }
  run.SetItemsProcessed(run.iterations());
}

BENCHMARK_TEMPLATE(one_event, &fought_bout::strike_once)
  ->Name("strike")
  ->Arg(0)
  ->Arg(1'000)
  ->Arg(10'000);
BENCHMARK_TEMPLATE(one_event, &fought_bout::control_once)
  ->Name("control_start")
  ->Arg(0)
  ->Arg(1'000)
  ->Arg(10'000);

/// The strike and its undo.
void strike_and_undo(benchmark::State& run) {
  fought_bout bout;
  for (auto n = run.range(0); n > 0; --n)
    bout.strike_once();
  for (auto _ : run) {
    bout.strike_once();
    bout.run({role::operator_, "o"}, retract_event{bout.now_state.version, ""});
    bout.now_state.version -= 2;
  }
  run.SetItemsProcessed(run.iterations() * 2);
}

BENCHMARK(strike_and_undo)->Arg(0)->Arg(1'000)->Arg(10'000);

} // namespace
