#pragma once

#include "actors/runtime/services.hpp"
#include "app/config/node_config.hpp"
#include "app/node/world.hpp"
#include "domain/rules/catalog.hpp"
#include "net/options.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace ringside {

/// Files of this installation that clients get as they are.
struct site_files {
  std::string openapi_json;
  std::string asyncapi_json;
  std::map<std::string, net::static_file, std::less<>> panels;
};

/// Reads them. Errors name the file that is missing or unreadable, and the key
/// of the configuration that says where to look.
result<site_files> load_site(const config::node_config& config);

/// What the network room has to know, out of the configuration and the files
/// of this installation.
net::server_options
server_options_for(const config::node_config& config, const node_world& world,
                   site_files site, std::shared_ptr<const rules::catalog> sets,
                   const services_ptr& services);

} // namespace ringside
