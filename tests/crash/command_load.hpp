#pragma once

#include "net/client/ws_client.hpp"

#include <atomic>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace ringside::test {

/// What a client knows about a command it sent.
struct sent_command {
  enum class state : std::uint8_t { open, acked, refused };

  std::string id;
  std::string bout;
  /// The whole message, to be sent again as it was.
  std::string message;
  state what = state::open;
  std::int64_t version = 0;
  std::int64_t position = 0;
  /// The answer said that it was done before.
  bool replayed = false;
  /// Code of the refusal.
  std::string code;
};

/// One operator who sends durable commands without waiting for each answer,
/// and remembers everything, as a tablet does. For one thread at a time.
class command_load {
public:
  /// @param seed makes the same commands each time.
  command_load(std::string token, std::uint64_t seed);

  /// Which bout the next commands are for.
  void move_to(std::string bout) {
    bout_ = std::move(bout);
  }

  /// Sends commands, at most `window` unanswered, until the connection ends or
  /// `stop` is set and all are answered.
  void run(net::client_options where, const std::atomic<bool>& stop,
           std::size_t window);

  /// Sends commands again whose answer never came, and the last `repeats` that
  /// were acknowledged; compares. Complaints go to `faults`.
  void retry(net::client_options where, std::size_t repeats);

  std::vector<sent_command> sent;
  std::vector<std::string> faults;

private:
  bool send_next(net::ws_client& to);
  void take(const std::string& text);
  void take_answer(sent_command& c, bool ack, const std::string& text);
  std::string make_body(const std::string& id);

  std::string token_;
  std::mt19937_64 random_;
  std::string bout_;
  std::size_t open_ = 0;
};

} // namespace ringside::test
