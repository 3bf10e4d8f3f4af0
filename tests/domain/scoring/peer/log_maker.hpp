#pragma once

#include "domain/scoring/peer/log_event.hpp"

#include <string_view>
#include <vector>

namespace ringside::scoring::peer::test {

inline constexpr auto red = corner::red;
inline constexpr auto blue = corner::blue;

/// Makes logs by hand, one event a second.
class log_maker {
public:
  log_maker& put(corner c, std::string_view word, int n = 1) {
    for (int i = 0; i < n; ++i) {
      log_event e;
      e.corner = c;
      e.type = word;
      e.at_ms = now_ms_ += 1'000;
      log.push_back(e);
    }
    return *this;
  }

  /// A segment of control that was logged when it ended.
  log_maker& hold(corner c, std::string_view word, double seconds) {
    put(c, word);
    now_ms_ += static_cast<std::int64_t>(seconds * 1'000) - 1'000;
    log.back().at_ms = now_ms_;
    log.back().duration_s = seconds;
    return *this;
  }

  log_maker& judge() {
    log.back().source = log_source::judge;
    return *this;
  }

  std::vector<log_event> log;

private:
  std::int64_t now_ms_ = 0;
};

} // namespace ringside::scoring::peer::test
