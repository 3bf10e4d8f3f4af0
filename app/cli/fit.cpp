#include "app/fit/fit_profile.hpp"
#include "app/fit/judge_effects.hpp"

#include "app/cli/cli.hpp"
#include "app/config/load_profiles.hpp"
#include "app/evaluate/evaluate.hpp"

#include <fstream>
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

int fail(const error& reason, bool json) {
  if (json)
    std::cout << error_json(reason) << '\n';
  print_error(reason);
  return exit_usage;
}

bool write_file(const std::filesystem::path& file, const std::string& text) {
  std::ofstream out{file, std::ios::binary};
  out << text;
  out.close();
  if (!out)
    print_error(refuse(ec::io_error, "cannot write " + file.string()));
  return static_cast<bool>(out);
}

/// Figures by event and by time, as text and JSON, with the pictures.
bool write_report(const fit_arguments& args, const scoring::profile& p,
                  const std::vector<fit::labelled_round>& rounds) {
  constexpr std::size_t judge_rounds_least = 100;
  std::error_code fault;
  std::filesystem::create_directories(args.report_dir, fault);
  std::filesystem::path dir{args.report_dir};
  auto judges = fit::judge_effects(p, fit::all_of(rounds), judge_rounds_least);
  if (!judges) {
    print_error(judges.reason());
    return false;
  }
  if (!write_file(dir / (p.id + "_judges.csv"), fit::csv_of(*judges)))
    return false;
  for (auto how : {evaluate::validation::event, evaluate::validation::time}) {
    evaluate::evaluate_options options;
    options.rounds_file = args.rounds_file;
    options.profile = p;
    options.how = how;
    auto e = evaluate::run_evaluation(options);
    if (!e) {
      print_error(e.reason());
      return false;
    }
    auto name = p.id + "_" + std::string{text_of(how)};
    if (!write_file(dir / (name + ".txt"), text_of(*e))
        || !write_file(dir / (name + ".json"), json_of(*e) + "\n")
        || !write_file(dir / (name + ".svg"),
                       reliability_svg(e->figures, p.id)))
      return false;
  }
  return true;
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
  if (!args.out.empty() && !write_file(args.out, text))
    return exit_failed;
  if (!args.report_dir.empty() && !write_report(args, *fitted, *rounds))
    return exit_failed;
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
