#include "app/evaluate/evaluate.hpp"

namespace ringside::evaluate {

namespace {

/// Another profile under the same validation.
result<baseline_result> run_profile(const scoring::profile& p,
                                    const evaluation& e, int draws) {
  auto said = forecast_all(
    p, e.rounds,
    p.fit.what == scoring::fitted::nothing ? validation::none : e.how);
  if (!said)
    return said.reason();
  for (std::size_t i = 0; i < e.rounds.size(); ++i)
    if (!e.said.rounds[i])
      said->rounds[i].reset();
  return baseline_result{p.id, true, measure(e.rounds, said->rounds, draws)};
}

result<degraded_result> run_degraded(const scoring::profile& p,
                                     const evaluation& e, const faults& f,
                                     int draws) {
  constexpr std::uint64_t seed = 1;
  auto said = forecast_all(p, e.rounds, e.how, degrade(e.rounds, f, seed));
  if (!said)
    return said.reason();
  return degraded_result{f, measure(e.rounds, said->rounds, draws)};
}

} // namespace

result<evaluation> run_evaluation(const evaluate_options& o) {
  auto rounds = fit::read_labelled_rounds(o.rounds_file);
  if (!rounds)
    return rounds.reason();
  evaluation e;
  e.profile = o.profile.id;
  e.version = o.profile.version;
  e.file = o.rounds_file.filename().string();
  e.rounds = std::move(*rounds);
  e.rows = e.rounds.size();
  auto said = forecast_all(o.profile, e.rounds, o.how);
  if (!said)
    return said.reason();
  e.said = std::move(*said);
  e.how = e.said.how;
  e.figures = measure(e.rounds, e.said.rounds, o.draws);
  if (e.figures.rounds == 0)
    return e;
  e.years = measure_years(e.rounds, e.said.rounds);
  auto plain = plain_baselines();
  for (auto& peer : peer_baselines())
    plain.push_back(std::move(peer));
  for (const auto& engine : o.engines)
    plain.push_back(baseline_of(engine));
  e.baselines = run_baselines(plain, e.rounds, e.said, o.draws);
  for (const auto& p : o.other_profiles) {
    auto one = run_profile(p, e, o.draws);
    if (!one)
      return one.reason();
    e.baselines.push_back(std::move(*one));
  }
  if (o.degraded)
    for (const auto& f : usual_faults()) {
      auto one = run_degraded(o.profile, e, f, o.draws);
      if (!one)
        return one.reason();
      e.degraded.push_back(std::move(*one));
    }
  return e;
}

} // namespace ringside::evaluate
