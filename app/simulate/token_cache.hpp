#pragma once

#include "app/officials/accounts.hpp"
#include "app/officials/desk.hpp"

#include <chrono>
#include <map>
#include <string>

namespace ringside::simulate {

/// Keeps the tokens of the officials, so that a node does not get new accounts
/// with every bout that is played.
class token_cache {
public:
  /// The token of `name`, made by `make` where none is kept.
  result<std::string> get(const officials::token_maker& make,
                          const std::string& name, role who) {
    auto now = officials::clock::now();
    auto i = known_.find(name);
    if (i != known_.end() && now - i->second.made < age_max)
      return i->second.token;
    auto token = make(name, who);
    if (token)
      known_[name] = {*token, now};
    return token;
  }

private:
  /// Tokens are good for longer than they are kept.
  static constexpr std::chrono::hours age_max{6};

  struct entry {
    std::string token;
    officials::clock::time_point made;
  };

  std::map<std::string, entry> known_;
};

} // namespace ringside::simulate
