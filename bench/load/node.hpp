#pragma once

#include "net/client/http_client.hpp"

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace ringside::load {

/// A node under load: a process of its own, started here, on a data directory
/// that is made and removed here.
class node {
public:
  /// @param program The `ringside` program.
  explicit node(std::filesystem::path program);

  ~node();

  node(const node&) = delete;
  node& operator=(const node&) = delete;

  /// Starts the process and waits until `/readyz` says yes.
  /// @returns Nanoseconds from the start of the process to that answer.
  std::int64_t start();

  /// Ends the process in order and waits for it.
  void stop();

  // -- talking to it ----------------------------------------------------------

  std::uint16_t port() const noexcept {
    return port_;
  }

  const std::string& token(const std::string& role) const {
    return tokens_.at(role);
  }

  /// A client of this role. The node has to run.
  net::http_client client(const std::string& role) const;

  /// A bout in its first round with the clock running. @returns its id.
  std::string open_bout();

  /// Posts one command as `role`; gives up unless it is accepted.
  void command(const std::string& role, const std::string& bout,
               std::string_view fields);

  // -- what it uses -----------------------------------------------------------

  /// Resident memory, bytes.
  std::int64_t memory() const;

  /// CPU time so far, all threads, nanoseconds.
  std::int64_t cpu_ns() const;

  /// Bytes of the database with its log.
  std::int64_t disk_bytes() const;

  /// Bytes that the process made the kernel write to disk.
  std::int64_t written_bytes() const;

  /// Entries in the journal when it was last started.
  std::int64_t entries_at_start() const noexcept {
    return entries_;
  }

  const std::filesystem::path& directory() const noexcept {
    return home_;
  }

private:
  void make_tokens();
  void read_banner(int from);

  std::filesystem::path program_;
  std::filesystem::path home_;
  std::map<std::string, std::string> tokens_;
  pid_t pid_ = 0;
  int output_ = -1;
  std::uint16_t port_ = 0;
  std::int64_t entries_ = 0;
};

/// A `command_id` that no other call of this process gets.
std::string next_command_id();

/// `{"command_id":...,"type":"log_strike",...}` with what a transport adds.
std::string strike_frame(const std::string& bout, const std::string& id);

/// The text of the member `key` in canonical JSON, or empty. Finds the first
/// one; good enough for answers of a known shape.
std::string_view text_member(std::string_view json, std::string_view key);

/// The same for an integer; -1 if there is none.
std::int64_t integer_member(std::string_view json, std::string_view key);

} // namespace ringside::load
