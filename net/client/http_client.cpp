#include "net/client/http_client.hpp"

#include "net/http.hpp"

#include <boost/asio/connect.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

namespace ringside::net {

namespace {

constexpr std::uint64_t answer_bytes_max = 64 * 1024 * 1024;

error failed(error_code code) {
  return refuse(code == beast::error::timeout ? ec::timeout : ec::io_error,
                code.message());
}

} // namespace

struct http_client::parts {
  explicit parts(client_options o) : options(std::move(o)) {
    // nop
  }

  /// Runs one operation to its end; its deadline is the stream's.
  template <class Start>
  error_code run(Start start) {
    error_code out = asio::error::would_block;
    stream->expires_after(options.timeout);
    start([&out](error_code code, auto&&...) { out = code; });
    io.restart();
    io.run();
    return out;
  }

  error_code connect() {
    stream.emplace(io);
    buffer.clear();
    error_code code;
    auto address = asio::ip::make_address(options.host, code);
    if (!code)
      return run([&](auto then) {
        stream->async_connect(tcp::endpoint{address, options.port},
                              std::move(then));
      });
    tcp::resolver resolver{io};
    auto found
      = resolver.resolve(options.host, std::to_string(options.port), code);
    if (code)
      return code;
    return run(
      [&](auto then) { stream->async_connect(found, std::move(then)); });
  }

  error_code
  exchange(http_request& request,
           std::optional<http::response_parser<http::string_body>>& answer) {
    auto code = run(
      [&](auto then) { http::async_write(*stream, request, std::move(then)); });
    if (code)
      return code;
    answer.emplace();
    answer->body_limit(answer_bytes_max);
    answer->skip(request.method() == http::verb::head);
    return run([&](auto then) {
      http::async_read(*stream, buffer, *answer, std::move(then));
    });
  }

  client_options options;
  asio::io_context io{1};
  std::optional<beast::tcp_stream> stream;
  beast::flat_buffer buffer;
};

http_client::http_client(client_options options)
  : parts_(std::make_unique<parts>(std::move(options))) {
  // nop
}

http_client::~http_client() = default;

http_client::http_client(http_client&&) noexcept = default;

void http_client::use_token(std::string token) {
  parts_->options.token = std::move(token);
}

result<http_answer> http_client::send(std::string_view method,
                                      const std::string& path, std::string body,
                                      const header_map& headers) {
  auto& p = *parts_;
  http_request request;
  request.method_string({method.data(), method.size()});
  request.target(path);
  request.set(http::field::host,
              p.options.host + ":" + std::to_string(p.options.port));
  if (!p.options.token.empty())
    request.set(http::field::authorization, "Bearer " + p.options.token);
  if (!body.empty())
    request.set(http::field::content_type, "application/json");
  for (const auto& [name, value] : headers)
    request.set(name, value);
  request.body() = std::move(body);
  request.prepare_payload();
  std::optional<http::response_parser<http::string_body>> answer;
  auto fresh = !p.stream;
  auto code = fresh ? p.connect() : error_code{};
  if (!code)
    code = p.exchange(request, answer);
  // A kept connection may have been closed meanwhile; that is no failure.
  if (code && code != beast::error::timeout && !fresh) {
    code = p.connect();
    if (!code)
      code = p.exchange(request, answer);
  }
  if (code) {
    p.stream.reset();
    return failed(code);
  }
  http_answer out;
  auto& message = answer->get();
  out.status = message.result_int();
  for (const auto& field : message) {
    std::string name{field.name_string().data(), field.name_string().size()};
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
      return static_cast<char>(std::tolower(c));
    });
    out.headers[name] = std::string{field.value().data(), field.value().size()};
  }
  if (!answer->keep_alive())
    p.stream.reset();
  out.body = std::move(message.body());
  return out;
}

result<http_answer> http_client::get(const std::string& path) {
  return send("GET", path);
}

result<http_answer> http_client::post(const std::string& path,
                                      std::string json) {
  return send("POST", path, std::move(json));
}

} // namespace ringside::net
