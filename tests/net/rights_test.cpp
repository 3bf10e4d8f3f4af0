#include "domain/bout/rights.hpp"
#include "domain/wire/command_codec.hpp"
#include "net/router.hpp"
#include "tests/net/net_fixture.hpp"

#include <set>

namespace ringside::net {
namespace {

using rights_test = net_fixture;

/// A well-formed command of every type.
const std::vector<std::pair<std::string, std::string>>& samples() {
  static const std::vector<std::pair<std::string, std::string>> all{
    {"assign_judge", "\"seat\":1,\"judge\":{\"name\":\"J\"}"},
    {"bind_seat", "\"seat\":1,\"account\":\"judge\",\"device\":\"d\""},
    {"open_round", "\"round\":1"},
    {"start_clock", ""},
    {"stop_clock", ""},
    {"close_round", "\"round\":1"},
    {"log_strike", "\"corner\":\"red\",\"technique\":\"jab\""},
    {"log_knockdown", "\"corner\":\"red\",\"tier\":\"flash\""},
    {"log_takedown", "\"corner\":\"red\""},
    {"log_submission_attempt", "\"corner\":\"red\""},
    {"log_reversal", "\"corner\":\"red\""},
    {"start_control", "\"corner\":\"red\",\"kind\":\"mount\""},
    {"end_control", "\"corner\":\"red\""},
    {"log_foul", "\"corner\":\"red\",\"code\":\"low_blow\""},
    {"deduct_point", "\"corner\":\"red\",\"points\":1,\"reason\":\"foul\""},
    {"log_press", "\"seat\":1,\"corner\":\"red\""},
    {"retract_event", "\"event_id\":\"e3\",\"reason\":\"x\""},
    {"submit_card", "\"seat\":1,\"round\":1,\"red\":10,\"blue\":9"},
    {"revise_card", "\"seat\":1,\"round\":1,\"red\":10,\"blue\":9,"
                    "\"authorised_by\":\"s\",\"reason\":\"x\""},
    {"lock_round", "\"round\":1"},
    {"unlock_round", "\"round\":1,\"authorised_by\":\"s\",\"reason\":\"x\""},
    {"record_finish", "\"corner\":\"red\",\"method\":\"ko\",\"round\":1,"
                      "\"round_ms\":1000"},
    {"approve_result", ""},
    {"publish_result", ""},
    {"cancel_bout", "\"reason\":\"x\""},
    {"add_note", "\"text\":\"x\""},
    {"raise_protest", "\"text\":\"x\""},
    {"rule_on_protest", "\"event_id\":\"e3\",\"upheld\":true,\"reason\":\"x\""},
  };
  return all;
}

/// The sample as the codec reads it, so that the expectation is the table's.
std::optional<bout::operation> operation_in(const std::string& body,
                                            std::string* why) {
  auto value = json::parse(body);
  auto parsed = wire::parse_command(*value, {role::supervisor, "x"}, nullptr);
  if (!parsed) {
    *why = parsed.reason().detail + " (" + parsed.reason().field + ")";
    return std::nullopt;
  }
  return bout::operation_of(parsed->command.body);
}

TEST_F(rights_test, every_command_by_every_role_over_both_roads) {
  start([](server_options& o) {
    o.limits.judge = o.limits.operators = o.limits.viewer = {10'000, 10'000};
  });
  std::set<bout::operation> covered;
  for (auto name : enum_names<role>::value) {
    auto who = *parse_enum<role>(name);
    auto c = http(std::string{name});
    auto s = ws(std::string{name});
    for (const auto& [type, rest] : samples()) {
      auto body = command_body(type, rest);
      std::string why;
      auto what = operation_in(body, &why);
      ASSERT_TRUE(what) << type << ": " << why;
      covered.insert(*what);
      auto may = bout::allowed(who, *what);
      auto before = stage_->commands.size();
      auto a = c.post("/api/v1/bouts/b1/commands", body);
      // The desk of a role that has none is not there; it got past the right.
      EXPECT_EQ(a->status == 403, !may) << name << " " << type << a->body;
      auto frame = command_body(type, rest);
      frame.insert(1, "\"op\":\"command\",\"bout_id\":\"b1\",");
      ASSERT_TRUE(s->send(frame));
      auto answer = next(*s);
      EXPECT_EQ(text_at(answer, "code") == "forbidden", !may)
        << name << " " << type;
      if (!may)
        EXPECT_EQ(stage_->commands.size(), before) << name << " " << type;
      else
        EXPECT_EQ(text_at(answer, "op"), "ack") << name << " " << type;
    }
  }
  EXPECT_GE(covered.size(), 18u);
}

TEST_F(rights_test, every_command_needs_a_token) {
  start();
  for (const auto& [type, rest] : samples())
    EXPECT_EQ(
      http().post("/api/v1/bouts/b1/commands", command_body(type, rest))
        ->status,
      401u)
      << type;
}

TEST_F(rights_test, every_route_by_every_role) {
  start();
  for (auto name : enum_names<role>::value) {
    auto c = http(std::string{name});
    for (const auto& r : all_routes()) {
      if (!r.right)
        continue;
      std::string path;
      for (std::string_view rest = r.pattern; !rest.empty();) {
        auto open = rest.find('{');
        path += rest.substr(0, open);
        if (open == std::string_view::npos)
          break;
        path += rest.substr(open).starts_with("{path") ? "0/000" : "b1";
        rest.remove_prefix(rest.find('}') + 1);
      }
      auto method = http::to_string(r.method);
      auto a = c.send({method.data(), method.size()}, path,
                      r.body == body_kind::json ? "{}" : "");
      ASSERT_TRUE(a) << path;
      EXPECT_EQ(a->status == 403,
                !bout::allowed(*parse_enum<role>(name), *r.right))
        << name << " " << r.pattern << " " << a->status;
      auto anonymous = http().send({method.data(), method.size()}, path,
                                   r.body == body_kind::json ? "{}" : "");
      EXPECT_EQ(anonymous->status == 401,
                !bout::allowed(role::viewer, *r.right))
        << r.pattern;
    }
  }
}

TEST_F(rights_test, every_topic_by_every_role) {
  start();
  const std::vector<std::pair<std::string, bout::operation>> topics{
    {"bouts", bout::operation::read_board},
    {"bout/b1", bout::operation::read_bout},
    {"bout/b1/board", bout::operation::read_board},
    {"bout/b1/presence", bout::operation::read_presence},
    {"assessment/b1", bout::operation::read_assessment},
    {"sources", bout::operation::read_operations},
    {"ops/profile", bout::operation::read_operations},
    {"ops/health", bout::operation::read_operations},
    {"ops/actors", bout::operation::read_operations},
    {"audit/head", bout::operation::read_board}};
  for (auto name : enum_names<role>::value) {
    auto s = ws(std::string{name});
    for (const auto& [topic, what] : topics) {
      ASSERT_TRUE(s->send("{\"op\":\"subscribe\",\"topic\":\"" + topic
                          + "\"}"));
      auto answer = next(*s);
      auto may = bout::allowed(*parse_enum<role>(name), what);
      EXPECT_EQ(text_at(answer, "op"), may ? "snapshot" : "refused")
        << name << " " << topic;
      EXPECT_EQ(text_at(answer, "topic"), topic);
    }
  }
}

} // namespace
} // namespace ringside::net
