#include "tests/net/net_fixture.hpp"

#include <thread>

namespace ringside::net {
namespace {

using http_limits = net_fixture;

const std::string host = "Host: localhost\r\n";

unsigned status_of_raw(const std::string& answer) {
  return answer.size() > 12
           ? static_cast<unsigned>(std::stoi(answer.substr(9, 3)))
           : 0;
}

TEST_F(http_limits, closes_a_slow_header) {
  start([](server_options& o) {
    o.limits.header = std::chrono::milliseconds{300};
  });
  auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(raw("GET / HTTP/1.1\r\nHost: lo"), "");
  EXPECT_EQ(raw(""), "");
  auto took = std::chrono::steady_clock::now() - begin;
  EXPECT_LT(took, std::chrono::milliseconds{2'500});
  while (node->counters().connections.load() > 0)
    ASSERT_LT(std::chrono::steady_clock::now() - begin,
              std::chrono::seconds{5});
}

TEST_F(http_limits, the_header_deadline_is_a_total_one) {
  start([](server_options& o) {
    o.limits.header = std::chrono::milliseconds{300};
  });
  http_client c{client()};
  ASSERT_EQ(c.get("/healthz")->status, 200u);
  // A byte now and then does not buy more time: see `raw`, which sends at once.
  auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(raw("GET /healthz HTTP/1.1\r\n" + host + "X: "), "");
  EXPECT_LT(std::chrono::steady_clock::now() - begin,
            std::chrono::milliseconds{1'500});
}

TEST_F(http_limits, closes_a_slow_body_and_an_idle_connection) {
  start([](server_options& o) {
    o.limits.body = std::chrono::milliseconds{200};
    o.limits.idle = std::chrono::milliseconds{200};
  });
  auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(raw("POST /api/v1/bouts HTTP/1.1\r\n" + host
                + "Content-Length: 10\r\n\r\n{"),
            "");
  auto answer = raw("GET /healthz HTTP/1.1\r\n" + host + "\r\n");
  EXPECT_EQ(status_of_raw(answer), 200u);
  EXPECT_LT(std::chrono::steady_clock::now() - begin,
            std::chrono::milliseconds{2'000});
}

TEST_F(http_limits, refuses_big_headers_and_bodies) {
  start();
  auto big = raw("GET / HTTP/1.1\r\n" + host + "X: " + std::string(9'000, 'x')
                 + "\r\n\r\n");
  EXPECT_EQ(status_of_raw(big), 431u) << big;
  auto endless
    = raw("GET / HTTP/1.1\r\n" + host + "X: " + std::string(20'000, 'x'));
  EXPECT_EQ(status_of_raw(endless), 431u);
  auto body = raw("POST /api/v1/bouts HTTP/1.1\r\n" + host
                  + "Content-Length: 70000\r\n\r\n");
  EXPECT_EQ(status_of_raw(body), 413u);
  auto chunked = raw("POST /api/v1/bouts HTTP/1.1\r\n" + host
                     + "Transfer-Encoding: chunked\r\n\r\n11171\r\n"
                     + std::string(70'001, ' ') + "\r\n0\r\n\r\n");
  EXPECT_EQ(status_of_raw(chunked), 413u);
  // Between the limit for commands and that for bodies: read, then refused.
  auto a
    = http("supervisor")
        .post("/api/v1/bouts", "{\"a\":\"" + std::string(17'000, 'x') + "\"}");
  EXPECT_EQ(a->status, 413u);
  EXPECT_EQ(text_at(parsed(a->body), "code"), "too_large");
}

TEST_F(http_limits, refuses_what_a_proxy_may_read_differently) {
  start(
    [](server_options& o) { o.limits.idle = std::chrono::milliseconds{50}; });
  auto status = [this](const std::string& bytes) {
    return status_of_raw(raw(bytes, 1'000));
  };
  EXPECT_EQ(status("GET / HTTP/1.1\r\nX: a\r\n\r\n"), 400u);
  EXPECT_EQ(status("GET / HTTP/1.1\r\n" + host + host + "\r\n"), 400u);
  EXPECT_EQ(status("GET / HTTP/1.1\r\n" + host + "X: a\r\n b\r\n\r\n"), 400u);
  EXPECT_EQ(status("GET / HTTP/1.1\r\n" + host + "X: a\r\n\tb\r\n\r\n"), 400u);
  EXPECT_EQ(status("GET http://localhost/ HTTP/1.1\r\n" + host + "\r\n"), 400u);
  EXPECT_EQ(status("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"), 421u);
  EXPECT_EQ(status("TRACE / HTTP/1.1\r\n" + host + "\r\n"), 405u);
  EXPECT_EQ(status("CONNECT localhost:1 HTTP/1.1\r\n" + host + "\r\n"), 405u);
  EXPECT_EQ(status("BREW / HTTP/1.1\r\n" + host + "\r\n"), 405u);
  EXPECT_EQ(status("POST / HTTP/1.1\r\n" + host
                   + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "0\r\n\r\n"),
            400u);
  EXPECT_EQ(status("POST / HTTP/1.1\r\n" + host
                   + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd"),
            400u);
  EXPECT_EQ(status("GET / HTTP/1.1\n" + host + "\r\n\r\n"), 400u);
  EXPECT_EQ(status("hello\r\n\r\n"), 400u);
  EXPECT_EQ(status(std::string("\x16\x03\x01\0\r\n\r\n", 8)), 400u);
}

TEST_F(http_limits, serves_pipelined_requests_in_order) {
  start();
  auto one = "GET /healthz HTTP/1.1\r\n" + host + "\r\n";
  auto two = "GET /nothing HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n";
  auto answer = raw(one + two);
  EXPECT_EQ(status_of_raw(answer), 200u);
  EXPECT_NE(answer.find("HTTP/1.1 404 Not Found"), std::string::npos);
}

TEST_F(http_limits, ends_a_connection_after_so_many_requests) {
  start([](server_options& o) { o.limits.requests_per_connection = 3; });
  std::string many;
  for (int i = 0; i < 5; ++i)
    many += "GET /healthz HTTP/1.1\r\n" + host + "\r\n";
  auto answer = raw(many);
  std::size_t count = 0;
  for (auto at = answer.find("HTTP/1.1 200"); at != std::string::npos;
       at = answer.find("HTTP/1.1 200", at + 1))
    ++count;
  EXPECT_EQ(count, 3u);
  EXPECT_NE(answer.find("Connection: close"), std::string::npos);
}

TEST_F(http_limits, tells_a_waiting_client_to_go_on) {
  start();
  auto answer = raw("POST /api/v1/claim HTTP/1.1\r\n" + host
                      + "Content-Type: application/json\r\n"
                        "Expect: 100-continue\r\nContent-Length: 28\r\n\r\n",
                    500);
  EXPECT_EQ(answer, "HTTP/1.1 100 Continue\r\n\r\n");
}

TEST_F(http_limits, refuses_malformed_json) {
  start();
  auto c = http("supervisor");
  for (const auto* bad :
       {"", "x", "[]", "{\"a\":1,\"a\":1}", "{\"a\":NaN}", "{\"a\":1.5}",
        "{\"a\":null}", "{\"a\":\"\xc3\x28\"}", "{\"a\":1e999}",
        "{\"a\":9223372036854775808}", "{\"a\":\"\\ud800\"}"}) {
    auto a = c.send("POST", "/api/v1/bouts/b1/commands", bad,
                    {{"Content-Type", "application/json"}});
    EXPECT_EQ(a->status, 400u) << bad;
    EXPECT_EQ(text_at(parsed(a->body), "code"), "malformed") << bad;
  }
  auto deep
    = "{\"a\":" + std::string(7'000, '[') + std::string(7'000, ']') + "}";
  EXPECT_EQ(c.post("/api/v1/bouts/b1/commands", deep)->status, 400u);
  auto unknown = c.post("/api/v1/bouts/b1/commands",
                        command_body("open_round", "\"round\":1,\"rond\":1"));
  EXPECT_EQ(unknown->status, 400u);
  EXPECT_EQ(text_at(parsed(unknown->body), "field"), "rond");
  EXPECT_TRUE(stage_->commands.empty());
}

TEST_F(http_limits, refuses_other_content_types_and_methods) {
  start();
  auto c = http("supervisor");
  auto post = [&](const char* type) {
    return c
      .send("POST", "/api/v1/bouts/b1/commands", command_body("start_clock"),
            {{"Content-Type", type}})
      ->status;
  };
  EXPECT_EQ(post("text/plain"), 415u);
  EXPECT_EQ(post("application/x-www-form-urlencoded"), 415u);
  EXPECT_EQ(post("application/jsonx"), 415u);
  EXPECT_EQ(post("application/json; charset=utf-8"), 200u);
  auto wrong = c.send("DELETE", "/api/v1/bouts");
  EXPECT_EQ(wrong->status, 405u);
  EXPECT_EQ(wrong->headers["allow"], "GET, POST");
  EXPECT_EQ(c.post("/api/v1/nothing", "{}")->status, 404u);
  EXPECT_EQ(c.send("GET", "/healthz", "x")->status, 400u);
}

TEST_F(http_limits, refuses_pages_of_other_sites) {
  start();
  auto c = http("supervisor");
  auto post = [&](http_client::header_map headers) {
    return c
      .send("POST", "/api/v1/bouts/b1/commands", command_body("start_clock"),
            headers)
      ->status;
  };
  auto own = "http://127.0.0.1:" + std::to_string(node->port());
  EXPECT_EQ(post({{"Origin", own}}), 200u);
  EXPECT_EQ(post({{"Origin", "http://evil.example"}}), 403u);
  EXPECT_EQ(post({{"Origin", "null"}}), 403u);
  EXPECT_EQ(post({{"Sec-Fetch-Site", "cross-site"}}), 403u);
  EXPECT_EQ(post({{"Sec-Fetch-Site", "same-origin"}}), 200u);
}

TEST_F(http_limits, limits_writes_and_wrong_tokens_per_address) {
  start([](server_options& o) {
    o.limits.http_writes = {1, 3};
    o.limits.failures = {1, 2};
  });
  auto c = http("supervisor");
  auto send = [&] {
    return c.post("/api/v1/bouts/b1/commands", command_body("start_clock"));
  };
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(send()->status, 200u);
  auto limited = send();
  EXPECT_EQ(limited->status, 429u);
  EXPECT_FALSE(limited->headers["retry-after"].empty());
  auto guess = http("guess");
  EXPECT_EQ(guess.get("/api/v1/bouts")->status, 401u);
  EXPECT_EQ(guess.get("/api/v1/bouts")->status, 401u);
  EXPECT_EQ(guess.get("/api/v1/bouts")->status, 429u);
  EXPECT_EQ(c.get("/api/v1/bouts")->status, 200u);
}

} // namespace
} // namespace ringside::net
