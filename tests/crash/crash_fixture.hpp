#pragma once

#include "domain/audit/json.hpp"
#include "tests/support/server_process.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <string_view>

namespace ringside::test {

/// The value of an environment variable as a number.
std::uint64_t number_from_environment(const char* name, std::uint64_t fallback);

/// Fields of a flat answer; empty or -1 if they are not there.
std::string text_in(const json::value& o, std::string_view key);
std::int64_t number_in(const json::value& o, std::string_view key);

/// Reads an answer of the server, whatever its size.
json::value parsed(const std::string& text);

/// A real server over a data directory of its own, with one person of each
/// role that the tests need.
class crash_fixture : public testing::Test {
protected:
  crash_fixture();

  std::filesystem::path data() const {
    return here_.path() / "data";
  }

  const std::filesystem::path& here() const noexcept {
    return here_.path();
  }

  /// Adds a person of every role in `tokens`. Before the first start.
  void add_people();

  /// Starts `server`; fails the test if it does not come up.
  void start();

  /// A command id; the same for the same seed.
  std::string fresh_id();

  /// The body of a command with a fresh id; `rest` is its other members.
  std::string body(const std::string& type, const std::string& rest = {});

  /// A bout with its first round open and the clock running; gives its id.
  std::string running_bout();

  /// Posts a command of the supervisor.
  net::http_answer command(const std::string& bout, const std::string& json);

  /// A note of the supervisor; the status of the answer.
  unsigned note(const std::string& bout, const std::string& text);

  /// The version of a bout as everybody can see it; -1 if it is not there.
  std::int64_t version_of(const std::string& bout);

  run_outcome verify(std::vector<std::string> more = {}) const;

  /// Waits until /readyz answers `status`; its last body.
  std::string wait_for_readyz(unsigned status);

  std::uint64_t seed;
  std::mt19937_64 random;
  std::string supervisor;
  std::string operator_token;
  std::string judge;
  std::string commission;
  std::string viewer;
  server_process server;
  server_start how;

private:
  scratch_directory here_;
};

/// Reads messages until one of `op`; an empty object if none came in time.
json::value next_message(net::ws_client& from, std::string_view op,
                         int timeout_ms = 5'000);

} // namespace ringside::test
