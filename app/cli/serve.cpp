#include "app/cli/cli.hpp"
#include "app/config/node_config.hpp"
#include "app/demo/demo.hpp"
#include "app/node/node.hpp"

#include <charconv>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <memory>
#include <random>
#include <string>

namespace ringside::cli {

namespace {

struct serve_arguments {
  std::string config_file;
  std::string data;
  std::string listen;
  bool quiet = false;
  bool demo = false;
  double demo_speed = 1;
};

/// `HOST:PORT`, `:PORT` or `[::1]:PORT` into the configuration.
result<unit> set_listen(config::node_config& c, const std::string& listen) {
  auto colon = listen.rfind(':');
  if (colon == std::string::npos)
    return refuse(ec::invalid_value, "--listen wants HOST:PORT, for example "
                                     "127.0.0.1:8080");
  int port = -1;
  const auto* end = listen.data() + listen.size();
  auto [stop, wrong] = std::from_chars(listen.data() + colon + 1, end, port);
  if (wrong != std::errc{} || stop != end || port < 0 || port > 65'535)
    return refuse(ec::invalid_value, "a port is 0 to 65535");
  if (colon > 0)
    c.host = listen.substr(0, colon);
  c.port = static_cast<std::uint16_t>(port);
  return unit{};
}

result<config::node_config> configure(const serve_arguments& args) {
  auto c = config::default_node_config();
  if (!args.config_file.empty()) {
    auto loaded = config::load_node_config(args.config_file);
    if (!loaded)
      return loaded;
    c = std::move(*loaded);
  }
  if (!args.data.empty())
    c.data = args.data;
  if (!args.listen.empty())
    if (auto ok = set_listen(c, args.listen); !ok)
      return ok.reason();
  if (args.demo && !c.tls_certificate.empty())
    return refuse(ec::invalid_value, "--demo works without TLS only", "tls",
                  "leave the certificate out of the configuration");
  return c;
}

disk_progress startup_progress(bool wanted) {
  if (!wanted)
    return {};
  return [](std::uint64_t done, std::uint64_t of) {
    std::cerr << "\rchecking the journal: " << done << " of " << of
              << (done >= of ? "\n" : "") << std::flush;
  };
}

void print_banner(const node& n, const config::node_config& c) {
  std::cout << "Ringside is ready.\n"
            << "  page      " << n.url() << "/\n"
            << "  API       " << n.url() << "/api/v1\n"
            << "  data      " << std::filesystem::absolute(c.data).string()
            << "\n  journal   " << n.report().entries << " entries, "
            << (n.report().sound() ? "sound" : "NOT SOUND: read-only") << '\n';
  if (!n.admin_code().empty())
    std::cout << "  admin     one-time code " << n.admin_code()
              << " (15 minutes): POST " << n.url()
              << "/api/v1/claim {\"code\":\"...\",\"name\":\"...\"}\n";
  std::cout << "Stop with Ctrl-C." << std::endl;
}

/// Simulated officials beside the node; null if nobody asked for them.
std::unique_ptr<demo::demo> start_demo(const serve_arguments& args,
                                       const config::node_config& c, node& n,
                                       const log_sink& log) {
  if (!args.demo)
    return nullptr;
  officials::place where;
  // A node that listens everywhere is reached here, too.
  where.host = c.host == "0.0.0.0" ? "127.0.0.1" : c.host;
  where.port = n.port();
  demo::demo_options options;
  options.speed = args.demo_speed;
  options.seed = std::random_device{}();
  std::cout << "A simulated demo bout is on: open " << n.url() << "/\n"
            << std::flush;
  return std::make_unique<demo::demo>(
    where,
    [&n](const std::string& name, role who) { return n.make_token(name, who); },
    options, log);
}

/// Blocks until somebody asks the process to end.
void wait_for_signal(const sigset_t& signals) {
  int received = 0;
  sigwait(&signals, &received);
}

sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  // A file-size limit is a full disk: an error to answer, no reason to die.
  std::signal(SIGXFSZ, SIG_IGN);
  return signals;
}

/// A configuration or rule set that is wrong is for whoever wrote it; the rest
/// is the machine's.
int exit_code_for(const error& reason) {
  switch (reason.code) {
  case ec::invalid_value:
  case ec::malformed:
  case ec::too_large:
  case ec::not_found:
    return exit_usage;
  default:
    return exit_failed;
  }
}

int serve(const serve_arguments& args) {
  auto c = configure(args);
  if (!c) {
    print_error(c.reason());
    return exit_usage;
  }
  // Before any thread is made, so that all of them inherit the mask.
  auto signals = block_signals();
  auto log = stderr_log(args.quiet);
  auto started
    = node::start(*c, log, startup_progress(!args.quiet && on_terminal()));
  if (!started) {
    print_error(started.reason());
    return exit_code_for(started.reason());
  }
  auto& n = **started;
  for (const auto& f : n.report().findings)
    log({audit::is_warning(f.kind) ? severity::warning : severity::alarm,
         "journal", text_of(f)});
  print_banner(n, *c);
  auto demo = start_demo(args, *c, n, log);
  wait_for_signal(signals);
  std::cout << "Stopping." << std::endl;
  demo.reset();
  n.stop();
  return exit_done;
}

} // namespace

void add_serve(CLI::App& app, action& chosen) {
  auto args = std::make_shared<serve_arguments>();
  auto* sub = app.add_subcommand("serve", "Run a node");
  sub->add_option("--config", args->config_file,
                  "Configuration file; config/ringside.yaml lists all keys");
  sub->add_option("--data", args->data, "Data directory");
  sub->add_option("--listen", args->listen, "HOST:PORT; port 0 for any");
  sub->add_flag("--demo", args->demo,
                "Show simulated bouts with simulated officials");
  sub
    ->add_option("--demo-speed", args->demo_speed,
                 "Times the real speed of the demo")
    ->check(CLI::Range(0.1, 1'000.0));
  sub->add_flag("--quiet", args->quiet, "Log warnings and worse only");
  sub->callback([args, &chosen] { chosen = [args] { return serve(*args); }; });
}

} // namespace ringside::cli
