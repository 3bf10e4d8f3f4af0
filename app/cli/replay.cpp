#include "app/replay/replay.hpp"

#include "app/cli/cli.hpp"
#include "app/config/node_config.hpp"

#include <iostream>
#include <memory>
#include <string>

namespace ringside::cli {

namespace {

struct replay_arguments {
  replay::replay_options options;
  std::string known_errors;
  bool json = false;
};

int run_replay(replay_arguments& args) {
  args.options.source_errors_file
    = args.known_errors.empty() ? config::known_errors_file()
                                : std::filesystem::path{args.known_errors};
  auto show
    = [&](const replay::bout_report& b, std::size_t done, std::size_t of) {
        clear_bar();
        if (!args.json)
          std::cout << replay::line_of(b) << std::endl;
        if (on_terminal())
          draw_bar(done, of, "bouts");
      };
  auto outcome = replay::replay(args.options, show);
  if (!outcome)
    return fail(outcome.reason(), args.json);
  clear_bar();
  if (args.json)
    std::cout << replay::json_of(outcome->bouts, outcome->all) << '\n';
  else
    std::cout << '\n' << replay::text_of(outcome->all);
  return outcome->all.good() ? exit_done : exit_failed;
}

} // namespace

void add_replay(CLI::App& app, action& chosen) {
  auto args = std::make_shared<replay_arguments>();
  auto& o = args->options;
  auto* sub = app.add_subcommand(
    "replay", "Replay published rounds through a node as its officials would "
              "have entered them, and compare what comes out");
  sub->add_option("ROUNDS", o.rounds_file, "Rounds with statistics and cards")
    ->required();
  sub->add_option("--bouts", o.bouts, "Only the first so many bouts")
    ->check(CLI::PositiveNumber);
  sub->add_option("--official", o.bouts_file,
                  "Announced results; default: bouts_*.csv beside ROUNDS");
  sub->add_option("--known-errors", args->known_errors,
                  "Errors of the source that are known, with their reasons; "
                  "default: config/replay/known_errors.csv of the program");
  sub
    ->add_option("--speed", o.speed.speed,
                 "Times the real speed; default: as fast as possible")
    ->check(CLI::PositiveNumber);
  auto* url = sub->add_option("--url", o.url,
                              "A running node; default: one in this process");
  sub->add_option("--admin-token", o.admin_token, "Of an admin of that node")
    ->needs(url);
  sub->add_option("--data", o.data, "Keep the journal here; default: nowhere")
    ->excludes(url);
  sub->add_flag("--json", args->json, "Machine-readable output");
  sub->callback(
    [args, &chosen] { chosen = [args] { return run_replay(*args); }; });
}

} // namespace ringside::cli
