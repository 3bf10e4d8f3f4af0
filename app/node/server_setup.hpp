#pragma once

#include "actors/runtime/services.hpp"
#include "app/config/node_config.hpp"
#include "app/node/world.hpp"
#include "domain/rules/catalog.hpp"
#include "net/options.hpp"

#include <memory>

namespace ringside {

/// What the network room has to know, out of the configuration and the files
/// of this installation. Errors name the file that is missing or unreadable.
result<net::server_options>
server_options_for(const config::node_config& config, const node_world& world,
                   std::shared_ptr<const rules::catalog> sets,
                   const services_ptr& services);

} // namespace ringside
