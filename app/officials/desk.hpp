#pragma once

#include "app/officials/place.hpp"
#include "domain/audit/json.hpp"
#include "domain/base/strong_id.hpp"
#include "domain/base/uuid.hpp"
#include "domain/bout/command.hpp"
#include "net/client/ws_client.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ringside::officials {

using clock = std::chrono::steady_clock;

/// A version-4 UUID for a command.
uuid new_uuid();

/// What the node said about a command that is durable.
struct ack {
  std::int64_t version = 0;
  /// Events the command made.
  int events = 0;
  /// When it was sent first and when the answer was there.
  clock::time_point sent;
  clock::time_point answered;
};

using on_ack = std::function<void(const result<ack>&)>;

/// How patient a desk is.
struct desk_options {
  /// Commands on their way at once; the server takes
  /// `limits::session_in_flight_max`.
  std::size_t window = 32;
  /// A command without answer is sent once more after this.
  std::chrono::milliseconds resend{2'000};
  /// A command is given up after this, and so is a lost node.
  std::chrono::milliseconds patience{30'000};
  /// True if everything has to end now.
  std::function<bool()> stopping = [] { return false; };
};

/// One official: an account and its connection to the stream. Commands are
/// sent without waiting for the one before, within a window; whatever the
/// node is too busy for, or a lost connection took, is sent again with the
/// same `command_id`, so that nothing is done twice. Not thread-safe.
class desk {
public:
  desk(const place& where, desk_options options = {});

  result<unit> connect();

  /// Sends a command; blocks only while the window is full. `then` is called
  /// once, from a later `post`, `pump` or `drain`.
  void post(const bout_id& bout, bout::command_body what, on_ack then = {});

  /// Reads answers until `until`, or until nothing waits if that is sooner and
  /// `stay` is false.
  void pump(clock::time_point until, bool stay);

  /// Waits until everything that was posted is answered. The first refusal
  /// since the last `drain` that no `then` took, if there was one.
  result<unit> drain();

  /// Sends one command and waits for its answer.
  result<ack> ask(const bout_id& bout, bout::command_body what);

  std::size_t waiting() const noexcept {
    return pending_.size();
  }

  /// Microseconds from sending to the answer, of every ack so far.
  const std::vector<std::int64_t>& ack_us() const noexcept {
    return ack_us_;
  }

  /// Forgets the times.
  void forget_times() {
    ack_us_.clear();
  }

  /// Commands that were sent more than once.
  std::size_t resent() const noexcept {
    return resent_;
  }

private:
  struct entry {
    std::string text;
    clock::time_point sent;
    clock::time_point resend_at;
    on_ack then;
  };

  using entries = std::map<std::string, entry, std::less<>>;

  void read_one(clock::time_point until);
  void received(const json::value& frame);
  void acked(entries::iterator i, const json::value& frame);
  void refused(const json::value& frame);
  void finish(entries::iterator i, const result<ack>& outcome);
  void fail_all(const error& reason);
  void send(const std::string& text);
  void resend_due(clock::time_point now);
  void reconnect();

  desk_options options_;
  net::ws_client ws_;
  entries pending_;
  std::vector<std::int64_t> ack_us_;
  std::size_t resent_ = 0;
  bool lost_ = false;
  /// Nothing new is sent before this: the node asked to go slower.
  clock::time_point slow_until_;
  result<unit> first_refusal_{unit{}};
};

} // namespace ringside::officials
