#include "net/command_desk.hpp"
#include "net/host_check.hpp"
#include "net/identity.hpp"
#include "net/json_request.hpp"
#include "net/outbox.hpp"
#include "net/problem.hpp"
#include "net/rate_bucket.hpp"
#include "net/reply.hpp"
#include "net/router.hpp"
#include "net/seat_lookup.hpp"
#include "net/target.hpp"
#include "net/topic.hpp"

#include <gtest/gtest.h>

#include <set>

namespace ringside::net {
namespace {

protocol::frame_text text_of_size(std::size_t n) {
  return std::make_shared<const std::string>(n, 'x');
}

TEST(target, decodes_segments_and_query) {
  auto t = parse_target("/api/v1/bouts/b%201?state=open&event=a+b");
  ASSERT_TRUE(t);
  EXPECT_EQ(t->segments.back(), "b 1");
  EXPECT_EQ(*t->find("event"), "a b");
  EXPECT_EQ(t->find("limit"), nullptr);
}

TEST(target, refuses_what_could_mean_two_things) {
  for (const auto* bad :
       {"", "x", "http://evil/", "*", "/a/../b", "/a/%2e%2e/b", "/a/%2", "/%zz",
        "/a%00", "/a%0d%0a", "/%ff", "/a#b", "/?a=1&a=2", "/?x=%c3%28"})
    EXPECT_FALSE(parse_target(bad)) << bad;
}

TEST(target, numbers_are_plain_decimals) {
  EXPECT_EQ(parse_number("0"), 0u);
  EXPECT_EQ(parse_number("9007199254740991"), 9007199254740991u);
  for (const auto* bad : {"", "-1", "+1", "01", "1.0", "1e3", " 1",
                          "9007199254740992", "99999999999999999999"})
    EXPECT_FALSE(parse_number(bad)) << bad;
}

TEST(host_check, knows_names_with_ports_and_brackets) {
  EXPECT_EQ(host_name("LocalHost:8080"), "localhost");
  EXPECT_EQ(host_name("[::1]:80"), "::1");
  EXPECT_EQ(host_name("venue.example"), "venue.example");
  for (const auto* bad : {"", "a:b", "[::1", "a b", "a/b", "a@b", ":80"})
    EXPECT_EQ(host_name(bad), "") << bad;
}

TEST(host_check, refuses_rebound_names_and_foreign_origins) {
  host_check check{{"localhost"}, {"https://venue.example"}, false};
  EXPECT_TRUE(check.host_allowed("localhost:1", "10.0.0.1"));
  EXPECT_TRUE(check.host_allowed("10.0.0.1", "10.0.0.1"));
  EXPECT_FALSE(check.host_allowed("evil.example", "10.0.0.1"));
  EXPECT_FALSE(check.host_allowed("10.0.0.2", "10.0.0.1"));
  EXPECT_TRUE(check.origin_allowed("https://venue.example", "localhost"));
  EXPECT_TRUE(check.origin_allowed("http://localhost:1", "localhost:1"));
  EXPECT_FALSE(check.origin_allowed("http://localhost:2", "localhost:1"));
  EXPECT_FALSE(check.origin_allowed("https://localhost:1", "localhost:1"));
  EXPECT_FALSE(check.origin_allowed("null", "localhost:1"));
  EXPECT_FALSE(check.origin_allowed("https://venue.example.evil", "x"));
}

TEST(identity, reads_tokens_and_cookies_strictly) {
  EXPECT_EQ(bearer_token("Bearer abc_-1"), "abc_-1");
  EXPECT_EQ(bearer_token("bearer  abc"), "abc");
  for (const auto* bad :
       {"", "Bearer", "Bearer ", "Basic abc", "Bearer a b", "Bearer a\"b"})
    EXPECT_FALSE(bearer_token(bad)) << bad;
  EXPECT_FALSE(bearer_token("Bearer " + std::string(129, 'a')));
  EXPECT_EQ(cookie_value("a=1; rsid=xyz; b=2", "rsid"), "xyz");
  EXPECT_FALSE(cookie_value("a=1; xrsid=xyz", "rsid"));
  EXPECT_FALSE(cookie_value("rsid=a; rsid=b", "rsid"));
}

TEST(rate_bucket, lets_a_burst_through_and_then_the_rate) {
  rate_bucket b{{20, 40}};
  mono_us now{1'000'000};
  for (int i = 0; i < 40; ++i)
    EXPECT_TRUE(b.take(now)) << i;
  EXPECT_FALSE(b.take(now));
  EXPECT_EQ(b.retry_after_s(), 1);
  EXPECT_FALSE(b.take(after(now, ringside::milliseconds(49))));
  EXPECT_TRUE(b.take(after(now, ringside::milliseconds(50))));
  EXPECT_FALSE(b.take(after(now, ringside::milliseconds(50))));
  // A clock that steps back gives nothing away.
  EXPECT_FALSE(b.take(now));
}

TEST(outbox, drops_frames_but_never_answers) {
  subscription a;
  subscription b;
  outbox box{3, 1'000};
  EXPECT_TRUE(box.push_frame(text_of_size(10), &a));
  EXPECT_TRUE(box.push_answer(text_of_size(10)));
  EXPECT_TRUE(box.push_frame(text_of_size(10), &b));
  EXPECT_FALSE(box.push_frame(text_of_size(10), &a));
  EXPECT_EQ(box.drop_frames(), (std::vector<const subscription*>{&a, &b}));
  EXPECT_EQ(box.size(), 1u);
  EXPECT_EQ(box.bytes(), 10u);
  EXPECT_NE(box.pop(), nullptr);
  EXPECT_EQ(box.pop(), nullptr);
  EXPECT_EQ(box.bytes(), 0u);
}

TEST(outbox, counts_bytes_but_takes_one_big_snapshot) {
  subscription a;
  outbox box{100, 50};
  EXPECT_TRUE(box.push_frame(text_of_size(500), &a));
  EXPECT_FALSE(box.push_frame(text_of_size(1), &a));
  box.forget(&a);
  EXPECT_TRUE(box.empty());
  EXPECT_TRUE(box.push_answer(text_of_size(50)));
  EXPECT_FALSE(box.push_answer(text_of_size(1)));
}

TEST(router, matches_parameters_and_tails) {
  auto match = [](std::string_view pattern, const char* path) {
    return match_pattern(pattern, parse_target(path)->segments);
  };
  auto one = match("/a/{id}/b", "/a/x/b");
  ASSERT_TRUE(one);
  EXPECT_EQ(one->front().second, "x");
  auto tail = match("/actors/{name*}/restart", "/actors/node/hub/restart");
  ASSERT_TRUE(tail);
  EXPECT_EQ(tail->front().second, "node/hub");
  EXPECT_FALSE(match("/a/{id}", "/a"));
  EXPECT_FALSE(match("/a/{id}", "/a/"));
  EXPECT_FALSE(match("/a/{id}", "/a/x/y"));
  EXPECT_FALSE(match("/actors/{name*}/restart", "/actors/restart"));
}

TEST(router, has_every_route_once) {
  std::set<std::pair<std::string, std::string>> seen;
  for (const auto& r : all_routes())
    EXPECT_TRUE(
      seen.emplace(http::to_string(r.method), std::string{r.pattern}).second)
      << r.pattern;
}

TEST(problem, has_a_status_for_every_code) {
  for (auto i = 0; i <= static_cast<int>(ec::internal); ++i) {
    auto status = status_of(static_cast<ec>(i));
    EXPECT_GE(status, 400u);
    EXPECT_NE(phrase_of(status), "Unknown") << i;
  }
  EXPECT_EQ(status_of(ec::read_only), 503u);
  EXPECT_EQ(status_of(ec::command_id_reused), 409u);
  EXPECT_EQ(problem_json(409, refuse(ec::round_locked, "no", "round", "wait")),
            "{\"code\":\"round_locked\",\"detail\":\"no\",\"field\":\"round\","
            "\"hint\":\"wait\",\"status\":409,\"title\":\"Conflict\",\"type\":"
            "\"urn:ringside:problem:round_locked\"}");
}

TEST(reply, dates_are_independent_of_the_locale) {
  EXPECT_EQ(http_date(utc_ns{784'111'777'000'000'000}),
            "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(topic, decides_right_and_audience) {
  auto bout = parse_topic("bout/b1");
  ASSERT_TRUE(bout);
  EXPECT_EQ(stream_of("bout/b1", *bout, role::judge, 2).audience,
            (wire::audience{wire::audience::kind::judge, 2}));
  auto board = parse_topic("bout/b1/board");
  ASSERT_TRUE(board);
  EXPECT_EQ(
    stream_of("bout/b1/board", *board, role::supervisor, 0).audience.who,
    wire::audience::kind::public_);
  EXPECT_EQ(parse_topic("bout/b1/presence")->right,
            bout::operation::read_presence);
  for (const auto* bad :
       {"", "bout", "bout/", "bout/b1/", "bout/b1/x", "bout/../x",
        "ops/secrets", "bouts/", "assessment/", "fusion/", "bout//board"})
    EXPECT_FALSE(parse_topic(bad)) << bad;
}

TEST(door, follows_from_role_and_seat) {
  bout::command c;
  c.by.role = role::judge;
  c.body = bout::submit_card{2, 1, {}, {}};
  EXPECT_EQ(*door_of(bout_id{"b1"}, c), "bout/b1/seat/2");
  c.body = bout::log_fact{bout::press{3, corner::red}, {}};
  EXPECT_EQ(*door_of(bout_id{"b1"}, c), "bout/b1/seat/3");
  c.body = bout::add_note{};
  EXPECT_EQ(*door_of(bout_id{"b1"}, c), "bout/b1/desk/judge");
  c.body = bout::bind_seat{9, {}, {}, false, {}};
  EXPECT_EQ(door_of(bout_id{"b1"}, c).reason().code, ec::invalid_value);
  c.by.role = role::supervisor;
  c.body = bout::bind_seat{2, "j", {}, true, "x"};
  EXPECT_EQ(*door_of(bout_id{"b1"}, c), "bout/b1/desk/supervisor");
  c.body = bout::create_bout{};
  EXPECT_EQ(*door_of({}, c), "bouts");
}

TEST(seat_lookup, believes_the_state_of_the_bout_only) {
  constexpr auto state = "{\"seats\":[{\"account\":\"\",\"seat\":1},"
                         "{\"account\":\"anna\",\"seat\":2}]}";
  EXPECT_EQ(seat_in(state, "anna"), 2);
  EXPECT_EQ(seat_in(state, "bert"), 0);
  EXPECT_EQ(seat_in(state, ""), 0);
  EXPECT_EQ(seat_in("{}", "anna"), 0);
  EXPECT_EQ(seat_in("nonsense", "anna"), 0);
}

TEST(json_request, refuses_everything_outside_of_the_profile) {
  EXPECT_TRUE(parse_request("{\"a\":[1,\"x\",true]}"));
  for (const auto* bad :
       {"", "[]", "1", "{", "{\"a\":1,\"a\":2}", "{\"a\":1.5}", "{\"a\":1e3}",
        "{\"a\":NaN}", "{\"a\":Infinity}", "{\"a\":null}", "{\"a\":-0}",
        "{\"a\":9223372036854775808}", "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\xff\"}", "{\"a\":1}x", "{\"A\":1}", "{a:1}", "{\"a\":1,}"})
    EXPECT_EQ(parse_request(bad).reason().code, ec::malformed) << bad;
  std::string deep
    = "{\"a\":" + std::string(16, '[') + std::string(16, ']') + "}";
  EXPECT_FALSE(parse_request(deep));
  std::string huge = "{\"a\":" + std::string(8'000, '[');
  EXPECT_FALSE(parse_request(huge));
  EXPECT_EQ(parse_request(std::string(20'000, ' ')).reason().code,
            ec::too_large);
}

} // namespace
} // namespace ringside::net
