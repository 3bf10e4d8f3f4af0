#pragma once

#include "domain/base/result.hpp"
#include "net/client/http_client.hpp"
#include "net/client/ws_client.hpp"

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ringside::test {

/// How a program ended and what it wrote to both of its outputs.
struct run_outcome {
  /// Exit code, or 128 + signal.
  int code = -1;
  std::string text;
};

/// A directory that is gone when the test is.
class scratch_directory {
public:
  scratch_directory();
  ~scratch_directory();

  scratch_directory(const scratch_directory&) = delete;
  scratch_directory& operator=(const scratch_directory&) = delete;

  const std::filesystem::path& path() const noexcept {
    return path_;
  }

private:
  std::filesystem::path path_;
};

/// The program as it is delivered.
std::filesystem::path ringside_program();

/// Runs the program to its end.
run_outcome run_ringside(const std::vector<std::string>& arguments);

/// Adds a person with `ringside admin add --json`; gives the token.
std::string add_person(const std::filesystem::path& data,
                       const std::string& name, const std::string& role);

/// How to start a server. Ports are always chosen by the system.
struct server_start {
  std::filesystem::path data;
  /// Configuration file; empty for the limits of a test, see `test_config`.
  std::filesystem::path config;
  std::map<std::string, std::string> environment;
  std::chrono::milliseconds timeout{20'000};
};

/// A configuration without rate limits and with room for many connections,
/// written beside the data directory.
std::filesystem::path test_config(const std::filesystem::path& data);

/// One `ringside serve` in a process of its own. Killed with the object.
class server_process {
public:
  server_process() = default;
  explicit server_process(server_start how);
  ~server_process();

  server_process(server_process&& other) noexcept;
  server_process& operator=(server_process&& other) noexcept;

  /// Starts the process and returns at once.
  void launch();

  /// Waits until it listens. False if it ended instead, or took too long;
  /// then `log` says why.
  bool wait_ready();

  /// `launch` and `wait_ready`.
  bool start();

  /// kill -9, and waits for the end.
  void kill_hard();

  /// SIGTERM; the exit code, or nothing if it is still there after `patience`.
  std::optional<int> stop(std::chrono::milliseconds patience
                          = std::chrono::milliseconds{10'000});

  /// Waits for the process to end by itself.
  std::optional<int> wait(std::chrono::milliseconds patience);

  bool running() const noexcept {
    return pid_ > 0;
  }

  pid_t pid() const noexcept {
    return pid_;
  }

  std::uint16_t port() const noexcept {
    return port_;
  }

  /// Everything it wrote since `launch`.
  std::string log() const;

  /// Waits until `text` is in the log.
  bool wait_for_log(const std::string& text,
                    std::chrono::milliseconds patience
                    = std::chrono::milliseconds{8'000}) const;

  /// Resident memory now, in KiB.
  long rss_kib() const;

  net::client_options client(const std::string& token = {}) const;
  net::http_client http(const std::string& token = {}) const;

private:
  std::filesystem::path log_file() const;

  server_start how_;
  pid_t pid_ = -1;
  std::uint16_t port_ = 0;
  int launches_ = 0;
};

} // namespace ringside::test
