#include "app/fit/fit_profile.hpp"
#include "app/fit/judge_effects.hpp"

#include "app/cli/cli.hpp"
#include "app/config/load_profiles.hpp"
#include "app/evaluate/evaluate.hpp"

#include <iostream>
#include <memory>
#include <string>

namespace ringside::cli {

namespace {

struct fit_arguments {
  std::filesystem::path rounds_file;
  std::string profile = "mma_fit";
  std::string profiles_dir;
  std::string out;
  std::string report_dir;
  bool json = false;
};

/// Figures by event and by time, as text and JSON, with the pictures.
result<unit> write_report(const fit_arguments& args, const scoring::profile& p,
                          const std::vector<fit::labelled_round>& rounds) {
  constexpr std::size_t judge_rounds_least = 100;
  std::error_code fault;
  std::filesystem::create_directories(args.report_dir, fault);
  std::filesystem::path dir{args.report_dir};
  auto judges = fit::judge_effects(p, fit::all_of(rounds), judge_rounds_least);
  if (!judges)
    return judges.reason();
  auto ok = write_file(dir / (p.id + "_judges.csv"), fit::csv_of(*judges));
  for (auto how : {evaluate::validation::event, evaluate::validation::time}) {
    evaluate::evaluate_options options;
    options.rounds_file = args.rounds_file;
    options.profile = p;
    options.how = how;
    auto e = evaluate::run_evaluation(options);
    if (!e)
      return e.reason();
    auto name = p.id + "_" + std::string{text_of(how)};
    if (ok)
      ok = write_file(dir / (name + ".txt"), text_of(*e));
    if (ok)
      ok = write_file(dir / (name + ".json"), json_of(*e) + "\n");
    if (ok)
      ok = write_file(dir / (name + ".svg"), reliability_svg(e->figures, p.id));
  }
  return ok;
}

int run_fit(const fit_arguments& args) {
  auto dir = args.profiles_dir.empty()
               ? config::default_profile_dir()
               : std::filesystem::path{args.profiles_dir};
  auto shape = config::load_profile(dir / (args.profile + ".yaml"));
  if (!shape)
    return fail(shape.reason(), args.json);
  auto rounds = fit::read_labelled_rounds(args.rounds_file);
  if (!rounds)
    return fail(rounds.reason(), args.json);
  auto fitted = fit::fit_profile(*shape, fit::all_of(*rounds));
  if (!fitted)
    return fail(fitted.reason(), args.json);
  auto text = config::profile_text(*fitted);
  result<unit> ok = unit{};
  if (!args.out.empty())
    ok = write_file(args.out, text);
  if (ok && !args.report_dir.empty())
    ok = write_report(args, *fitted, *rounds);
  if (!ok)
    return fail(ok.reason(), args.json);
  if (args.json)
    std::cout << fit::json_of(*fitted, *rounds) << '\n';
  else
    std::cout << text;
  return exit_done;
}

} // namespace

void add_fit(CLI::App& app, action& chosen) {
  auto args = std::make_shared<fit_arguments>();
  auto* sub = app.add_subcommand(
    "fit", "Learn the weights of a scoring profile from judged rounds");
  sub->add_option("ROUNDS", args->rounds_file, "Rounds with judges' cards")
    ->required();
  sub->add_option("--profile", args->profile, "Profile whose terms are fitted")
    ->capture_default_str();
  sub->add_option("--profiles", args->profiles_dir,
                  "Directory of the profiles; default: config/scoring");
  sub->add_option("--out", args->out,
                  "Write the profile here; default: standard output");
  sub->add_option("--report", args->report_dir,
                  "Write figures and pictures of both validations here");
  sub->add_flag("--json", args->json, "Machine-readable output");
  sub->callback(
    [args, &chosen] { chosen = [args] { return run_fit(*args); }; });
}

} // namespace ringside::cli
