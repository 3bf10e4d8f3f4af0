#pragma once

#include "app/feed/device.hpp"
#include "domain/base/strong_id.hpp"
#include "domain/vision/fusion/report.hpp"

#include <deque>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

namespace ringside::feed {

/// Something a camera sees or an operator taps.
struct sight {
  /// When, by this process's clock: jitter and reaction included.
  clock::time_point seen;
  /// When its picture is read, and it is sent.
  clock::time_point ready;
  fusion::report what;
};

/// Time in which a camera is gone, its connection cut.
struct absence {
  clock::time_point from;
  clock::time_point to;
};

/// What a camera said about a moment.
struct said_time {
  clock::time_point seen;
  std::int64_t at_us = 0;
  std::int64_t err_us = 0;
};

struct camera_figures {
  std::uint64_t reports = 0;
  std::uint64_t batches = 0;
  std::uint64_t resent = 0;
  std::uint64_t refused_items = 0;
  /// The node wanted less for a moment.
  std::uint64_t slowed = 0;
  std::uint64_t connections = 0;
  std::uint64_t beats = 0;
  std::vector<said_time> times;
};

/// A source at a node. `play` runs on a thread; `add` may be called from
/// another, the rest before and after.
class camera {
public:
  /// @param where With the token of an account of the role `source`.
  /// @param labels Names of the kinds.
  camera(const officials::place& where, std::string source_id,
         const device_settings& how, std::vector<std::string> labels);

  /// What it will see, in order of `ready`; behind what it was given before.
  void add(std::vector<sight> more);
  void add(std::vector<absence> more);

  /// Sends what it sees until it is stopped.
  void play(const std::stop_token& stop);

  const camera_figures& figures() const noexcept {
    return figures_;
  }

  const std::string& source_id() const noexcept {
    return source_;
  }

  const device& at() const noexcept {
    return device_;
  }

private:
  struct waiting {
    std::string text;
    clock::time_point resend_at;
  };

  bool away(clock::time_point now);
  void reconnect();
  std::vector<sight> due(clock::time_point now);
  void send(const std::vector<sight>& all);
  json::value item(const sight& s);
  void beat(clock::time_point now);
  void resend(clock::time_point now);
  void heard(const json::value& frame);
  void answered(const json::value& frame);
  void refused(const json::value& frame);

  officials::place where_;
  std::string source_;
  device device_;
  std::vector<std::string> labels_;
  net::http_client http_;
  std::mutex guard_;
  std::deque<sight> script_;
  std::deque<absence> absences_;
  std::map<std::uint64_t, waiting> unanswered_;
  std::uint64_t seq_ = 0;
  std::int64_t credit_ = 8;
  clock::time_point beat_at_;
  clock::time_point resume_at_;
  camera_figures figures_;
};

} // namespace ringside::feed
