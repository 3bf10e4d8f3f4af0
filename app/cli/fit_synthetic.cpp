#include "app/cli/cli.hpp"
#include "app/config/load_profiles.hpp"
#include "app/simulate/fit.hpp"
#include "app/simulate/parameters_file.hpp"
#include "domain/audit/json.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

namespace ringside::cli {

namespace {

struct fit_arguments {
  std::string rounds;
  std::string profile = "mma_fit";
  std::string profiles;
  std::string out;
  bool json = false;
};

int run_fit(const fit_arguments& args) {
  auto fail = [&args](const error& reason) {
    if (args.json)
      std::cout << error_json(reason) << '\n';
    print_error(reason);
    return reason.code == ec::invalid_value ? exit_usage : exit_failed;
  };
  auto dir = args.profiles.empty() ? config::default_profile_dir()
                                   : std::filesystem::path{args.profiles};
  auto engine = config::load_profile(dir / (args.profile + ".yaml"));
  if (!engine)
    return fail(engine.reason());
  std::filesystem::path out{args.out};
  auto fitted = simulate::fit(args.rounds, *engine, out.stem().string());
  if (!fitted)
    return fail(fitted.reason());
  auto text = simulate::text_of(*fitted);
  std::ofstream file{out, std::ios::binary | std::ios::trunc};
  file << text;
  file.close();
  if (!file)
    return fail(refuse(ec::io_error, "cannot write " + out.string()));
  if (args.json)
    std::cout << json::to_text(
      json::object{{"out", out.string()}, {"provenance", fitted->provenance}})
              << '\n';
  else
    std::cout << out.string() << ": " << fitted->provenance << '\n';
  return exit_done;
}

} // namespace

void add_fit_synthetic(CLI::App& app, action& chosen) {
  auto args = std::make_shared<fit_arguments>();
  auto* sub = app.add_subcommand(
    "fit-synthetic",
    "Fit the generator of synthetic bouts to published rounds");
  sub->add_option("ROUNDS", args->rounds, "Rounds with statistics and cards")
    ->required();
  sub->add_option("--profile", args->profile,
                  "Scoring profile that the judges are measured beside");
  sub->add_option("--profiles", args->profiles,
                  "Directory of the profiles; default: config/scoring");
  sub->add_option("--out", args->out, "File to write, named after its id")
    ->required();
  sub->add_flag("--json", args->json, "Machine-readable output");
  sub->callback(
    [args, &chosen] { chosen = [args] { return run_fit(*args); }; });
}

} // namespace ringside::cli
