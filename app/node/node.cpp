#include "app/node/node.hpp"

#include "actors/protocol/journal_messages.hpp"
#include "actors/protocol/ops_actors.hpp"
#include "actors/runtime/caf_error.hpp"
#include "actors/runtime/settings.hpp"
#include "actors/runtime/shutdown.hpp"
#include "actors/runtime/supervisor.hpp"
#include "app/config/load_fusion.hpp"
#include "app/config/load_rulesets.hpp"
#include "app/node/account_identity.hpp"
#include "app/node/scoring_files.hpp"
#include "app/node/server_setup.hpp"
#include "app/node/tree.hpp"
#include "app/node/vendor_files.hpp"
#include "app/simulate/runner.hpp"
#include "domain/audit/json.hpp"
#include "net/server.hpp"
#include "persistence/journal_writer.hpp"

#include <array>
#include <chrono>
#include <span>
#include <utility>

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scoped_actor.hpp>

#include <sodium.h>

namespace ringside {

namespace {

constexpr std::chrono::seconds start_timeout{60};
constexpr std::int64_t code_ttl_ns = 15LL * 60 * 1'000'000'000;

/// Eight characters without look-alikes: 40 bits, read out over a table.
std::string make_admin_code() {
  constexpr std::string_view letters = "23456789abcdefghjkmnpqrstuvwxyz2";
  std::string code;
  for (int i = 0; i < 8; ++i)
    code += letters[randombytes_uniform(32)];
  return code;
}

bool has_admin(const account_book& book) {
  for (const auto& [id, a] : book.read()->accounts)
    if (a.role == role::admin)
      return true;
  return false;
}

} // namespace

struct node::parts {
  config::node_config config;
  log_sink log;
  caf::actor_system_config caf_config;
  std::shared_ptr<const rules::catalog> sets;
  site_files site;
  std::shared_ptr<node_world> world;
  audit::verify_report report;
  std::unique_ptr<caf::actor_system> system;
  services_ptr services;
  caf::actor root;
  std::unique_ptr<net::server> server;
  std::string admin_code;
  bool stopped = false;

  result<unit> start_actors();
  result<unit> start_server();
  result<unit> note_start();
  /// Where scripted bouts are played: at this node, like by anybody else.
  result<simulate::home> find_home();
  result<std::string> make_token(const std::string& name, role who);

  /// Asks an ACCOUNTS question and gives one text field of the answer.
  template <class Question>
  result<std::string> ask_accounts(Question what, std::string_view field);
};

template <class Question>
result<std::string> node::parts::ask_accounts(Question what,
                                              std::string_view field) {
  auto accounts
    = services->names.open<protocol::accounts_actor>("node/accounts");
  result<std::string> outcome{std::string{}};
  caf::scoped_actor self{*system};
  self
    ->request(caf::actor_cast<caf::actor>(accounts),
              caf::duration{start_timeout}, std::move(what))
    .receive(
      [&](const protocol::text_answer& x) {
        if (const auto* reason = std::get_if<error>(&x.outcome)) {
          outcome = *reason;
          return;
        }
        auto body = json::parse(std::get<std::string>(x.outcome));
        const auto* found = body ? body->find(field) : nullptr;
        if (found != nullptr && found->as_string() != nullptr)
          outcome = *found->as_string();
      },
      [&outcome](const caf::error& reason) { outcome = from_caf(reason); });
  return outcome;
}

result<std::string> node::parts::make_token(const std::string& name, role who) {
  const issuer self{role::admin, "node"};
  auto account
    = ask_accounts(protocol::create_account{self, name, who}, "account");
  if (!account)
    return account;
  return ask_accounts(protocol::issue_token{self, *account}, "token");
}

result<unit> node::parts::start_actors() {
  runtime_settings settings;
  settings.max_threads = static_cast<std::size_t>(config.threads);
  apply_settings(caf_config, settings);
  system = std::make_unique<caf::actor_system>(caf_config);
  services = std::make_shared<runtime_services>(*system, log);
  admin_code = make_admin_code();
  world->admin_code = admin_code;
  world->admin_code_until = {system_utc_now().count + code_ttl_ns};
  root = spawn_root(services, node_tree(world));
  result<unit> outcome{unit{}};
  caf::scoped_actor self{*system};
  self->request(root, caf::duration{start_timeout}, get_ready{})
    .receive(
      [](const is_ready&) {},
      [&outcome](const caf::error& reason) { outcome = from_caf(reason); });
  if (has_admin(*world->accounts) || world->accounts->read()->in_doubt)
    admin_code.clear();
  return outcome;
}

/// Ties this run's timeline to the wall clock, in the journal. Before any actor
/// runs: afterwards the ACCOUNTS are the only writer of the system's chain.
result<unit> node::parts::note_start() {
  auto store = world->open_writer();
  if (!store)
    return store.reason();
  auto writer
    = persistence::journal_writer::open(**store, world->origin, world->random);
  if (!writer)
    return writer.reason();
  json::object data;
  data["mono_us"] = world->time.base.count;
  data["utc_ns"] = std::to_string(system_utc_now().count);
  persistence::append_batch batch{protocol::system_bout, std::nullopt, {}};
  batch.drafts.push_back({"admin:node", "node_started",
                          json::to_text(json::value{std::move(data)}),
                          std::nullopt});
  auto places = writer->commit(std::span{&batch, 1}, world->utc_now());
  if (!places.front())
    return places.front().reason();
  return unit{};
}

result<simulate::home> node::parts::find_home() {
  if (!server || server->port() == 0)
    return refuse(ec::unavailable, "the node is starting");
  if (!config.tls_certificate.empty())
    return refuse(ec::unavailable, "scripts are played without TLS only", {},
                  "play it with `ringside simulate` at a node of its own");
  simulate::home at;
  // A node that listens everywhere is reached here, too.
  at.where.host = config.host == "0.0.0.0" ? "127.0.0.1" : config.host;
  at.where.port = server->port();
  at.tokens = [this](const std::string& name, role who) {
    return make_token(name, who);
  };
  return at;
}

result<unit> node::parts::start_server() {
  server = std::make_unique<net::server>(
    services, std::make_shared<account_identity>(world->accounts),
    server_options_for(config, *world, std::move(site), sets, services));
  return server->start();
}

node::node(std::unique_ptr<parts> p) : parts_(std::move(p)) {
  // nop
}

node::~node() {
  stop();
}

result<std::unique_ptr<node>> node::start(const config::node_config& config,
                                          const log_sink& log,
                                          const disk_progress& progress) {
  if (sodium_init() < 0)
    return refuse(ec::internal, "libsodium does not start");
  auto p = std::make_unique<parts>();
  p->config = config;
  p->log = log;
  // Everything that is only read comes first: nothing is made or locked for a
  // node that cannot start.
  auto sets = config::load_rulesets(config.rulesets);
  if (!sets)
    return sets.reason();
  p->sets = std::make_shared<const rules::catalog>(std::move(*sets));
  auto site = load_site(config);
  if (!site)
    return site.reason();
  p->site = std::move(*site);
  // Again by the CALIBRATION; here so that a wrong file refuses the start.
  if (auto profiles = read_scoring_profiles(config.scoring); !profiles)
    return profiles.reason();
  auto mappers = read_vendor_mappings(config.fusion, config.vendors);
  if (!mappers)
    return mappers.reason();
  auto fusion = config::load_fusion(config.fusion);
  if (!fusion)
    return fusion.reason();
  auto disk = open_disk(config.data, config.origin, progress);
  if (!disk)
    return disk.reason();
  p->report = disk->report;
  p->world = make_disk_world(config, *disk, p->sets);
  p->world->mappers = std::move(*mappers);
  p->world->fusion
    = std::make_shared<const fusion::fusion_plan>(std::move(*fusion));
  std::unique_ptr<node> made{new node{std::move(p)}};
  auto& self = *made->parts_;
  self.world->simulate
    = simulate::make_runner([&self] { return self.find_home(); });
  self.world->check_simulation = simulate::check;
  if (auto ok = self.note_start(); !ok)
    log_to(log, severity::alarm, "node", ok.reason().detail);
  if (auto ok = self.start_actors(); !ok)
    return ok.reason();
  if (auto ok = self.start_server(); !ok)
    return ok.reason();
  return made;
}

result<std::string> node::make_token(const std::string& name, role who) {
  return parts_->make_token(name, who);
}

std::string node::url() const {
  auto scheme = parts_->config.tls_certificate.empty() ? "http" : "https";
  return std::string{scheme} + "://" + parts_->config.host + ":"
         + std::to_string(port());
}

std::uint16_t node::port() const noexcept {
  return parts_->server->port();
}

const std::string& node::admin_code() const noexcept {
  return parts_->admin_code;
}

const audit::verify_report& node::report() const noexcept {
  return parts_->report;
}

void node::stop() {
  if (std::exchange(parts_->stopped, true))
    return;
  if (parts_->server)
    parts_->server->stop();
  if (parts_->root) {
    shutdown_options options;
    options.log = parts_->log;
    shut_down(parts_->root, "node", options);
    parts_->root = nullptr;
  }
  parts_->server.reset();
  parts_->world.reset();
  parts_->services.reset();
  parts_->system.reset();
}

} // namespace ringside
