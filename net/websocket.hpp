#pragma once

#include "net/http.hpp"

#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/beast/websocket/stream.hpp>

namespace ringside::net {

namespace websocket = beast::websocket;

} // namespace ringside::net
