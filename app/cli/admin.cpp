#include "actors/ops/account_events.hpp"
#include "app/cli/cli.hpp"
#include "app/config/node_config.hpp"
#include "app/node/erase_personal.hpp"
#include "app/node/offline_accounts.hpp"
#include "app/node/rotate_key.hpp"
#include "domain/audit/json.hpp"

#include <iostream>
#include <memory>
#include <string>

namespace ringside::cli {

namespace {

struct admin_arguments {
  std::string data = "data/node";
  std::string origin;
  std::string name;
  std::string role_name;
  std::string account;
  std::uint64_t entry = 0;
  std::string reason;
  std::int64_t ttl_hours = 14;
  bool json = false;
};

/// The greatest number that an entry can hold.
constexpr std::uint64_t entry_max = (std::uint64_t{1} << 53) - 1;

using arguments_ptr = std::shared_ptr<admin_arguments>;

int print(const admin_arguments& args, json::object fields) {
  if (args.json) {
    std::cout << json::to_text(json::value{std::move(fields)}) << '\n';
    return exit_done;
  }
  for (const auto& [key, value] : fields)
    std::cout << key << ": "
              << (value.as_string() != nullptr ? *value.as_string()
                                               : json::to_text(value))
              << '\n';
  return exit_done;
}

int add_person(const admin_arguments& args) {
  auto wanted = parse_enum<role>(args.role_name);
  if (!wanted) {
    std::cerr << "ringside: there is no role '" << args.role_name << "'\n";
    return exit_usage;
  }
  auto accounts = offline_accounts::open(args.data, args.origin);
  if (!accounts)
    return fail(accounts.reason(), args.json);
  auto account = accounts->create(args.name, *wanted);
  if (!account)
    return fail(account.reason(), args.json);
  auto token = accounts->issue(*account, args.ttl_hours * 3'600);
  if (!token)
    return fail(token.reason(), args.json);
  json::object fields;
  fields["account"] = *account;
  fields["role"] = args.role_name;
  fields["token"] = *token;
  return print(args, std::move(fields));
}

int new_token(const admin_arguments& args) {
  auto accounts = offline_accounts::open(args.data, args.origin);
  if (!accounts)
    return fail(accounts.reason(), args.json);
  auto token = accounts->issue(args.account, args.ttl_hours * 3'600);
  if (!token)
    return fail(token.reason(), args.json);
  json::object fields;
  fields["account"] = args.account;
  fields["token"] = *token;
  return print(args, std::move(fields));
}

int revoke(const admin_arguments& args) {
  auto accounts = offline_accounts::open(args.data, args.origin);
  if (!accounts)
    return fail(accounts.reason(), args.json);
  if (auto done = accounts->revoke(args.account); !done)
    return fail(done.reason(), args.json);
  json::object fields;
  fields["account"] = args.account;
  return print(args, std::move(fields));
}

int rotate_key(const admin_arguments& args) {
  auto done = rotate_log_key(args.data);
  if (!done)
    return fail(done.reason(), args.json);
  json::object fields;
  fields["old_key"] = audit::vkey_text(done->old_key);
  fields["new_key"] = audit::vkey_text(done->new_key);
  fields["entry"] = done->entry;
  return print(args, std::move(fields));
}

int erase(const admin_arguments& args) {
  auto done = erase_personal(args.data, args.entry, args.reason);
  if (!done)
    return fail(done.reason(), args.json);
  json::object fields;
  fields["entry"] = args.entry;
  fields["bout"] = done->bout;
  fields["kind"] = done->kind;
  fields["erased_before"] = !done->recorded.has_value();
  if (done->recorded)
    fields["recorded"] = *done->recorded;
  return print(args, std::move(fields));
}

int list(const admin_arguments& args) {
  auto accounts = offline_accounts::open(args.data, args.origin);
  if (!accounts)
    return fail(accounts.reason(), args.json);
  json::array all;
  for (const auto& [id, a] : accounts->known().accounts) {
    if (!args.json)
      std::cout << id << '\t' << text_of(a.role) << '\t' << a.name << '\n';
    all.push_back(account_created_data(a));
  }
  if (!args.json)
    return exit_done;
  json::object fields;
  fields["accounts"] = std::move(all);
  return print(args, std::move(fields));
}

CLI::App* add_job(CLI::App& admin, const arguments_ptr& args,
                  const std::string& name, const std::string& what,
                  int (*run)(const admin_arguments&), action& chosen) {
  auto* sub = admin.add_subcommand(name, what);
  sub->add_option("--data", args->data, "The data directory")
    ->capture_default_str();
  sub->add_option("--origin", args->origin,
                  "Name of the log, if the directory is fresh");
  sub->add_flag("--json", args->json, "Machine-readable output");
  sub->callback(
    [args, run, &chosen] { chosen = [args, run] { return run(*args); }; });
  return sub;
}

} // namespace

void add_admin(CLI::App& app, action& chosen) {
  auto args = std::make_shared<admin_arguments>();
  auto* admin = app.add_subcommand(
    "admin",
    "People, tokens and the log key, offline: the node must not be running");
  admin->require_subcommand(1);
  auto* person = add_job(*admin, args, "add", "Add a person and print a token",
                         add_person, chosen);
  person->add_option("NAME", args->name, "Name of the person")->required();
  person
    ->add_option("--role", args->role_name,
                 "admin, supervisor, timekeeper, operator, judge, commission, "
                 "broadcast, source or viewer")
    ->required();
  person->add_option("--hours", args->ttl_hours, "How long the token lives")
    ->capture_default_str();
  auto* token
    = add_job(*admin, args, "token", "Print a new token", new_token, chosen);
  token->add_option("ACCOUNT", args->account, "Account id")->required();
  token->add_option("--hours", args->ttl_hours, "How long the token lives")
    ->capture_default_str();
  add_job(*admin, args, "revoke", "Void all tokens of an account", revoke,
          chosen)
    ->add_option("ACCOUNT", args->account, "Account id")
    ->required();
  add_job(*admin, args, "rotate-key",
          "Give the log a new signing key; the old one signs it", rotate_key,
          chosen);
  auto* gone = add_job(*admin, args, "erase",
                       "Erase the text about a person that an entry commits "
                       "to; the journal says so, every proof still holds",
                       erase, chosen);
  gone->add_option("--entry", args->entry, "Position of the entry")
    ->check(CLI::Range(std::uint64_t{0}, entry_max))
    ->required();
  gone
    ->add_option("--reason", args->reason,
                 "Why; it stays in the journal for ever, so name nobody")
    ->required();
  add_job(*admin, args, "list", "List all accounts", list, chosen);
}

} // namespace ringside::cli
