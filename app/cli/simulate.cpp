#include "app/cli/cli.hpp"
#include "app/cli/simulate_cameras.hpp"
#include "app/replay/stage.hpp"
#include "app/simulate/compare.hpp"
#include "app/simulate/monte_carlo.hpp"
#include "app/simulate/odds_report.hpp"
#include "app/simulate/play_live.hpp"
#include "app/simulate/real_rounds.hpp"
#include "app/simulate/run_script.hpp"
#include "app/simulate/series_files.hpp"

#include <iostream>
#include <limits>
#include <memory>
#include <optional>
#include <string>

namespace ringside::cli {

namespace {

struct simulate_arguments {
  std::string script;
  std::uint64_t synthetic = 0;
  /// So many of the synthetic bouts through a node, too.
  std::uint64_t live = 0;
  simulate::series_choice choice;
  std::string compare;
  bool no_finishes = false;
  unsigned threads = 0;
  double speed = 0;
  replay::stage_options stage;
  bool json = false;
  camera_arguments cameras;
  const CLI::Option* with_cameras = nullptr;
  /// Options of bouts that are drawn, whichever way.
  const CLI::Option* seed = nullptr;
  const CLI::Option* rounds = nullptr;
};

/// Drawn bouts for each published one where the two are compared.
constexpr std::uint64_t drawn_per_real = 4;

// -- scripts ------------------------------------------------------------------

int run_script(const simulate_arguments& args) {
  auto script = simulate::load_script(args.script);
  if (!script)
    return fail(script.reason(), args.json);
  simulate::script_options options;
  options.speed = args.speed;
  if (on_terminal())
    options.progress
      = [](std::size_t done, std::size_t of) { draw_bar(done, of, "rounds"); };
  std::optional<simulate::script_outcome> outcome;
  auto verify
    = replay::on_stage(args.stage, [&](const officials::place& where,
                                       const officials::token_maker& tokens) {
        auto done = simulate::run_script(*script, where, tokens, options);
        if (!done)
          return result<unit>{done.reason()};
        outcome = std::move(*done);
        return result<unit>{unit{}};
      });
  if (!verify)
    return fail(verify.reason(), args.json);
  clear_bar();
  auto sound = !*verify || (*verify)->sound;
  if (args.json) {
    auto body = simulate::json_of(*outcome);
    if (*verify)
      body.as_object()->emplace("journal_sound", sound);
    std::cout << json::to_text(body) << '\n';
  } else {
    std::cout << simulate::text_of(*outcome);
    if (!sound)
      std::cout << "  the journal is NOT sound: " << (*verify)->detail << '\n';
  }
  return sound && outcome->good() ? exit_done : exit_failed;
}

// -- synthetic bouts ----------------------------------------------------------

result<simulate::comparison> compare(const simulate_arguments& args,
                                     const synthetic::series& s) {
  auto records = replay::read_rounds(args.compare, {},
                                     std::numeric_limits<std::size_t>::max());
  if (!records)
    return records.reason();
  auto real = simulate::observe(*records);
  auto drawn = simulate::draw_like(real, s, drawn_per_real * real.size());
  return simulate::comparison{synthetic::describe(real),
                              synthetic::describe(drawn)};
}

result<simulate::live_outcome> play_live(const simulate_arguments& args,
                                         const synthetic::series& s) {
  simulate::script_options options;
  options.speed = args.speed;
  if (on_terminal())
    options.progress = [](std::size_t done, std::size_t of) {
      draw_bar(done, of, "bouts through the node");
    };
  simulate::token_cache tokens;
  std::optional<simulate::live_outcome> outcome;
  auto verify
    = replay::on_stage(args.stage, [&](const officials::place& where,
                                       const officials::token_maker& make) {
        auto done
          = simulate::play_live(s, args.live, where, make, tokens, options);
        if (!done)
          return result<unit>{done.reason()};
        outcome = std::move(*done);
        return result<unit>{unit{}};
      });
  clear_bar();
  if (!verify)
    return verify.reason();
  if (*verify && !(*verify)->sound)
    return refuse(ec::internal,
                  "the journal is not sound: " + (*verify)->detail);
  return std::move(*outcome);
}

int run_synthetic(simulate_arguments& args) {
  args.choice.finishes = !args.no_finishes;
  auto loaded = simulate::loaded_series::load(args.choice);
  if (!loaded)
    return fail(loaded.reason(), args.json);
  const auto& series = (*loaded)->get();
  if (!(*loaded)->warning().empty())
    std::cerr << "ringside: " << (*loaded)->warning() << '\n';
  simulate::run_options options;
  options.bouts = args.synthetic;
  options.threads = args.threads;
  if (on_terminal())
    options.progress = [](std::uint64_t done, std::uint64_t of) {
      draw_bar(done, of, "bouts");
    };
  auto odds = simulate::play_all(series, options);
  if (!odds)
    return fail(odds.reason(), args.json);
  clear_bar();
  std::optional<simulate::comparison> compared;
  if (!args.compare.empty()) {
    auto made = compare(args, series);
    if (!made)
      return fail(made.reason(), args.json);
    compared = std::move(*made);
  }
  std::optional<simulate::live_outcome> live;
  if (args.live > 0) {
    auto played = play_live(args, series);
    if (!played)
      return fail(played.reason(), args.json);
    live = std::move(*played);
  }
  auto good = !live || live->good();
  auto title = simulate::title_of(series);
  if (args.json) {
    auto body = simulate::json_of(*odds, title);
    if (live)
      body.as_object()->emplace("live", simulate::json_of(*live));
    if (compared)
      body.as_object()->emplace("comparison", simulate::json_of(*compared));
    std::cout << json::to_text(body) << '\n';
    return good ? exit_done : exit_failed;
  }
  std::cout << simulate::text_of(*odds, title);
  if (live)
    std::cout << '\n' << simulate::text_of(*live);
  if (compared)
    std::cout << "\nPublished and synthetic rounds, side by side; no bout "
                 "ends early here\n"
              << simulate::text_of(*compared);
  return good ? exit_done : exit_failed;
}

// -- synthetic cameras --------------------------------------------------------

int run_with_cameras(simulate_arguments& args) {
  auto& c = args.cameras;
  c.settings.seed = args.choice.seed;
  c.settings.rounds = args.choice.rounds;
  c.stage = args.stage;
  c.speed = args.speed;
  c.json = args.json;
  return run_cameras(c);
}

int run_simulate(simulate_arguments& args) {
  auto cameras = args.with_cameras->count() > 0;
  auto given = (args.script.empty() ? 0 : 1) + (args.synthetic > 0 ? 1 : 0)
               + (cameras ? 1 : 0);
  if (given != 1)
    return fail(refuse(ec::invalid_value, "give a script, --synthetic N or "
                                          "--synthetic-cameras N, one of them"),
                args.json);
  if (!args.script.empty() && args.seed->count() + args.rounds->count() > 0)
    return fail(refuse(ec::invalid_value,
                       "a script says itself what happens: it has "
                       "neither --seed nor --rounds"),
                args.json);
  if (args.live > args.synthetic)
    return fail(
      refuse(ec::invalid_value, "--live takes at most as many as --synthetic"),
      args.json);
  if (cameras)
    return run_with_cameras(args);
  return args.script.empty() ? run_synthetic(args) : run_script(args);
}

void add_synthetic_options(CLI::App& sub, simulate_arguments& args) {
  auto& c = args.choice;
  auto* many
    = sub
        .add_option("--synthetic", args.synthetic,
                    "Play so many invented bouts and count what comes out")
        ->check(CLI::Range(1, 100'000'000));
  auto only = [many](CLI::Option* o) { o->needs(many); };
  args.seed = sub.add_option("--seed", c.seed, "Another seed, other bouts");
  only(sub.add_option("--profile", c.profile, "Scoring profile of the engine"));
  only(sub.add_option("--profiles", c.profiles,
                      "Directory of the profiles; default: config/scoring"));
  only(sub.add_option("--against", c.against,
                      "Compare with this profile, bout by bout"));
  only(sub.add_option("--ruleset", c.ruleset, "Rule set of the bouts"));
  args.rounds = sub.add_option("--rounds", c.rounds, "Scheduled rounds")
                  ->check(CLI::Range(1, 30));
  only(sub
         .add_option("--live", args.live,
                     "Play the first so many of them through a node, too, and "
                     "compare")
         ->check(CLI::Range(1, 10'000)));
  only(sub.add_flag("--no-finishes", args.no_finishes,
                    "Every bout goes the distance"));
  only(sub.add_option("--model", c.model,
                      "Parameters of the generator; default: mma"));
  only(sub.add_option("--compare", args.compare,
                      "Show published rounds beside the synthetic ones"));
  only(sub
         .add_option("--threads", args.threads,
                     "Default: one for every core; changes no number")
         ->check(CLI::Range(1, 256)));
}

} // namespace

void add_simulate(CLI::App& app, action& chosen) {
  auto args = std::make_shared<simulate_arguments>();
  auto* sub = app.add_subcommand(
    "simulate", "Play a bout through a node: a scripted one, or one with "
                "synthetic cameras; or many synthetic bouts");
  sub->add_option("SCRIPT", args->script, "A bout in YAML");
  add_synthetic_options(*sub, *args);
  args->with_cameras = add_camera_options(*sub, args->cameras);
  sub
    ->add_option("--speed", args->speed,
                 "Times the real speed, 0.1 to 1000; default: as fast as the "
                 "node answers")
    ->check(CLI::Range(simulate::speed_min, simulate::speed_max));
  auto* url = sub->add_option("--url", args->stage.url,
                              "A running node; default: one in this process");
  sub
    ->add_option("--admin-token", args->stage.admin_token,
                 "Of an admin of that node")
    ->needs(url);
  sub
    ->add_option("--data", args->stage.data,
                 "Keep the journal here; default: nowhere")
    ->excludes(url);
  sub->add_flag("--json", args->json, "Machine-readable output");
  sub->callback(
    [args, &chosen] { chosen = [args] { return run_simulate(*args); }; });
}

} // namespace ringside::cli
