#pragma once

#include "domain/base/result.hpp"
#include "net/options.hpp"
#include "net/secure.hpp"

#include <memory>

namespace ringside::net {

/// A server context: TLS 1.2 and 1.3, forward secrecy and AEAD only.
/// @returns `io_error` if a file cannot be read or key and certificate do not
/// belong together.
result<std::shared_ptr<ssl::context>> make_tls(const tls_files& files);

/// The stream on another thread; nothing may be under way on the old one.
plain_stream rehome(plain_stream from, asio::io_context& to);

/// The same with its TLS state, which goes along.
secure_stream rehome(secure_stream from, asio::io_context& to);

} // namespace ringside::net
