#include "app/simulate/series_files.hpp"

#include "app/config/load_profiles.hpp"
#include "app/config/load_rulesets.hpp"
#include "app/config/node_config.hpp"
#include "app/simulate/parameters_file.hpp"

#include <algorithm>
#include <utility>

namespace ringside::simulate {

namespace {

namespace fs = std::filesystem;

fs::path file_of(const fs::path& dir, const std::string& id) {
  return dir / (id + ".yaml");
}

result<unit> check_rounds(const rules::ruleset& rules, int rounds) {
  const auto& allowed = rules.rounds.counts_allowed;
  if (std::find(allowed.begin(), allowed.end(), rounds) == allowed.end())
    return refuse(ec::invalid_value,
                  rules.id + " has no bouts of " + std::to_string(rounds)
                    + " rounds",
                  "rounds");
  auto judged
    = rules.unit == rules::scoring_unit::round && rules.judges.count > 0
      && rules.judges.count <= static_cast<int>(synthetic::judges_max);
  if (!judged)
    return refuse(ec::invalid_value, rules.id + " is not judged round by round",
                  "ruleset");
  return unit{};
}

std::string warning_for(const synthetic::judge_model& judges,
                        const scoring::profile& engine) {
  if (judges.profile == engine.id && judges.version == engine.version)
    return {};
  return "the judges were fitted beside " + judges.profile + " version "
         + std::to_string(judges.version) + ", not " + engine.id + " version "
         + std::to_string(engine.version)
         + ": how often they agree is not what was measured";
}

} // namespace

result<std::unique_ptr<loaded_series>>
loaded_series::load(const series_choice& choice) {
  auto profiles
    = choice.profiles.empty() ? config::default_profile_dir() : choice.profiles;
  auto rulesets = choice.rulesets.empty()
                    ? config::default_node_config().rulesets
                    : choice.rulesets;
  auto given = load_parameters(choice.model.empty() ? default_parameters()
                                                    : choice.model);
  if (!given)
    return given.reason();
  auto model = synthetic::model::make(std::move(*given));
  if (!model)
    return model.reason();
  auto rules = config::load_ruleset(file_of(rulesets, choice.ruleset));
  if (!rules)
    return rules.reason();
  if (auto ok = check_rounds(*rules, choice.rounds); !ok)
    return ok.reason();
  auto words = synthetic::words_of(*rules);
  if (!words)
    return words.reason();
  auto engine = config::load_profile(file_of(profiles, choice.profile));
  if (!engine)
    return engine.reason();
  std::optional<scoring::profile> other;
  if (!choice.against.empty()) {
    auto read = config::load_profile(file_of(profiles, choice.against));
    if (!read)
      return read.reason();
    other = std::move(*read);
  }
  std::unique_ptr<loaded_series> s{
    new loaded_series{std::move(*model), std::move(*rules), std::move(*engine),
                      std::move(other)}};
  s->warning_ = warning_for(s->model_.given().judges, s->engine_);
  synthetic::bout_plan plan{choice.rounds, s->rules_.rounds.lengths_s.front(),
                            choice.finishes};
  s->series_.emplace(synthetic::series{
    s->model_, s->rules_, s->engine_, s->other_ ? &*s->other_ : nullptr,
    std::move(*words), plan, choice.seed, ""});
  return s;
}

} // namespace ringside::simulate
