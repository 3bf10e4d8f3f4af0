#pragma once

#include "bench/load/samples.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>

#include <sys/types.h>

/// The limits: what the same machine does in the same minute without our
/// program. The network ones run in a process of their own, as a node does.
namespace ringside::load {

// -- disk ---------------------------------------------------------------------

struct fsync_limit {
  /// Entries per second.
  std::int64_t per_second = 0;
  /// Time of one batch.
  samples batch;
};

/// Writes `entries` times `entry_bytes` and calls fdatasync, again and again,
/// round and round in a file that exists, as the log of SQLite does.
fsync_limit bare_fsync(const std::filesystem::path& directory,
                       std::size_t entries, std::size_t entry_bytes,
                       std::chrono::milliseconds time);

// -- loopback -----------------------------------------------------------------

/// What a bare server does with a message of `request` bytes.
enum class bare_job : std::uint8_t {
  /// Answers it with `reply` bytes.
  echo,
  /// Writes `reply` bytes to every other connection.
  fan_out,
};

/// A server without any protocol, in a process of its own: one thread, one
/// read and one write per message. Begins each reply with the first eight bytes
/// of the request.
class bare_server {
public:
  bare_server(bare_job job, std::size_t request, std::size_t reply);

  ~bare_server();

  bare_server(const bare_server&) = delete;
  bare_server& operator=(const bare_server&) = delete;

  std::uint16_t port() const noexcept {
    return port_;
  }

private:
  std::uint16_t port_ = 0;
  pid_t pid_ = 0;
};

struct echo_limit {
  std::int64_t per_second = 0;
  samples round_trip;
};

/// `connections` clients with `window` messages outstanding each.
echo_limit bare_echo(int connections, int window, std::size_t request,
                     std::size_t reply, std::chrono::milliseconds time);

struct fan_out_limit {
  /// From sending to the arrival at one screen, at the last one.
  samples each;
  samples last;
};

/// The same to `screens` connections, `per_second` times a second.
fan_out_limit bare_fan_out(int screens, std::size_t request, std::size_t reply,
                           int per_second, int count);

// -- actors -------------------------------------------------------------------

/// One message to an actor and back, nanoseconds, median of many.
std::int64_t bare_actor_round_trip();

} // namespace ringside::load
