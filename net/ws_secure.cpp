#include "net/ws_pump.ipp"

namespace ringside::net {

void serve_ws(site& at, lane& where, secure_stream stream, http_request request,
              role who, std::optional<token_digest> token, slot_ptr slot) {
  start_ws(at, where, std::move(stream), std::move(request), who, token,
           std::move(slot));
}

} // namespace ringside::net
