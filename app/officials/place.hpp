#pragma once

#include "domain/base/result.hpp"
#include "net/client/http_client.hpp"

#include <string>
#include <string_view>

namespace ringside::officials {

/// Where a node is, and how long to wait for it.
using place = net::client_options;

/// Reads `http://HOST:PORT`, with or without a slash at the end; without a
/// port it is 80. HOST is an IPv4 address or `localhost`.
/// @returns `invalid_value` for anything else, https among it: these clients
/// speak no TLS.
result<place> parse_url(std::string_view url);

/// The same place for somebody with this token.
place with_token(place where, std::string token);

/// Posts JSON, and again while the node says that it is too busy; that changed
/// nothing there.
result<net::http_answer> patient_post(net::http_client& http,
                                      const std::string& path,
                                      const std::string& json);

/// The reason of an HTTP answer that is a problem document.
error problem_of(const net::http_answer& answer);

} // namespace ringside::officials
