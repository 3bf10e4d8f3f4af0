#include "bench/load/measures.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace ringside::load {

namespace {

struct arguments {
  std::string program;
  std::string json_file;
  std::vector<std::string> only;
  bool quick = false;
};

plan plan_for(const arguments& args) {
  plan how;
  if (!args.quick)
    return how;
  how.each = std::chrono::milliseconds{1'500};
  how.limit_each = std::chrono::milliseconds{300};
  how.cameras = std::chrono::milliseconds{5'000};
  how.clocks = std::chrono::milliseconds{25'000};
  how.strikes = 100;
  how.long_round = 2'000;
  how.restarts = 5;
  how.journal = 5'000;
  return how;
}

void start_fresh(node& at, const plan&, report& out) {
  out.add({"start/fresh",
           "start with an empty journal",
           unit_of::nanoseconds,
           at.start(),
           0,
           {},
           {}});
}

using measure = void (*)(node&, const plan&, report&);

struct named_measure {
  std::string name;
  measure run;
};

/// In this order: the later ones use the journal of the earlier ones.
const std::vector<named_measure>& all_measures() {
  static const std::vector<named_measure> all{
    {"memory", measure_memory},         {"commands", measure_commands},
    {"screens", measure_screens},       {"cameras", measure_cameras},
    {"clocks", measure_clocks},         {"restart", measure_restart},
    {"long_round", measure_long_round}, {"start", measure_start}};
  return all;
}

bool wanted(const arguments& args, const std::string& name) {
  return args.only.empty()
         || std::find(args.only.begin(), args.only.end(), name)
              != args.only.end();
}

int run(const arguments& args, const std::string& command) {
  auto how = plan_for(args);
  report out;
  for (const auto& m : all_measures()) {
    if (!wanted(args, m.name))
      continue;
    // Each on a fresh journal, so that none pays for what another left.
    node at{args.program};
    if (&m == &all_measures().front())
      start_fresh(at, how, out);
    else
      at.start();
    m.run(at, how, out);
  }
  out.markdown(std::cout, command);
  if (!args.json_file.empty())
    std::ofstream{args.json_file} << json::to_text(out.to_json(command))
                                  << '\n';
  return 0;
}

} // namespace

} // namespace ringside::load

/// Measures a node from outside. Exit 0: done, 1: a measurement failed, 2:
/// wrong usage. It never fails because something was slow.
int main(int argc, char** argv) {
  using namespace ringside::load;
  CLI::App app{"Load on a real Ringside node, beside the limits of the "
               "machine."};
  arguments args;
  args.program = RINGSIDE_PROGRAM;
  app.add_option("--program", args.program, "The ringside program to start")
    ->capture_default_str();
  app.add_option("--json", args.json_file, "Write the result here, too");
  std::vector<std::string> names;
  for (const auto& m : all_measures())
    names.push_back(m.name);
  app.add_option("--only", args.only, "Some of them, with commas between")
    ->delimiter(',')
    ->check(CLI::IsMember{names});
  app.add_flag("--quick", args.quick, "A short run, to see that it works");
  std::string command = "ringside-load";
  for (int i = 1; i < argc; ++i)
    command += std::string{" "} + argv[i];
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& stop) {
    return app.exit(stop) == 0 ? 0 : 2;
  }
  return run(args, command);
}
