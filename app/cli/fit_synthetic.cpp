#include "app/cli/cli.hpp"
#include "app/config/load_profiles.hpp"
#include "app/simulate/fit.hpp"
#include "app/simulate/parameters_file.hpp"
#include "domain/audit/json.hpp"

#include <filesystem>
#include <iostream>
#include <memory>

namespace ringside::cli {

namespace {

struct fit_synthetic_arguments {
  std::string rounds;
  std::string profile = "mma_fit";
  std::string profiles;
  std::string out;
  bool json = false;
};

int run_fit_synthetic(const fit_synthetic_arguments& args) {
  auto dir = args.profiles.empty() ? config::default_profile_dir()
                                   : std::filesystem::path{args.profiles};
  auto engine = config::load_profile(dir / (args.profile + ".yaml"));
  if (!engine)
    return fail(engine.reason(), args.json);
  std::filesystem::path out{args.out};
  auto fitted = simulate::fit(args.rounds, *engine, out.stem().string());
  if (!fitted)
    return fail(fitted.reason(), args.json);
  if (auto ok = write_file(out, simulate::text_of(*fitted)); !ok)
    return fail(ok.reason(), args.json);
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
  auto args = std::make_shared<fit_synthetic_arguments>();
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
    [args, &chosen] { chosen = [args] { return run_fit_synthetic(*args); }; });
}

} // namespace ringside::cli
