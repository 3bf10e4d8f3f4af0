#pragma once

#include "domain/timing/time_exchange.hpp"

#include <cmath>
#include <cstdint>
#include <random>

namespace ringside::timing {

/// One direction of a network: a least delay, jitter on top, and now and then
/// a stall (power save of a radio, a lost segment sent again).
struct direction {
  std::int64_t least_us = 0;
  double jitter_us = 0;
  double stall_share = 0;
  double stall_least_us = 0;
  double stall_most_us = 0;
};

/// One delay that way.
inline std::int64_t delay_us(const direction& d, std::mt19937_64& random) {
  std::uniform_real_distribution<double> unit{0, 1};
  auto time = -d.jitter_us * std::log(1 - unit(random));
  if (unit(random) < d.stall_share)
    time
      += d.stall_least_us + (d.stall_most_us - d.stall_least_us) * unit(random);
  return d.least_us + static_cast<std::int64_t>(time);
}

/// A network of section 5 of the time reference; `name` is its row.
struct network {
  const char* name = "";
  direction up;
  direction down;
  /// Resolution of the device's clock.
  std::int64_t quantum_us = 5;
};

inline constexpr network wired{"wired",
                               {130, 107, 0.02, 500, 1'200},
                               {130, 107, 0.02, 500, 1'200},
                               5};
inline constexpr network wifi{"wifi",
                              {1'350, 1'200, 0, 0, 0},
                              {1'350, 1'200, 0.1, 0, 100'000},
                              100};
inline constexpr network wifi_coarse_clock{"wifi, 1 ms clock", wifi.up,
                                           wifi.down, 1'000};
inline constexpr network crowded{"crowded",
                                 {3'500, 20'000, 0.05, 200'000, 450'000},
                                 {3'500, 20'000, 0.05, 200'000, 450'000},
                                 100};
inline constexpr network lte{"lte",
                             {16'500, 5'000, 0.01, 100'000, 250'000},
                             {22'500, 5'000, 0.01, 100'000, 250'000},
                             100};

/// A device with a clock of its own behind a network.
class remote_device {
public:
  remote_device(const network& net, std::uint64_t seed, double drift_ppm)
    : net_(net), random_(seed), drift_ppm_(drift_ppm) {
    // nop
  }

  /// What the device's clock shows at a moment of the server.
  std::int64_t shows(std::int64_t server_us) const {
    auto exact = static_cast<double>(server_us) * (1 + drift_ppm_ / 1e6);
    auto shown = offset_us_ + static_cast<std::int64_t>(exact);
    return shown / net_.quantum_us * net_.quantum_us;
  }

  /// The device asks at a moment of the server.
  time_exchange ask(std::int64_t server_us) {
    auto there = server_us + delay_us(net_.up, random_);
    auto answered = there + 50;
    return {shows(server_us), there, answered,
            shows(answered + delay_us(net_.down, random_))};
  }

  /// Its clock stands still for that time.
  void sleep(std::int64_t time_us) {
    offset_us_ -= time_us;
  }

private:
  network net_;
  std::mt19937_64 random_;
  double drift_ppm_;
  std::int64_t offset_us_ = 40'000'000'000;
};

} // namespace ringside::timing
