#include "actors/ops/accounts.hpp"

#include "actors/ops/account_events.hpp"
#include "actors/ops/token.hpp"
#include "actors/protocol/records_actors.hpp"
#include "actors/runtime/chain_page.hpp"
#include "actors/runtime/harden.hpp"
#include "actors/runtime/journal_pace.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "domain/audit/personal.hpp"
#include "domain/audit/sha256.hpp"
#include "domain/base/limits.hpp"
#include "domain/wire/personal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <utility>

namespace ringside {

namespace {

constexpr std::int64_t admin_ttl_s = 8 * 3'600;
constexpr std::int64_t ttl_s_max = 400 * 24 * 3'600;
/// Wrong codes before the code is void.
constexpr int claim_tries_max = 5;

/// The number in an id, `a12`; 0 if it has none.
std::size_t number_of(std::string_view id) {
  std::size_t n = 0;
  if (id.starts_with('a'))
    std::from_chars(id.data() + 1, id.data() + id.size(), n);
  return n;
}

std::string text_of_object(json::object fields) {
  return json::to_text(json::value{std::move(fields)});
}

} // namespace

void accounts_state::init(accounts_deps what) {
  deps = std::move(what);
  loading = true;
  if (deps.in_doubt)
    load_failed(*deps.in_doubt);
  else
    load();
}

accounts_state::ready_promise accounts_state::when_ready() {
  auto result = self->make_response_promise<is_ready>();
  if (loading)
    waiting.push_back(result);
  else
    result.deliver(is_ready{});
  return result;
}

// -- loading ------------------------------------------------------------------

void accounts_state::load() {
  auto reader
    = deps.services->names.open<protocol::reader_actor>("node/reader");
  ask(
    self, reader, journal_timeout,
    protocol::read_bout{protocol::system_bout, loaded_entries, journal_page},
    [this](const protocol::entries_answer& page) { take_page(page); },
    [this](const error& reason) { load_failed(reason); });
}

void accounts_state::take_page(const protocol::entries_answer& page) {
  auto more = fold_chain(page, [this](const auto& fields, const auto&) {
    auto ok = apply_account_entry(known, fields.kind, wire::whole_data(fields));
    loaded_entries += ok ? 1 : 0;
    return ok;
  });
  if (!more)
    return load_failed(more.reason());
  if (*more)
    return load();
  loaded();
}

void accounts_state::loaded() {
  loading = false;
  sent_entries = loaded_entries;
  deps.book->publish(known);
  for (auto& p : std::exchange(waiting, {}))
    p.deliver(is_ready{});
}

void accounts_state::load_failed(const error& reason) {
  log_to(deps.services->log, severity::alarm, "node/accounts",
         "the accounts cannot be read: " + reason.detail);
  if (reason.code != ec::corrupt)
    return self->quit(to_caf(reason));
  // Reading again does not mend it. A revocation may be among what is lost, so
  // nobody is known: the node shows what is public, and its journal is
  // read-only.
  known = {};
  known.in_doubt = refuse(
    ec::read_only,
    "nobody is known, the journal of the accounts is damaged: " + reason.detail,
    {},
    "the node only shows what is public; stop it, `ringside verify DATA_DIR` "
    "names the entries, and restore a sound copy of the data directory");
  deps.admin_code.clear();
  loaded();
}

void accounts_state::resync() {
  if (std::exchange(loading, true))
    return;
  auto journal
    = deps.services->names.open<protocol::journal_actor>("node/journal");
  // It answers behind whatever is still on its way.
  ask(
    self, journal, journal_timeout,
    protocol::append{{protocol::system_bout, std::nullopt, {}}},
    [this](const protocol::append_answer&) { load(); },
    [this](const error& reason) { load_failed(reason); });
}

// -- changes ------------------------------------------------------------------

accounts_state::promise accounts_state::refused(error reason) {
  auto result = self->make_response_promise<protocol::text_answer>();
  result.deliver(protocol::text_answer{std::move(reason)});
  return result;
}

accounts_state::promise accounts_state::commit(const issuer& by,
                                               std::vector<change> changes,
                                               std::string body,
                                               std::function<void()> lost) {
  if (loading)
    return refused(refuse(ec::unavailable, "the accounts are being read", {},
                          "try again in a moment"));
  auto result = self->make_response_promise<protocol::text_answer>();
  persistence::append_batch batch{protocol::system_bout, sent_entries, {}};
  for (const auto& c : changes) {
    auto data = wire::split_personal(c.kind, c.data);
    batch.drafts.push_back({to_string(by), std::string{c.kind},
                            std::move(data.open), std::nullopt,
                            std::move(data.personal)});
  }
  sent_entries += static_cast<std::uint32_t>(batch.drafts.size());
  auto journal
    = deps.services->names.open<protocol::journal_actor>("node/journal");
  ask(
    self, journal, journal_timeout, protocol::append{std::move(batch)},
    [this, result, lost, changes = std::move(changes),
     body = std::move(body)](const protocol::append_answer& x) mutable {
      if (const auto* reason = std::get_if<error>(&x.outcome))
        return not_committed(result, lost, *reason);
      committed(std::get<protocol::appended>(x.outcome), changes);
      result.deliver(protocol::text_answer{std::move(body)});
    },
    [this, result, lost](const error& reason) mutable {
      not_committed(result, lost, reason);
    });
  return result;
}

void accounts_state::not_committed(promise& result,
                                   const std::function<void()>& lost,
                                   const error& reason) {
  result.deliver(protocol::text_answer{reason});
  if (lost)
    lost();
  resync();
}

void accounts_state::committed(const protocol::appended& place,
                               const std::vector<change>& changes) {
  // After a resync the journal was read past this already.
  if (place.first_bseq != loaded_entries)
    return;
  for (const auto& c : changes)
    RINGSIDE_CHECK(apply_account_entry(known, c.kind, c.data));
  loaded_entries += static_cast<std::uint32_t>(changes.size());
  deps.book->publish(known);
}

accounts_state::promise
accounts_state::create(const protocol::create_account& what) {
  if (what.name.empty() || what.name.size() > limits::name_bytes_max)
    return refused(
      refuse(ec::invalid_value, "a name has 1 to 120 bytes", "name"));
  account fresh{next_id(), what.name, what.role};
  json::object body;
  body["account"] = fresh.id;
  return commit(what.by, {{kind_account_created, account_created_data(fresh)}},
                text_of_object(std::move(body)));
}

std::string accounts_state::next_id() {
  // Not their count: an id whose entry was lost is never given again either.
  for (const auto& [id, a] : known.accounts)
    ids_given = std::max(ids_given, number_of(id));
  return "a" + std::to_string(++ids_given);
}

std::pair<std::string, accounts_state::change>
accounts_state::mint(const std::string& account, std::int64_t ttl_s) {
  std::array<std::uint8_t, 32> secret{};
  deps.random(secret);
  auto token = token_text(secret);
  token_entry entry{account, deps.utc_now().count / 1'000'000 + ttl_s * 1'000};
  return {token,
          {kind_token_issued, token_issued_data(audit::sha256(token), entry)}};
}

accounts_state::promise
accounts_state::issue(const protocol::issue_token& what) {
  if (!known.accounts.contains(what.account))
    return refused(
      refuse(ec::not_found, "there is no such account", "account"));
  if (what.ttl_s < 1 || what.ttl_s > ttl_s_max)
    return refused(
      refuse(ec::invalid_value, "a token lives 1 second to 400 days", "ttl_s"));
  auto [token, made] = mint(what.account, what.ttl_s);
  json::object body;
  body["account"] = what.account;
  body["token"] = token;
  return commit(what.by, {made}, text_of_object(std::move(body)));
}

accounts_state::promise
accounts_state::revoke(const protocol::revoke_tokens& what) {
  if (!known.accounts.contains(what.account))
    return refused(
      refuse(ec::not_found, "there is no such account", "account"));
  json::object body;
  body["account"] = what.account;
  return commit(what.by,
                {{kind_tokens_revoked, tokens_revoked_data(what.account)}},
                text_of_object(std::move(body)));
}

accounts_state::promise
accounts_state::change_role(const protocol::set_role& what) {
  if (!known.accounts.contains(what.account))
    return refused(
      refuse(ec::not_found, "there is no such account", "account"));
  json::object body;
  body["account"] = what.account;
  body["role"] = text_of(what.role);
  return commit(what.by,
                {{kind_role_set, role_set_data(what.account, what.role)}},
                text_of_object(std::move(body)));
}

bool accounts_state::has_admin() const noexcept {
  return std::any_of(
    known.accounts.begin(), known.accounts.end(),
    [](const auto& a) { return a.second.role == role::admin; });
}

accounts_state::promise
accounts_state::claim(const protocol::claim_admin& what) {
  if (known.in_doubt)
    return refused(*known.in_doubt);
  auto valid = !deps.admin_code.empty() && !has_admin() && !claiming
               && claim_tries < claim_tries_max
               && deps.utc_now() < deps.admin_code_until;
  ++claim_tries;
  if (!valid || what.code != deps.admin_code)
    return refused(refuse(ec::unauthenticated, "this code is not valid", "code",
                          "ringside admin makes an admin account offline"));
  claiming = true;
  auto called = what.name.empty() ? std::string{"admin"} : what.name;
  account fresh{next_id(), called.substr(0, limits::name_bytes_max),
                role::admin};
  auto [token, made] = mint(fresh.id, admin_ttl_s);
  json::object body;
  body["account"] = fresh.id;
  body["token"] = token;
  return commit({role::admin, fresh.id},
                {{kind_account_created, account_created_data(fresh)}, made},
                text_of_object(std::move(body)), [this] { claiming = false; });
}

protocol::text_answer accounts_state::list() const {
  json::array all;
  for (const auto& [id, a] : known.accounts)
    all.push_back(account_created_data(a));
  json::object body;
  body["accounts"] = std::move(all);
  return {text_of_object(std::move(body))};
}

accounts_impl::behavior_type accounts_behavior(accounts_state::pointer self,
                                               accounts_deps deps) {
  harden(self, deps.services->log, "node/accounts");
  self->state.init(std::move(deps));
  return {
    [self](const protocol::create_account& x) { return self->state.create(x); },
    [self](const protocol::issue_token& x) { return self->state.issue(x); },
    [self](const protocol::revoke_tokens& x) { return self->state.revoke(x); },
    [self](const protocol::set_role& x) { return self->state.change_role(x); },
    [self](const protocol::list_accounts&) { return self->state.list(); },
    [self](const protocol::claim_admin& x) { return self->state.claim(x); },
    [self](const get_ready&) { return self->state.when_ready(); },
  };
}

} // namespace ringside
