#include "net/http_pump.ipp"

namespace ringside::net {

void serve_http(site& at, secure_stream stream, peer from, slot_ptr slot) {
  std::make_shared<http_pump<secure_stream>>(at, std::move(stream),
                                             std::move(from), std::move(slot))
    ->run();
}

} // namespace ringside::net
