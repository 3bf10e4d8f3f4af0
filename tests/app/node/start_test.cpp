#include "app/node/node.hpp"
#include "tests/support/live_node.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

/// What a node says before it makes or opens anything.
namespace ringside {
namespace {

namespace fs = std::filesystem;

class start_test : public testing::Test {
protected:
  start_test() {
    c = config::default_node_config();
    c.data = dir.path() / "data";
    c.port = 0;
  }

  /// The node must not start, name `what`, and leave no data directory.
  error expect_refused(const std::string& what) {
    auto started = node::start(c, {});
    if (started) {
      ADD_FAILURE() << "it started without " << what;
      return {};
    }
    auto why = started.reason();
    EXPECT_NE(why.detail.find(what), std::string::npos) << why.detail;
    EXPECT_FALSE(fs::exists(c.data)) << "something was made already";
    return why;
  }

  test::temporary_directory dir;
  config::node_config c;
};

TEST_F(start_test, names_a_missing_description_of_the_interface) {
  c.schemas = dir.path() / "schemas";
  auto why = expect_refused((c.schemas / "openapi.yaml").string());
  EXPECT_EQ(why.code, ec::not_found);
  EXPECT_EQ(why.field, "schemas");
  EXPECT_NE(why.hint.find("'schemas'"), std::string::npos);
  fs::create_directory(c.schemas);
  std::ofstream{c.schemas / "openapi.yaml"} << "openapi: 3.1.0\n";
  expect_refused((c.schemas / "asyncapi.yaml").string());
  std::ofstream{c.schemas / "asyncapi.yaml"} << "a: [\n";
  EXPECT_EQ(expect_refused("asyncapi.yaml").code, ec::malformed);
}

TEST_F(start_test, names_missing_panels_and_rule_sets) {
  c.panels = dir.path() / "panels";
  expect_refused((c.panels / "index.html").string());
  c.rulesets = dir.path() / "rulesets";
  expect_refused(c.rulesets.string());
}

} // namespace
} // namespace ringside
