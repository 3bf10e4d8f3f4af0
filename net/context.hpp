#pragma once

#include "actors/runtime/services.hpp"
#include "net/counters.hpp"
#include "net/host_check.hpp"
#include "net/identity.hpp"
#include "net/options.hpp"

#include <memory>
#include <optional>
#include <utility>

namespace ringside::net {

/// What all threads, sessions and requests of a server share; it does not
/// change while the server runs, the counters apart.
struct net_context {
  net_context(server_options o, host_check h,
              std::shared_ptr<const identity_source> i, services_ptr s)
    : options(std::move(o)), hosts(std::move(h)), identities(std::move(i)),
      services(std::move(s)) {
    // nop
  }

  /// Who holds the token right now, or nothing.
  std::optional<identity> identify(const token_digest& token) const {
    return identities->find(token, options.wall_clock());
  }

  mono_us now() const {
    return options.clock();
  }

  server_options options;
  host_check hosts;
  std::shared_ptr<const identity_source> identities;
  services_ptr services;
  net_counters counters;
};

} // namespace ringside::net
