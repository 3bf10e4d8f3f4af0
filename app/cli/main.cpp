#include "app/cli/cli.hpp"

#include <exception>
#include <iostream>

/// The `ringside` program. Exit 0: done; 1: the work failed; 2: wrong usage.
int main(int argc, char** argv) {
  using namespace ringside;
  CLI::App app{"Ringside judges combat sports live and proves it afterwards."};
  app.set_version_flag("--version", std::string{RINGSIDE_VERSION});
  app.require_subcommand(1);
  app.fallthrough();
  cli::action chosen;
  cli::add_serve(app, chosen);
  cli::add_replay(app, chosen);
  cli::add_verify(app, chosen);
  cli::add_admin(app, chosen);
  cli::add_evaluate(app, chosen);
  cli::add_fit(app, chosen);
  cli::add_calibrate(app, chosen);
  cli::add_simulate(app, chosen);
  cli::add_judges(app, chosen);
  cli::add_fit_synthetic(app, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& stop) {
    return app.exit(stop) == 0 ? cli::exit_done : cli::exit_usage;
  }
  try {
    return chosen();
  } catch (const std::exception& problem) {
    std::cerr << "ringside: " << problem.what() << '\n';
    return cli::exit_failed;
  }
}
