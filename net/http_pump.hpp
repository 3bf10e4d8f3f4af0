#pragma once

#include "net/http_reader.hpp"
#include "net/secure.hpp"
#include "net/site.hpp"

#include <memory>

namespace ringside::net {

/// Serves the requests of one connection, one after the other, until it ends
/// or becomes a WebSocket. Runs on the ingest thread.
void serve_http(site& at, plain_stream stream, peer from, slot_ptr slot);
void serve_http(site& at, secure_stream stream, peer from, slot_ptr slot);

} // namespace ringside::net
