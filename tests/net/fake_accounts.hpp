#pragma once

#include "net/identity.hpp"

#include <map>
#include <mutex>
#include <string>

namespace ringside::net {

/// Who holds which token, for tests: changed from any thread at any time.
class fake_accounts final : public identity_source {
public:
  void put(const std::string& token, identity who) {
    std::lock_guard guard{mutex_};
    book_[digest_of(token)] = std::move(who);
  }

  void revoke(const std::string& token) {
    std::lock_guard guard{mutex_};
    book_.erase(digest_of(token));
  }

  std::optional<identity> find(const token_digest& token,
                               utc_ns) const override {
    std::lock_guard guard{mutex_};
    auto i = book_.find(token);
    return i == book_.end() ? std::nullopt : std::optional{i->second};
  }

private:
  mutable std::mutex mutex_;
  std::map<token_digest, identity> book_;
};

} // namespace ringside::net
