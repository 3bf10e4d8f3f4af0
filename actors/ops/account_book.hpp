#pragma once

#include "domain/audit/hash.hpp"
#include "domain/base/error.hpp"
#include "domain/base/role.hpp"

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ringside {

/// One person or device.
struct account {
  std::string id;
  std::string name;
  ringside::role role = ringside::role::viewer;
};

/// A secret that stands for an account. Only its SHA-256 is kept.
struct token_entry {
  std::string account;
  std::int64_t expires_utc_ms = 0;
};

/// Everybody the node knows, frozen. The fold of the account entries of the
/// journal; a new one replaces the old one as a whole.
struct account_snapshot {
  std::map<std::string, account, std::less<>> accounts;
  std::map<audit::hash, token_entry> tokens;
  /// Set if nobody is known because the journal of accounts is damaged.
  std::optional<error> in_doubt;

  /// Who holds this token now; nothing if it is unknown or expired.
  std::optional<account> find(const audit::hash& token,
                              std::int64_t now_utc_ms) const;
};

/// The present snapshot, for the network threads. They ask on every message,
/// so that a revoked token or a changed role takes effect at once. Written by
/// the ACCOUNTS only; thread-safe.
class account_book {
public:
  std::shared_ptr<const account_snapshot> read() const {
    return data_.load(std::memory_order_acquire);
  }

  void publish(account_snapshot snapshot) {
    data_.store(std::make_shared<const account_snapshot>(std::move(snapshot)),
                std::memory_order_release);
  }

private:
  std::atomic<std::shared_ptr<const account_snapshot>> data_{
    std::make_shared<const account_snapshot>()};
};

/// The kinds of journal entries that are about accounts.
inline constexpr std::string_view kind_account_created = "account_created";
inline constexpr std::string_view kind_role_set = "role_set";
inline constexpr std::string_view kind_token_issued = "token_issued";
inline constexpr std::string_view kind_tokens_revoked = "tokens_revoked";

} // namespace ringside
