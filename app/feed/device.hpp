#pragma once

#include "app/officials/desk.hpp"
#include "domain/base/dice.hpp"
#include "domain/timing/clock_estimate.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>

/// Synthetic cameras and operators at a real node.
namespace ringside::feed {

using officials::clock;

/// Microseconds of this process's monotonic clock.
std::int64_t local_us(clock::time_point t) noexcept;

/// A clock that is wrong: nobody tells it the time, and its quartz is off.
struct wrong_clock {
  std::int64_t ahead_us = 0;
  std::int64_t drift_ppb = 0;

  /// What it shows at a moment. Never negative within a run of some days.
  std::int64_t at(clock::time_point t) const noexcept;
};

/// One way through a network: at least `least_us`, `more_us` more on average,
/// and sometimes a stall. Nothing overtakes, as on TCP.
struct slow_network {
  std::int64_t least_us = 0;
  std::int64_t more_us = 0;
  std::int64_t stall_us = 0;
  std::int64_t stall_ppm = 0;

  std::int64_t draw(dice& d) const noexcept;
};

struct device_settings {
  wrong_clock time;
  slow_network up;
  slow_network down;
  std::uint64_t seed = 1;
};

/// A device with a connection to the stream. Not thread-safe.
class device {
public:
  /// Called with every message that is no answer to a time question.
  using on_frame = std::function<void(const json::value&)>;

  device(const officials::place& where, const device_settings& settings);

  /// Opens the stream, anew if there was one; asks for the time in a burst.
  result<unit> connect();

  /// Ends the connection without a word; what is on its way is lost.
  void cut();

  bool connected() const noexcept {
    return ws_.has_value();
  }

  /// Sends a text when the network has it through.
  void say(std::string text);

  /// Sends, asks for the time and reads until `until`, or until the connection
  /// ends.
  void pump(clock::time_point until, const on_frame& heard);

  /// Its own clock.
  std::int64_t shows(clock::time_point t) const noexcept {
    return settings_.time.at(t);
  }

  /// What the exchanges so far say about its clock.
  const timing::clock_estimate& learned() const noexcept {
    return learned_;
  }

private:
  struct parcel {
    clock::time_point due;
    std::string text;
  };

  clock::time_point through(const slow_network& way,
                            const std::deque<parcel>& before);
  void ask_time(clock::time_point now);
  void answered_time(const json::value& frame, clock::time_point now);
  bool send_due(clock::time_point now);
  void hand_over(clock::time_point now, const on_frame& heard);
  clock::time_point next_due() const;

  officials::place where_;
  device_settings settings_;
  dice dice_;
  std::optional<net::ws_client> ws_;
  std::deque<parcel> out_;
  std::deque<parcel> in_;
  timing::clock_estimate learned_{1};
  std::int64_t asked_ = 0;
  int burst_ = 0;
  bool waiting_ = false;
  clock::time_point ask_at_;
  std::optional<std::int64_t> c3_;
};

} // namespace ringside::feed
