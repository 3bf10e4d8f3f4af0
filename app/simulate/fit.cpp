#include "app/simulate/fit.hpp"

#include "app/simulate/real_rounds.hpp"

#include <algorithm>

namespace ringside::simulate {

namespace {

/// By hand, so that a little under half of three-round bouts end early, as is
/// usual in MMA; the columns hold nothing to fit it to.
constexpr synthetic::finish_model usual_finishes{100'000, 350'000, 120'000};

std::string provenance_of(const std::vector<synthetic::observed_bout>& bouts,
                          const std::filesystem::path& file) {
  std::size_t rounds = 0;
  std::string first = bouts.front().date;
  std::string last = first;
  for (const auto& b : bouts) {
    rounds += b.rounds.size();
    first = std::min(first, b.date);
    last = std::max(last, b.date);
  }
  return "ringside fit-synthetic " + file.filename().string() + ": "
         + std::to_string(rounds) + " full rounds of "
         + std::to_string(bouts.size()) + " bouts that went to a decision, "
         + first + " to " + last
         + ". Moments, quantiles and correlations by pooling both corners; "
           "judges by maximum likelihood beside the profile named below; "
           "finishes by hand.";
}

} // namespace

result<synthetic::parameters> fit(const std::filesystem::path& rounds,
                                  const scoring::profile& engine,
                                  const std::string& id) {
  auto records
    = replay::read_rounds(rounds, {}, std::numeric_limits<std::size_t>::max());
  if (!records)
    return records.reason();
  auto bouts = observe(*records);
  if (bouts.empty())
    return refuse(ec::invalid_value,
                  rounds.string() + " has no full round of 300 seconds");
  auto p = synthetic::fit_rounds(bouts);
  if (!p)
    return p.reason();
  auto judges
    = synthetic::fit_judges(judge_by(bouts, engine, rules::score_scale{}));
  if (!judges)
    return judges.reason();
  p->id = id;
  p->provenance = provenance_of(bouts, rounds);
  p->judges = *judges;
  p->judges.profile = engine.id;
  p->judges.version = engine.version;
  p->finish = usual_finishes;
  return p;
}

} // namespace ringside::simulate
