#include "net/secure.hpp"
#include "net/websocket.hpp"
#include "tests/net/net_fixture.hpp"

#include <boost/beast/websocket/ssl.hpp>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <unistd.h>

#include <cstdio>
#include <filesystem>

namespace ringside::net {
namespace {

/// Writes a self-signed P-256 certificate and its key.
tls_files make_certificate(const std::filesystem::path& where) {
  tls_files files{(where / "cert.pem").string(), (where / "key.pem").string()};
  auto* key = EVP_EC_gen("P-256");
  auto* cert = X509_new();
  X509_set_version(cert, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
  X509_gmtime_adj(X509_getm_notBefore(cert), -60);
  X509_gmtime_adj(X509_getm_notAfter(cert), 3'600);
  X509_set_pubkey(cert, key);
  auto* name = X509_get_subject_name(cert);
  X509_NAME_add_entry_by_txt(
    name, "CN", MBSTRING_ASC,
    reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
  X509_set_issuer_name(cert, name);
  X509_sign(cert, key, EVP_sha256());
  if (auto* f = std::fopen(files.certificate.c_str(), "w")) {
    PEM_write_X509(f, cert);
    std::fclose(f);
  }
  if (auto* f = std::fopen(files.key.c_str(), "w")) {
    PEM_write_PrivateKey(f, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(f);
  }
  X509_free(cert);
  EVP_PKEY_free(key);
  return files;
}

class tls_test : public net_fixture {
protected:
  tls_test() {
    folder_ = std::filesystem::path{testing::TempDir()}
              / ("ringside_tls_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    start([this](server_options& o) { o.tls = make_certificate(folder_); });
  }

  ~tls_test() override {
    std::filesystem::remove_all(folder_);
  }

  using secure_ws = websocket::stream<ssl::stream<tcp::socket>>;

  /// A raw TLS connection that trusts anybody.
  error_code handshake(secure_ws& ws) {
    error_code code;
    beast::get_lowest_layer(ws).connect(
      {asio::ip::make_address("127.0.0.1"), node->port()}, code);
    if (!code)
      ws.next_layer().handshake(ssl::stream_base::client, code);
    return code;
  }

  asio::io_context io_;
  ssl::context context_{ssl::context::tls_client};
  std::filesystem::path folder_;
};

TEST_F(tls_test, serves_streams_on_both_threads) {
  for (const std::string token : {"judge", "viewer"}) {
    secure_ws ws{io_, context_};
    ASSERT_FALSE(handshake(ws));
    ws.set_option(
      websocket::stream_base::decorator{[token](websocket::request_type& r) {
        r.set(http::field::authorization, "Bearer " + token);
      }});
    error_code code;
    ws.handshake("localhost", "/api/v1/stream", code);
    ASSERT_FALSE(code) << token << code.message();
    for (int i = 0; i < 3; ++i) {
      ws.write(asio::buffer(std::string{"{\"op\":\"ping\"}"}), code);
      ASSERT_FALSE(code);
      std::string text;
      do {
        beast::flat_buffer in;
        ws.read(in, code);
        ASSERT_FALSE(code) << token << code.message();
        text.assign(static_cast<const char*>(in.data().data()), in.size());
      } while (text.find("heartbeat") != std::string::npos);
      EXPECT_EQ(text, "{\"op\":\"pong\"}") << token;
    }
  }
}

TEST_F(tls_test, speaks_modern_versions_only) {
  SSL_CTX_set_security_level(context_.native_handle(), 0);
  SSL_CTX_set_max_proto_version(context_.native_handle(), TLS1_1_VERSION);
  secure_ws old{io_, context_};
  EXPECT_TRUE(handshake(old));
  SSL_CTX_set_max_proto_version(context_.native_handle(), TLS1_2_VERSION);
  secure_ws good{io_, context_};
  EXPECT_FALSE(handshake(good));
  SSL_CTX_set_cipher_list(context_.native_handle(), "AES128-SHA:AES256-SHA");
  secure_ws weak{io_, context_};
  EXPECT_TRUE(handshake(weak));
}

TEST_F(tls_test, does_not_answer_plain_http) {
  EXPECT_FALSE(http().get("/healthz"));
}

} // namespace
} // namespace ringside::net
