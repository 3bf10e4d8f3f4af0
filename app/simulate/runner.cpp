#include "app/simulate/runner.hpp"

#include "app/simulate/monte_carlo.hpp"
#include "app/simulate/odds_report.hpp"
#include "app/simulate/play_live.hpp"
#include "app/simulate/run_script.hpp"
#include "app/simulate/series_files.hpp"

#include <memory>
#include <utility>

namespace ringside::simulate {

namespace {

constexpr const char* script_name = "script";
/// What a simulation plays at: the node, once it can be reached.
using home_finder = std::function<result<home>()>;

/// Plays the first bouts of a series at this node, too.
result<live_outcome> play_here(const synthetic::series& s,
                               const protocol::simulation_spec& what,
                               simulation_control& control,
                               const home_finder& find, token_cache& tokens) {
  auto node = find();
  if (!node)
    return node.reason();
  script_options options;
  options.stopping = [&control] { return control.stopping(); };
  options.abandoned = [&control] { return control.abandoned.load(); };
  options.progress
    = [&](std::size_t done, std::size_t) { control.done = what.bouts + done; };
  return play_live(s, what.live, node->where, node->tokens, tokens, options);
}

result<std::string> play_synthetic(const protocol::simulation_spec& what,
                                   simulation_control& control,
                                   const home_finder& find,
                                   token_cache& tokens) {
  series_choice choice;
  choice.seed = what.seed;
  choice.rounds = what.rounds;
  choice.finishes = what.finishes;
  choice.ruleset = what.ruleset;
  choice.profile = what.profile;
  choice.against = what.against;
  auto loaded = loaded_series::load(choice);
  if (!loaded)
    return loaded.reason();
  run_options options;
  options.bouts = what.bouts;
  // A core is left to the real bouts.
  options.threads = 1;
  options.stopping = [&control] { return control.stopping(); };
  control.of = what.bouts + what.live;
  options.progress
    = [&control](std::uint64_t done, std::uint64_t) { control.done = done; };
  auto odds = play_all((*loaded)->get(), options);
  if (!odds)
    return odds.reason();
  auto body = json_of(*odds, title_of((*loaded)->get()));
  if (!(*loaded)->warning().empty())
    body.as_object()->emplace("warning", (*loaded)->warning());
  if (what.live > 0) {
    auto live = play_here((*loaded)->get(), what, control, find, tokens);
    if (!live)
      return live.reason();
    body.as_object()->emplace("live", json_of(*live));
  }
  return json::to_text(body);
}

result<std::string> play_script(const protocol::simulation_spec& what,
                                simulation_control& control, const home& node,
                                token_cache& tokens) {
  auto script = parse_script(what.script, script_name);
  if (!script)
    return script.reason();
  script_options options;
  options.speed = static_cast<double>(what.speed_milli) / 1'000;
  options.stopping = [&control] { return control.stopping(); };
  options.abandoned = [&control] { return control.abandoned.load(); };
  control.of = script->rounds.size();
  options.progress
    = [&control](std::size_t done, std::size_t) { control.done = done; };
  auto made = [&](const std::string& name, role who) {
    return tokens.get(node.tokens, name, who);
  };
  auto outcome = run_script(*script, node.where, made, options);
  if (!outcome)
    return outcome.reason();
  return json::to_text(json_of(*outcome));
}

} // namespace

result<unit> check(const protocol::simulation_spec& what) {
  if (what.kind != protocol::simulation_kind::script)
    return unit{};
  auto speed = static_cast<double>(what.speed_milli) / 1'000;
  if (what.speed_milli != 0 && (speed < speed_min || speed > speed_max))
    return refuse(ec::invalid_value, "a speed is between 0.1 and 1000",
                  "speed_milli");
  auto script = parse_script(what.script, script_name);
  if (!script)
    return refuse(ec::invalid_value, script.reason().detail, "script");
  return unit{};
}

simulation_runner make_runner(std::function<result<home>()> find_home) {
  auto tokens = std::make_shared<token_cache>();
  return [find_home = std::move(find_home),
          tokens](const protocol::simulation_spec& what,
                  simulation_control& control) -> result<std::string> {
    if (what.kind == protocol::simulation_kind::synthetic)
      return play_synthetic(what, control, find_home, *tokens);
    auto node = find_home();
    if (!node)
      return node.reason();
    return play_script(what, control, *node, *tokens);
  };
}

} // namespace ringside::simulate
