#include "domain/bout/rights.hpp"
#include "domain/wire/command_codec.hpp"
#include "net/router.hpp"
#include "tests/net/net_fixture.hpp"

#include <set>

namespace ringside::net {
namespace {

using rights_test = net_fixture;

/// A well-formed command of every type, as our own codec writes it.
std::vector<bout::command_body> samples() {
  using namespace bout;
  std::vector<bout::command_body> all{
    assign_judge{1, {"J", ""}},
    bind_seat{1, "judge", "d", false, "x"},
    open_round{1},
    start_clock{},
    stop_clock{},
    close_round{1},
    retract_event{3, "x"},
    replace_event{3, takedown{}, "x"},
    lock_round{1},
    unlock_round{1, "s", "x"},
    record_finish{corner::red, rules::result_kind::ko, 1, {1'000}},
    record_stoppage{stoppage_cause::accidental_foul, corner::red, 1, {1'000}},
    approve_result{},
    publish_result{},
    overturn_result{rules::result_kind::no_contest, {}, "g", "s", "x"},
    cancel_bout{"x"},
    add_note{"x", 0},
    raise_protest{"x", corner::red},
    rule_on_protest{3, true, "x"},
  };
  card_entry entry;
  entry.pick = corner::red;
  all.emplace_back(submit_card{1, 0, entry, "x"});
  all.emplace_back(revise_card{1, 0, entry, "s", "x"});
  for (const fact& what :
       {fact{strike{corner::red, "jab", {}, {}, {}, true, true}},
        fact{knockdown{corner::red, "flash"}}, fact{takedown{}},
        fact{submission_attempt{}}, fact{reversal{}},
        fact{control_start{corner::red, "mount"}}, fact{control_end{}},
        fact{foul{corner::red, "low_blow", false}},
        fact{deduction{corner::red, whole_points(1), "x"}},
        fact{press{1, corner::red}}})
    all.emplace_back(log_fact{what, {}});
  return all;
}

/// The body of a fresh command.
json::object fresh(const bout::command_body& body) {
  bout::command c;
  c.id = *parse_uuid(fresh_uuid());
  c.body = body;
  return *wire::command_json(c).as_object();
}

TEST_F(rights_test, the_samples_are_all_there_is) {
  std::set<std::string> types;
  std::set<std::string> known;
  for (const auto& body : samples())
    types.insert(text_at(fresh(body), "type"));
  for (auto type : wire::all_command_types())
    known.emplace(type);
  EXPECT_EQ(types, known);
}

TEST_F(rights_test, every_command_by_every_role_over_both_roads) {
  start([](server_options& o) {
    o.limits.judge = o.limits.operators = o.limits.viewer = {10'000, 10'000};
  });
  for (auto name : enum_names<role>::value) {
    auto who = *parse_enum<role>(name);
    auto c = http(std::string{name});
    auto s = ws(std::string{name});
    for (const auto& sample : samples()) {
      auto may = bout::allowed(who, bout::operation_of(sample));
      auto type = text_at(fresh(sample), "type");
      auto before = stage_->commands.size();
      auto a
        = c.post("/api/v1/bouts/b1/commands", json::to_text(fresh(sample)));
      EXPECT_EQ(a->status, may ? 200u : 403u) << name << " " << type << a->body;
      auto frame = fresh(sample);
      frame.emplace("op", "command");
      frame.emplace("bout_id", "b1");
      ASSERT_TRUE(s->send(json::to_text(frame)));
      auto answer = next(*s);
      EXPECT_EQ(text_at(answer, "op"), may ? "ack" : "refused")
        << name << " " << type;
      EXPECT_EQ(text_at(answer, "code"), may ? "" : "forbidden");
      EXPECT_EQ(text_at(answer, "command_id"), text_at(frame, "command_id"));
      EXPECT_EQ(stage_->commands.size(), before + (may ? 2 : 0));
    }
  }
}

TEST_F(rights_test, every_command_needs_a_token) {
  start();
  for (const auto& sample : samples())
    EXPECT_EQ(http()
                .post("/api/v1/bouts/b1/commands", json::to_text(fresh(sample)))
                ->status,
              401u);
  EXPECT_TRUE(stage_->commands.empty());
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
    {"assessment/b1", bout::operation::follow_assessment},
    {"fusion/b1", bout::operation::follow_assessment},
    {"sources", bout::operation::read_operations},
    {"vision/router", bout::operation::read_operations},
    {"failover", bout::operation::read_operations},
    {"ops/profile", bout::operation::read_operations},
    {"ops/health", bout::operation::read_operations},
    {"ops/actors", bout::operation::read_operations},
    {"audit/head", bout::operation::read_board}};
  for (auto name : enum_names<role>::value) {
    auto s = ws(std::string{name});
    for (const auto& [topic, what] : topics) {
      ASSERT_TRUE(
        s->send("{\"op\":\"subscribe\",\"topic\":\"" + topic + "\"}"));
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
