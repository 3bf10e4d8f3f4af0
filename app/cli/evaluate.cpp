#include "app/evaluate/evaluate.hpp"

#include "app/cli/cli.hpp"
#include "app/config/load_profiles.hpp"

#include <iostream>
#include <memory>
#include <string>

namespace ringside::cli {

namespace {

struct evaluate_arguments {
  evaluate::evaluate_options options;
  std::string profile = "mma_fit";
  std::string profiles_dir;
  std::string how = "auto";
  std::string predictions;
  std::string plot;
  bool json = false;
};

/// The profile by its id, and the others to compare it with.
result<unit> choose_profiles(evaluate_arguments& args) {
  auto dir = args.profiles_dir.empty()
               ? config::default_profile_dir()
               : std::filesystem::path{args.profiles_dir};
  auto all = config::load_profiles(dir);
  if (!all)
    return all.reason();
  std::string known;
  auto found = false;
  for (auto& p : *all) {
    known += " " + p.id;
    if (p.id == args.profile) {
      args.options.profile = p;
      found = true;
    }
  }
  if (!found)
    return refuse(ec::not_found, "there is no profile '" + args.profile + "'",
                  "profile", "one of" + known);
  for (auto& p : *all)
    if (p.id != args.profile && p.discipline == args.options.profile.discipline)
      args.options.other_profiles.push_back(std::move(p));
  return unit{};
}

result<unit> write_files(const evaluate_arguments& args,
                         const evaluate::evaluation& e) {
  if (!args.predictions.empty())
    if (auto ok = write_file(args.predictions, predictions_csv(e)); !ok)
      return ok;
  if (!args.plot.empty())
    return write_file(args.plot, reliability_svg(e.figures, e.profile));
  return unit{};
}

int run_evaluate(evaluate_arguments& args) {
  if (auto ok = choose_profiles(args); !ok)
    return fail(ok.reason(), args.json);
  args.options.how = *parse_enum<evaluate::validation>(args.how);
  auto e = evaluate::run_evaluation(args.options);
  if (!e)
    return fail(e.reason(), args.json);
  std::cout << (args.json ? json_of(*e) + "\n" : text_of(*e));
  if (auto ok = write_files(args, *e); !ok)
    return fail(ok.reason(), args.json);
  return exit_done;
}

} // namespace

void add_evaluate(CLI::App& app, action& chosen) {
  auto args = std::make_shared<evaluate_arguments>();
  auto* sub = app.add_subcommand(
    "evaluate", "Score published rounds and compare with the judges' cards");
  sub
    ->add_option("ROUNDS", args->options.rounds_file,
                 "Rounds with statistics; cards where there are any")
    ->required();
  sub->add_option("--profile", args->profile, "Id of the scoring profile")
    ->capture_default_str();
  sub->add_option("--profiles", args->profiles_dir,
                  "Directory of the profiles; default: config/scoring");
  sub->add_option("--predictions", args->predictions,
                  "Write one line per round here");
  sub
    ->add_option("--cv", args->how,
                 "auto: by event if the profile has learned from rounds of "
                 "this time; none: the profile as it is; event: five folds; "
                 "time: each year by the years before")
    ->check(CLI::IsMember({"auto", "none", "event", "time"}))
    ->capture_default_str();
  sub->add_option("--plot", args->plot, "Write the reliability curve (SVG)");
  sub->add_flag("--degrade", args->options.degraded,
                "Also with events missing, mislabelled and late");
  sub->add_flag("--json", args->json, "Machine-readable output");
  sub->callback(
    [args, &chosen] { chosen = [args] { return run_evaluate(*args); }; });
}

} // namespace ringside::cli
