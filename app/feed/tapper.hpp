#pragma once

#include "app/feed/camera.hpp"

namespace ringside::feed {

struct tapper_figures {
  std::uint64_t taps = 0;
  std::uint64_t resent = 0;
  std::uint64_t refused = 0;
};

/// An operator at a node: logs strikes, late as people are, with the time of
/// the device. As a `camera`, for threads.
class tapper {
public:
  /// @param where With the token of an operator.
  tapper(const officials::place& where, const device_settings& how,
         std::vector<std::string> labels);

  /// The bout that is logged from now on.
  void watch(const bout_id& bout);

  void add(std::vector<sight> more);

  void play(const std::stop_token& stop);

  const tapper_figures& figures() const noexcept {
    return figures_;
  }

private:
  struct waiting {
    std::string text;
    clock::time_point resend_at;
  };

  void send(const sight& s, const bout_id& bout);
  void send_due(clock::time_point now);
  void heard(const json::value& frame);

  device device_;
  std::vector<std::string> labels_;
  std::mutex guard_;
  bout_id bout_;
  std::deque<sight> script_;
  std::map<std::string, waiting, std::less<>> unanswered_;
  tapper_figures figures_;
};

} // namespace ringside::feed
