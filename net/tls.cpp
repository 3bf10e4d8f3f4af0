#include "net/tls.hpp"

#include <openssl/ssl.h>

#include <utility>

namespace ringside::net {

namespace {

constexpr const char* tls12_ciphers
  = "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:"
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256";

tcp::socket move_socket(plain_stream& from, asio::io_context& to) {
  auto socket = from.release_socket();
  auto protocol = socket.local_endpoint().protocol();
  return tcp::socket{to, protocol, socket.release()};
}

} // namespace

result<std::shared_ptr<ssl::context>> make_tls(const tls_files& files) {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  auto* raw = context->native_handle();
  SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
  SSL_CTX_set_options(raw, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION
                             | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_cipher_list(raw, tls12_ciphers);
  error_code code;
  context->use_certificate_chain_file(files.certificate, code);
  if (code)
    return refuse(ec::io_error, files.certificate + ": " + code.message());
  context->use_private_key_file(files.key, ssl::context::pem, code);
  if (code)
    return refuse(ec::io_error, files.key + ": " + code.message());
  if (SSL_CTX_check_private_key(raw) != 1)
    return refuse(ec::io_error,
                  files.key + " is not the key of " + files.certificate);
  return context;
}

plain_stream rehome(plain_stream from, asio::io_context& to) {
  return plain_stream{move_socket(from, to)};
}

secure_stream rehome(secure_stream from, asio::io_context& to) {
  // The new stream takes one reference over; the old one drops its own.
  auto* state = from.native_handle();
  SSL_up_ref(state);
  return secure_stream{plain_stream{move_socket(from.next_layer(), to)}, state};
}

} // namespace ringside::net
