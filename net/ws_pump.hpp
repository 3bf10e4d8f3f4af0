#pragma once

#include "net/secure.hpp"
#include "net/site.hpp"
#include "net/ws_session.hpp"

#include <optional>

namespace ringside::net {

/// Turns an admitted connection into a WebSocket session on the thread `where`,
/// to which the stream already belongs.
/// @param who Decides about sizes and buffers; rights are asked for anew.
void serve_ws(site& at, lane& where, plain_stream stream, http_request request,
              role who, std::optional<token_digest> token, slot_ptr slot);
void serve_ws(site& at, lane& where, secure_stream stream, http_request request,
              role who, std::optional<token_digest> token, slot_ptr slot);

} // namespace ringside::net
