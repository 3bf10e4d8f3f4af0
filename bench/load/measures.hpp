#pragma once

#include "bench/load/node.hpp"
#include "bench/load/report.hpp"

#include <chrono>

namespace ringside::load {

/// How long everything takes.
struct plan {
  std::chrono::milliseconds each{5'000};
  std::chrono::milliseconds limit_each{1'000};
  /// Of the cameras: with forty strikes a second, an hour of fight.
  std::chrono::milliseconds cameras{90'000};
  /// Of the clocks, of which the first twenty seconds do not count.
  std::chrono::milliseconds clocks{140'000};
  /// Strikes per step of the screens.
  int strikes = 500;
  /// Events of the long round.
  int long_round = 10'000;
  int restarts = 20;
  /// Entries of the journal with which the node is started again.
  int journal = 45'000;
  bool many_screens = true;
};

/// Durable commands a second and their acks: closed loop at 1, 16 and 64
/// connections, open loop at 1,000 a second.
void measure_commands(node& at, const plan& how, report& out);

/// From a strike to the screens, for growing audiences.
void measure_screens(node& at, const plan& how, report& out);

/// 20,000 reports a second of 16 cameras, and when the strikes that they
/// report are shown.
void measure_cameras(node& at, const plan& how, report& out);

/// What devices behind five networks believe of the node's time.
void measure_clocks(node& at, const plan& how, report& out);

/// Memory of subscribers that just watch.
void measure_memory(node& at, const plan& how, report& out);

/// Ack times along one very long round, and a restart of its bout.
void measure_long_round(node& at, const plan& how, report& out);

/// From killing the actor of a bout to its next answer.
void measure_restart(node& at, const plan& how, report& out);

/// Start of the node with the journal that the other measures left.
void measure_start(node& at, const plan& how, report& out);

} // namespace ringside::load
