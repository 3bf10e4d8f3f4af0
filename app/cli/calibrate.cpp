#include "app/evaluate/calibrate.hpp"

#include "app/cli/cli.hpp"
#include "app/config/load_profiles.hpp"
#include "app/evaluate/evaluate.hpp"

#include <iostream>
#include <memory>
#include <string>

namespace ringside::cli {

namespace {

struct calibrate_arguments {
  evaluate::calibrate_options options;
  std::string profile = "mma_fit";
  std::string profiles_dir;
  std::string kind = "temperature";
  std::string how = "time";
  std::string plot;
  std::string out;
  bool json = false;
};

int run_calibrate(calibrate_arguments& args) {
  auto dir = args.profiles_dir.empty()
               ? config::default_profile_dir()
               : std::filesystem::path{args.profiles_dir};
  auto profile = config::load_profile(dir / (args.profile + ".yaml"));
  if (!profile)
    return fail(profile.reason(), args.json);
  args.options.profile = std::move(*profile);
  args.options.kind = *parse_enum<calibration::calibration_kind>(args.kind);
  args.options.how = *parse_enum<evaluate::validation>(args.how);
  auto c = evaluate::run_calibration(args.options);
  if (!c)
    return fail(c.reason(), args.json);
  std::cout << (args.json ? json_of(*c) + "\n" : text_of(*c));
  result<unit> ok = unit{};
  if (!args.out.empty())
    ok = write_file(args.out, yaml_of(*c));
  if (ok && !args.plot.empty())
    ok = write_file(args.plot,
                    reliability_svg(c->after, c->profile + ", " + args.kind));
  return ok ? exit_done : fail(ok.reason(), args.json);
}

} // namespace

void add_calibrate(CLI::App& app, action& chosen) {
  auto args = std::make_shared<calibrate_arguments>();
  auto* sub = app.add_subcommand(
    "calibrate", "Fit a map for the chance to win and measure what it does");
  sub
    ->add_option("ROUNDS", args->options.rounds_file,
                 "Rounds with statistics and judges' cards")
    ->required();
  sub->add_option("--profile", args->profile, "Id of the scoring profile")
    ->capture_default_str();
  sub->add_option("--profiles", args->profiles_dir,
                  "Directory of the profiles; default: config/scoring");
  sub->add_option("--kind", args->kind, "The kind of map")
    ->check(CLI::IsMember({"temperature", "platt", "beta", "isotonic"}))
    ->capture_default_str();
  sub
    ->add_option("--cv", args->how,
                 "event: five folds; time: each year by the years before")
    ->check(CLI::IsMember({"event", "time"}))
    ->capture_default_str();
  sub->add_option("--plot", args->plot,
                  "Write the reliability curve after the map (SVG)");
  sub->add_option("--out", args->out, "Write the map here (YAML)");
  sub->add_flag("--json", args->json, "Machine-readable output");
  sub->callback(
    [args, &chosen] { chosen = [args] { return run_calibrate(*args); }; });
}

} // namespace ringside::cli
