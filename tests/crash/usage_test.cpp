#include "tests/crash/crash_fixture.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

namespace ringside::test {
namespace {

namespace fs = std::filesystem;

/// What the program says to wrong configurations and unusable input.
class usage_test : public crash_fixture {
protected:
  fs::path write(const std::string& name, const std::string& text) {
    auto file = here() / name;
    std::ofstream{file} << text;
    return file;
  }

  run_outcome serve(const fs::path& config) {
    return run_ringside({"serve", "--config", config.string(), "--data",
                         data().string(), "--listen", "127.0.0.1:0"});
  }

  void expect_refused(const run_outcome& outcome, const std::string& file,
                      const std::string& hint) {
    EXPECT_EQ(outcome.code, 2) << outcome.text;
    EXPECT_NE(outcome.text.find(file), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find(hint), std::string::npos) << outcome.text;
    EXPECT_FALSE(fs::exists(data())) << "refused before anything was made";
  }

  fs::path make_directory(const std::string& name, mode_t mode) {
    auto dir = here() / name;
    fs::create_directory(dir);
    EXPECT_EQ(::chmod(dir.c_str(), mode), 0);
    return dir;
  }

  int verify_code(const fs::path& what) {
    return run_ringside({"verify", what.string()}).code;
  }
};

// -- configuration ------------------------------------------------------------

TEST_F(usage_test, an_unknown_key_of_the_configuration) {
  auto config = write("node.yaml", "listen:\n  host: 127.0.0.1\n  prot: 0\n");
  expect_refused(serve(config), "node.yaml:3", "port");
}

TEST_F(usage_test, an_unknown_key_at_the_top) {
  auto config = write("node.yaml", "# comment\nbord_delay_ms: 5\n");
  expect_refused(serve(config), "node.yaml:2", "board_delay_ms");
}

TEST_F(usage_test, a_value_out_of_range) {
  auto config = write("node.yaml", "listen: {port: 70000}\n");
  expect_refused(serve(config), "node.yaml:1", "65535");
}

TEST_F(usage_test, a_configuration_that_is_not_there) {
  expect_refused(serve(here() / "none.yaml"), "none.yaml", "cannot be read");
}

TEST_F(usage_test, an_unknown_key_of_a_rule_set) {
  auto sets = here() / "rulesets";
  fs::copy(fs::path{RINGSIDE_SOURCE_DIR} / "config" / "rulesets", sets);
  auto file = sets / "mma_abc_2025.yaml";
  std::ifstream in{file};
  std::string text{std::istreambuf_iterator<char>{in}, {}};
  auto at = text.find("\njurisdiction:");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 14, "\njurisdicton:");
  std::ofstream{file, std::ios::trunc} << text;
  auto config = write("node.yaml", "rulesets: " + sets.string() + "\n");
  expect_refused(serve(config), "mma_abc_2025.yaml:8", "jurisdiction");
}

TEST_F(usage_test, wrong_command_lines) {
  for (const std::vector<std::string>& line :
       {std::vector<std::string>{},
        {"serve", "--prot", "1"},
        {"sevre"},
        {"serve", "--listen", "nowhere"},
        {"serve", "--listen", "a:99999"},
        {"serve", "--listen", "127.0.0.1:80x", "--data", data().string()},
        {"verify"},
        {"admin", "add", "X", "--role", "king"}}) {
    auto outcome = run_ringside(line);
    EXPECT_EQ(outcome.code, 2)
      << (line.empty() ? "" : line.back()) << ": " << outcome.text;
  }
  EXPECT_EQ(run_ringside({"--help"}).code, 0);
  EXPECT_EQ(run_ringside({"--version"}).code, 0);
}

TEST_F(usage_test, a_data_directory_that_others_may_enter) {
  auto dir = make_directory("open", 0755);
  auto outcome = run_ringside(
    {"serve", "--data", dir.string(), "--listen", "127.0.0.1:0"});
  EXPECT_EQ(outcome.code, 1) << outcome.text;
  EXPECT_NE(outcome.text.find("chmod 700"), std::string::npos);
}

TEST_F(usage_test, errors_of_the_data_directory_say_what_to_do) {
  auto file = write("file", "hello");
  for (const auto& place : {std::string{"/proc/x"}, std::string{"/proc/x/y"},
                            file.string(), (file / "below").string(),
                            here().string() + "/" + std::string(300, 'n')}) {
    auto outcome
      = run_ringside({"serve", "--data", place, "--listen", "127.0.0.1:0"});
    EXPECT_EQ(outcome.code, 1) << outcome.text;
    EXPECT_NE(outcome.text.find("--data"), std::string::npos) << outcome.text;
    auto admin = run_ringside({"admin", "list", "--data", place});
    EXPECT_EQ(admin.code, 1) << admin.text;
    EXPECT_NE(admin.text.find("--data"), std::string::npos) << admin.text;
  }
}

// -- input of the verifier ----------------------------------------------------

TEST_F(usage_test, verify_of_unusable_input_is_2) {
  EXPECT_EQ(verify_code(here() / "none"), 2);
  EXPECT_EQ(verify_code(write("file", "hello\n")), 2);
  EXPECT_EQ(verify_code(make_directory("empty", 0700)), 2);
  EXPECT_EQ(verify_code(make_directory("open", 0755)), 2);
  auto junk = make_directory("junk", 0700);
  std::ofstream{junk / "journal.db"} << std::string(9'000, 'x');
  EXPECT_EQ(verify_code(junk), 2);
  std::ofstream{junk / "log.key"} << std::string(32, 'k');
  ::chmod((junk / "log.key").c_str(), 0600);
  EXPECT_EQ(verify_code(junk), 2);
  auto nothing = make_directory("nothing", 0700);
  std::ofstream{nothing / "journal.db"};
  EXPECT_EQ(verify_code(nothing), 2);
}

TEST_F(usage_test, verify_leaves_no_trace) {
  auto empty = make_directory("empty", 0700);
  verify_code(empty);
  EXPECT_TRUE(fs::is_empty(empty));
  auto none = here() / "none";
  verify_code(none);
  EXPECT_FALSE(fs::exists(none));
}

TEST_F(usage_test, verify_reads_a_copy_that_others_may_enter) {
  add_people();
  start();
  ASSERT_EQ(server.stop(), 0);
  auto copy = here() / "copy";
  fs::copy(data(), copy);
  ASSERT_EQ(::chmod(copy.c_str(), 0755), 0);
  EXPECT_EQ(verify_code(copy), 0);
}

} // namespace
} // namespace ringside::test
