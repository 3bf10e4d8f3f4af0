#include "app/node/offline_accounts.hpp"

#include "actors/ops/account_events.hpp"
#include "actors/ops/token.hpp"
#include "actors/protocol/journal_messages.hpp"
#include "actors/runtime/journal_pace.hpp"
#include "app/node/disk_world.hpp"
#include "app/node/log_keys.hpp"
#include "app/node/log_origin.hpp"
#include "domain/audit/personal.hpp"
#include "domain/audit/sha256.hpp"
#include "domain/base/limits.hpp"
#include "domain/wire/personal.hpp"
#include "persistence/sqlite/sqlite_journal_store.hpp"

#include <array>
#include <span>
#include <utility>

#include <sodium.h>

namespace ringside {

namespace {

std::string log_name(persistence::journal_store& store, std::string wanted) {
  auto first = store.read(0, 1);
  if (first && !first->empty())
    if (auto fields = audit::parse_entry(first->front().bytes))
      return fields->log;
  return wanted.empty() ? default_origin : wanted;
}

} // namespace

result<offline_accounts>
offline_accounts::open(const std::filesystem::path& data, std::string origin) {
  if (sodium_init() < 0)
    return refuse(ec::internal, "libsodium does not start");
  auto where = persistence::data_directory::create_or_open(data);
  if (!where)
    return where.reason();
  auto store = persistence::sqlite_journal_store::open(where->journal());
  if (!store)
    return store.reason();
  auto log = log_name(**store, std::move(origin));
  // With the first entry there is a key, so that a missing one is noticed.
  if (auto keys = open_log_keys(*where, **store, log, key_access::make); !keys)
    return keys.reason();
  auto writer = persistence::journal_writer::open(**store, log, system_random);
  if (!writer)
    return writer.reason();
  offline_accounts accounts{std::move(*store), std::move(*writer)};
  if (auto ok = accounts.load(); !ok)
    return ok.reason();
  return accounts;
}

result<unit> offline_accounts::load() {
  std::uint32_t next = 0;
  for (;;) {
    auto page = store_->read_bout(protocol::system_bout, next, journal_page);
    if (!page)
      return page.reason();
    for (const auto& row : *page) {
      auto fields = audit::read_entry(row.bytes, row.personal);
      if (!fields)
        return fields.reason();
      if (auto ok = apply_account_entry(known_, fields->kind,
                                        wire::whole_data(*fields));
          !ok)
        return ok;
    }
    next += static_cast<std::uint32_t>(page->size());
    if (page->size() < journal_page)
      return unit{};
  }
}

result<unit> offline_accounts::write(std::string_view kind,
                                     const json::value& data) {
  persistence::append_batch batch{protocol::system_bout, std::nullopt, {}};
  auto split = wire::split_personal(kind, data);
  batch.drafts.push_back({"admin:offline", std::string{kind},
                          std::move(split.open), std::nullopt,
                          std::move(split.personal)});
  auto places = writer_.commit(std::span{&batch, 1}, system_utc_now());
  if (!places.front())
    return places.front().reason();
  return apply_account_entry(known_, kind, data);
}

result<unit>
offline_accounts::require_account(const std::string& account) const {
  if (known_.accounts.contains(account))
    return unit{};
  return refuse(ec::not_found, "there is no account '" + account + "'", {},
                "ringside admin list shows them");
}

result<std::string> offline_accounts::create(const std::string& name,
                                             role who) {
  if (name.empty() || name.size() > limits::name_bytes_max)
    return refuse(ec::invalid_value, "a name has 1 to 120 bytes", "name");
  account fresh{"a" + std::to_string(known_.accounts.size() + 1), name, who};
  if (auto ok = write(kind_account_created, account_created_data(fresh)); !ok)
    return ok.reason();
  return fresh.id;
}

result<std::string> offline_accounts::issue(const std::string& account,
                                            std::int64_t ttl_s) {
  if (auto ok = require_account(account); !ok)
    return ok.reason();
  std::array<std::uint8_t, 32> secret{};
  randombytes_buf(secret.data(), secret.size());
  auto token = token_text(secret);
  token_entry entry{account,
                    system_utc_now().count / 1'000'000 + ttl_s * 1'000};
  if (auto ok = write(kind_token_issued,
                      token_issued_data(audit::sha256(token), entry));
      !ok)
    return ok.reason();
  return token;
}

result<unit> offline_accounts::revoke(const std::string& account) {
  if (auto ok = require_account(account); !ok)
    return ok;
  return write(kind_tokens_revoked, tokens_revoked_data(account));
}

} // namespace ringside
