#pragma once

#include "actors/ops/account_book.hpp"
#include "domain/audit/json.hpp"
#include "domain/base/result.hpp"
#include "persistence/journal_store.hpp"
#include "persistence/journal_writer.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace ringside {

/// The accounts of a data directory whose node is not running. Writes the same
/// journal entries as the ACCOUNTS actor, under the same lock, so a running
/// node and this tool can never write at once.
class offline_accounts {
public:
  /// `unavailable` if a node is running on this directory.
  static result<offline_accounts> open(const std::filesystem::path& data,
                                       std::string origin);

  const account_snapshot& known() const noexcept {
    return known_;
  }

  /// Adds a person; gives the account id.
  result<std::string> create(const std::string& name, role who);

  /// Gives a new token of an account.
  result<std::string> issue(const std::string& account, std::int64_t ttl_s);

  /// Voids all tokens of an account.
  result<unit> revoke(const std::string& account);

private:
  offline_accounts(std::unique_ptr<persistence::journal_store> store,
                   persistence::journal_writer writer)
    : store_(std::move(store)), writer_(std::move(writer)) {
    // nop
  }

  result<unit> load();
  result<unit> write(std::string_view kind, const json::value& data);
  result<unit> require_account(const std::string& account) const;

  std::unique_ptr<persistence::journal_store> store_;
  persistence::journal_writer writer_;
  account_snapshot known_;
};

} // namespace ringside
