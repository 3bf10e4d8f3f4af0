#include "app/simulate/judges.hpp"

#include "app/cli/cli.hpp"
#include "app/config/load_profiles.hpp"

#include <iostream>
#include <limits>
#include <memory>

namespace ringside::cli {

namespace {

struct judges_arguments {
  std::string rounds;
  std::string profile = "mma_fit";
  std::string profiles;
  std::int64_t cards_min = 150;
  bool json = false;
};

int run_judges(const judges_arguments& args) {
  auto dir = args.profiles.empty() ? config::default_profile_dir()
                                   : std::filesystem::path{args.profiles};
  auto engine = config::load_profile(dir / (args.profile + ".yaml"));
  if (!engine)
    return fail(engine.reason(), args.json);
  auto records = replay::read_rounds(args.rounds, {},
                                     std::numeric_limits<std::size_t>::max());
  if (!records)
    return fail(records.reason(), args.json);
  auto report
    = scoring::analytics::measure(simulate::named_rounds(*records, *engine));
  if (args.json)
    std::cout << json::to_text(simulate::json_of(report)) << '\n';
  else
    std::cout << simulate::text_of(report, args.cards_min);
  return exit_done;
}

} // namespace

void add_judges(CLI::App& app, action& chosen) {
  auto args = std::make_shared<judges_arguments>();
  auto* sub = app.add_subcommand(
    "judges", "Measure judges beside their panels and beside the engine");
  sub->add_option("ROUNDS", args->rounds, "Rounds with judges' cards")
    ->required();
  sub->add_option("--profile", args->profile, "Scoring profile of the engine");
  sub->add_option("--profiles", args->profiles,
                  "Directory of the profiles; default: config/scoring");
  sub->add_option("--cards", args->cards_min,
                  "Show judges with at least so many cards");
  sub->add_flag("--json", args->json, "Machine-readable output: all judges");
  sub->callback(
    [args, &chosen] { chosen = [args] { return run_judges(*args); }; });
}

} // namespace ringside::cli
