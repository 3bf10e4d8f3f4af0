#pragma once

#include "net/asio.hpp"

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

namespace ringside::net {

namespace ssl = asio::ssl;
using plain_stream = beast::tcp_stream;
using secure_stream = ssl::stream<beast::tcp_stream>;

} // namespace ringside::net
