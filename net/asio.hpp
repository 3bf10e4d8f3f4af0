#pragma once

// Boost 1.81's awaitable.hpp needs std::exchange and does not ask for it.
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>

/// The only place that includes Boost.Asio first. The library code itself is
/// compiled once, in `asio_impl.cpp`.
namespace ringside::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
using tcp = asio::ip::tcp;
using error_code = boost::system::error_code;

} // namespace ringside::net
