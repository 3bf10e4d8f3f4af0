#include "domain/base/role.hpp"
#include "domain/wire/command_codec.hpp"
#include "net/router.hpp"
#include "tests/net/net_fixture.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include <yaml-cpp/yaml.h>

namespace ringside::net {
namespace {

using schema_test = net_fixture;
using name_set = std::set<std::string>;

YAML::Node load(const std::string& name) {
  return YAML::LoadFile(std::string{RINGSIDE_SOURCE_DIR} + "/schemas/" + name);
}

name_set words(const YAML::Node& list) {
  name_set out;
  for (const auto& item : list)
    out.insert(item.as<std::string>());
  return out;
}

std::string lower(std::string_view text) {
  std::string out{text};
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  return out;
}

std::string published_path(std::string_view pattern) {
  std::string out{pattern};
  if (auto at = out.find("*}"); at != std::string::npos)
    out.erase(at, 1);
  return out;
}

TEST_F(schema_test, openapi_has_exactly_the_routes_and_their_rights) {
  name_set served;
  for (const auto& r : all_routes()) {
    auto m = http::to_string(r.method);
    served.insert(lower({m.data(), m.size()}) + " " + published_path(r.pattern)
                  + " "
                  + (r.right ? std::string{text_of(*r.right)} : "everybody")
                  + (r.body == body_kind::json ? " json" : ""));
  }
  name_set described;
  for (const auto& path : load("openapi.yaml")["paths"])
    for (const auto& method : path.second) {
      auto name = method.first.as<std::string>();
      if (name == "parameters")
        continue;
      auto right = method.second["x-operation"];
      described.insert(name + " " + path.first.as<std::string>() + " "
                       + (right ? right.as<std::string>() : "everybody")
                       + (method.second["requestBody"] ? " json" : ""));
    }
  EXPECT_EQ(described, served);
}

TEST_F(schema_test, openapi_has_exactly_the_words) {
  auto schemas = load("openapi.yaml")["components"]["schemas"];
  name_set codes;
  for (auto i = 0; i <= static_cast<int>(ec::internal); ++i)
    codes.emplace(to_string(static_cast<ec>(i)));
  EXPECT_EQ(words(schemas["code"]["enum"]), codes);
  name_set roles{enum_names<role>::value.begin(),
                 enum_names<role>::value.end()};
  EXPECT_EQ(words(schemas["role"]["enum"]), roles);
  name_set types;
  for (auto type : wire::all_command_types())
    types.emplace(type);
  EXPECT_EQ(words(schemas["command"]["properties"]["type"]["enum"]), types);
}

TEST_F(schema_test, every_described_parameter_is_taken_and_no_other) {
  start();
  auto c = http("commission");
  for (const auto& path : load("openapi.yaml")["paths"]) {
    auto get = path.second["get"];
    auto where = path.first.as<std::string>();
    if (!get || !get["parameters"] || where.find("bouts") == std::string::npos)
      continue;
    if (auto at = where.find("{bout_id}"); at != std::string::npos)
      where.replace(at, 9, "b1");
    for (const auto& p : get["parameters"]) {
      auto a = c.get(where + "?" + p["name"].as<std::string>() + "=1");
      EXPECT_EQ(a->status, 200u) << where << " " << p["name"];
    }
    EXPECT_EQ(c.get(where + "?surprise=1")->status, 400u) << where;
  }
}

/// Holds a message against its description.
void expect_described(const json::object& message, const YAML::Node& all,
                      const std::string& name) {
  auto payload = all[name]["payload"];
  ASSERT_TRUE(payload) << name;
  auto required = words(payload["required"]);
  for (const auto& key : required)
    EXPECT_TRUE(message.contains(key)) << name << " lacks " << key;
  for (const auto& [key, value] : message)
    EXPECT_TRUE(payload["properties"][key] || key == "pad" || key == "who"
                || (key == "seat" && name != "subscribe"))
      << name << " has " << key;
}

TEST_F(schema_test, asyncapi_describes_every_answer) {
  start();
  auto all = load("asyncapi.yaml")["components"]["messages"];
  auto s = ws("supervisor");
  auto expect = [&](const std::string& text, const std::string& name) {
    expect_described(parsed(text), all, text_at(parsed(text), "op"));
    ASSERT_TRUE(s->send(text));
    auto answer = next(*s);
    EXPECT_EQ(text_at(answer, "op"), name == "ts_answer" ? "ts" : name);
    expect_described(answer, all, name);
  };
  expect("{\"op\":\"ping\"}", "pong");
  expect("{\"op\":\"ts\",\"n\":1,\"c0\":2}", "ts_answer");
  expect("{\"op\":\"subscribe\",\"topic\":\"bouts\"}", "snapshot");
  publish_deltas("bouts", 1);
  expect_described(next(*s, "delta"), all, "delta");
  expect("{\"op\":\"unsubscribe\",\"topic\":\"bouts\"}", "unsubscribed");
  expect("{\"op\":\"subscribe\",\"topic\":\"nope\"}", "refused");
  expect("{\"op\":\"detections\",\"source_id\":\"s1\",\"seq\":1,"
         "\"items\":[]}",
         "refused");
  expect("{\"op\":\"command\",\"bout_id\":\"b1\","
           + command_body("start_clock").substr(1),
         "ack");
}

TEST_F(schema_test, descriptions_are_served_as_given) {
  start([](server_options& o) { o.openapi_json = "{\"openapi\":\"3.1.0\"}"; });
  EXPECT_EQ(http().get("/api/v1/openapi.json")->body,
            "{\"openapi\":\"3.1.0\"}");
  EXPECT_EQ(http().get("/api/v1/asyncapi.json")->status, 404u);
}

} // namespace
} // namespace ringside::net
