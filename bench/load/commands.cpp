#include "bench/load/bare.hpp"
#include "bench/load/measures.hpp"
#include "bench/load/must.hpp"
#include "bench/load/striker.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace ringside::load {

namespace {

/// Bouts of one event; connections share them.
constexpr std::size_t bouts_max = 16;
/// Commands that one connection has outstanding in the closed loop.
constexpr int window = 16;
constexpr int open_loop_rate = 1'000;
constexpr std::size_t open_loop_connections = 16;
/// Sizes of a strike and of its ack on the wire.
constexpr std::size_t request_bytes = 212;
constexpr std::size_t reply_bytes = 150;

using crowd = std::vector<std::unique_ptr<striker>>;

crowd make_crowd(reactor& on, node& at, std::size_t connections) {
  std::vector<std::string> bouts;
  for (std::size_t i = 0; i < std::min(connections, bouts_max); ++i)
    bouts.push_back(at.open_bout());
  crowd all;
  for (std::size_t i = 0; i < connections; ++i)
    all.push_back(std::make_unique<striker>(on, at, bouts[i % bouts.size()]));
  return all;
}

samples all_acks(const crowd& all) {
  samples sum;
  for (const auto& s : all)
    sum.append(s->acks());
  return sum;
}

void settle(reactor& on, const crowd& all) {
  on.run_until(
    [&all] {
      return std::all_of(all.begin(), all.end(),
                         [](const auto& s) { return s->idle(); });
    },
    10, "waiting for the last acks");
}

struct closed_loop {
  std::int64_t per_second = 0;
  samples acks;
  std::int64_t bytes_per_entry = 0;
  std::int64_t cpu_per_command = 0;
};

closed_loop run_closed(node& at, std::size_t connections,
                       std::chrono::milliseconds time) {
  auto on = std::make_unique<reactor>();
  auto all = make_crowd(*on, at, connections);
  for (auto& s : all)
    s->keep_busy(window);
  on->run_for(std::chrono::milliseconds{500});
  for (auto& s : all)
    s->forget();
  auto cpu = at.cpu_ns();
  auto disk = at.disk_bytes();
  auto begin = now_ns();
  on->run_for(time);
  auto took = now_ns() - begin;
  closed_loop found;
  found.acks = all_acks(all);
  auto count = static_cast<std::int64_t>(found.acks.size());
  found.per_second = count * 1'000'000'000 / took;
  found.cpu_per_command
    = (at.cpu_ns() - cpu) / std::max<std::int64_t>(count, 1);
  found.bytes_per_entry
    = (at.disk_bytes() - disk) / std::max<std::int64_t>(count, 1);
  for (auto& s : all)
    s->stop();
  settle(*on, all);
  return found;
}

samples run_open(node& at, std::chrono::milliseconds time) {
  auto on = std::make_unique<reactor>();
  auto all = make_crowd(*on, at, open_loop_connections);
  auto count = time.count() * open_loop_rate / 1'000;
  auto begin = now_ns() + 100'000'000;
  for (std::int64_t i = 0; i < count; ++i) {
    auto due = begin + i * 1'000'000'000 / open_loop_rate;
    on->io.restart();
    on->io.run_until(steady::time_point{std::chrono::nanoseconds{due}});
    all[static_cast<std::size_t>(i) % all.size()]->strike(due);
  }
  settle(*on, all);
  return all_acks(all);
}

void add_percentiles(report& out, const std::string& id,
                     const std::string& what, const samples& found,
                     const samples& limit, const std::string& limit_what,
                     std::optional<std::int64_t> aim_p99 = {}) {
  for (auto [name, text, mille] :
       {std::tuple{"p50", "p50", 500}, std::tuple{"p99", "p99", 990},
        std::tuple{"p999", "p99.9", 999}})
    out.add({id + "/" + name, what + ", " + text, unit_of::nanoseconds,
             found.at(mille), limit.at(mille), limit_what,
             mille == 990 ? aim_p99 : std::nullopt});
}

void closed(node& at, const plan& how, report& out, std::size_t connections) {
  auto found = run_closed(at, connections, how.each);
  auto outstanding = connections * window;
  auto bytes = static_cast<std::size_t>(
    std::max<std::int64_t>(found.bytes_per_entry, 1));
  auto disk = bare_fsync(at.directory(), outstanding, bytes, how.limit_each);
  auto wire = bare_echo(static_cast<int>(connections), window, request_bytes,
                        reply_bytes, how.limit_each);
  auto n = std::to_string(connections);
  auto id = "commands/" + n;
  auto what = n + " connections x " + std::to_string(window);
  row rate{id + "/per_second",
           "durable commands, " + what,
           unit_of::per_second,
           found.per_second,
           wire.per_second,
           "bare echo",
           {}};
  if (connections == 64)
    rate.aim = 12'000;
  out.add(rate);
  out.add({id + "/fsync",
           "the same, limit of the disk",
           unit_of::per_second,
           found.per_second,
           disk.per_second,
           "bare fdatasync of " + std::to_string(outstanding) + " x "
             + std::to_string(bytes) + " bytes",
           {}});
  out.add({id + "/cpu",
           "processor time of the node per command, " + what,
           unit_of::nanoseconds,
           found.cpu_per_command,
           0,
           {},
           {}});
  add_percentiles(out, id + "/ack", "ack under full load, " + what, found.acks,
                  wire.round_trip, "bare echo");
}

} // namespace

void measure_commands(node& at, const plan& how, report& out) {
  for (std::size_t connections : {1, 16, 64})
    closed(at, how, out, connections);
  auto acks = run_open(at, how.each);
  auto one = bare_fsync(at.directory(), 1, 4'096, how.limit_each);
  add_percentiles(out, "open_loop/1000/ack", "ack at 1,000 commands a second",
                  acks, one.batch, "bare fdatasync of 4 KiB", 10'000'000);
  auto wire = bare_echo(1, 1, request_bytes, reply_bytes, how.limit_each);
  out.add({"bare/echo/p50",
           "bare loopback round trip, p50",
           unit_of::nanoseconds,
           wire.round_trip.at(500),
           0,
           {},
           {}});
}

} // namespace ringside::load
