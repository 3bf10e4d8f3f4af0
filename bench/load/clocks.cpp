#include "bench/load/connection.hpp"
#include "bench/load/lens.hpp"
#include "bench/load/measures.hpp"
#include "domain/timing/clock_estimate.hpp"
#include "tests/support/slow_road.hpp"

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

namespace ringside::load {

namespace {

using std::chrono::milliseconds;

constexpr std::int64_t ns_per_us = 1'000;
/// Questions of the burst at the start, and between them.
constexpr int burst = 8;
constexpr std::int64_t burst_every_ns = 100'000'000;
constexpr std::int64_t ask_every_ns = 2'000'000'000;
constexpr milliseconds look_every{250};
/// A crowded device is amber until then anyway.
constexpr milliseconds settling{20'000};

/// A network of section 5 of the time reference, and what its table says of
/// the 99th percentiles, microseconds.
struct table_row {
  const char* id;
  timing::network net;
  std::int64_t error_us;
  std::int64_t bound_us;
};

const std::vector<table_row>& table() {
  static const std::vector<table_row> rows{
    {"wired", timing::wired, 190, 550},
    {"wifi", timing::wifi, 630, 2'700},
    {"wifi_coarse", timing::wifi_coarse_clock, 1'000, 3'600},
    {"crowded", timing::crowded, 3'900, 10'200},
    {"lte", timing::lte, 4'100, 23'000}};
  return rows;
}

/// A device with a clock of its own that reaches the node over a network, a
/// real socket each way.
class far_device {
public:
  far_device(reactor& on, const node& at, const table_row& row,
             std::uint64_t seed)
    : net_(row.net),
      drift_ppm_(static_cast<std::int64_t>(seed * 37 % 121) - 60),
      road_(at.port(), row.net.up, row.net.down, seed),
      line_(row.net.quantum_us),
      link_(on, road_.port(), at.token("operator"),
            [this](std::string_view frame) { received(frame); }) {
    // nop
  }

  /// Asks if it is time to.
  void ask(std::int64_t ns) {
    if (asking_ || ns < next_)
      return;
    asking_ = true;
    next_ = ns + (++asked_ < burst ? burst_every_ns : ask_every_ns);
    link_.send(R"({"op":"ts","n":)" + std::to_string(asked_) + R"(,"c0":)"
               + std::to_string(shows(now_ns())) + "}");
  }

  /// Compares what it believes with the truth.
  void look(const node_time& truth) {
    auto ns = now_ns();
    auto t = line_.at(shows(ns));
    if (!t)
      return;
    auto off = std::abs(t->at.count - truth.at(ns));
    errors.add(off * ns_per_us);
    bounds.add(t->err_us * ns_per_us);
    // One reading of a coarse clock is off by itself, and the truth is known
    // by a fast exchange only.
    broken += off > t->err_us + net_.quantum_us + truth.err_us() ? 1 : 0;
  }

  samples errors;
  samples bounds;
  int broken = 0;

private:
  std::int64_t shows(std::int64_t ns) const {
    auto us = ns / ns_per_us;
    auto shown = us + us / 1'000'000 * drift_ppm_
                 + us % 1'000'000 * drift_ppm_ / 1'000'000;
    return shown / net_.quantum_us * net_.quantum_us;
  }

  void received(std::string_view frame) {
    if (text_member(frame, "op") != "ts")
      return;
    line_.add({integer_member(frame, "c0"), integer_member(frame, "s1"),
               integer_member(frame, "s2"), shows(now_ns())});
    asking_ = false;
  }

  timing::network net_;
  std::int64_t drift_ppm_;
  test::slow_road road_;
  timing::clock_estimate line_;
  bool asking_ = false;
  int asked_ = 0;
  std::int64_t next_ = 0;
  connection link_;
};

void add_device(report& out, const table_row& row, const far_device& d) {
  auto id = std::string{"clocks/"} + row.id;
  auto figure = [&](const char* name, const char* what, const samples& of,
                    std::int64_t table_us) {
    out.add({id + "/" + name, std::string{row.net.name} + ": " + what + ", p99",
             unit_of::nanoseconds, of.at(990), table_us * ns_per_us,
             "reference table", table_us * ns_per_us * 3 / 2});
  };
  figure("error", "error of the node's time", d.errors, row.error_us);
  figure("bound", "bound of that error", d.bounds, row.bound_us);
}

} // namespace

void measure_clocks(node& at, const plan& how, report& out) {
  reactor on;
  node_time truth{on, at, 400};
  std::vector<std::unique_ptr<far_device>> devices;
  std::uint64_t seed = 0;
  for (const auto& row : table())
    devices.push_back(std::make_unique<far_device>(on, at, row, ++seed));
  for (milliseconds at_ms{0}; at_ms < how.clocks; at_ms += look_every / 5) {
    for (auto& d : devices)
      d->ask(now_ns());
    on.run_for(look_every / 5);
    if (at_ms >= settling && at_ms % look_every == milliseconds{0})
      for (auto& d : devices)
        d->look(truth);
  }
  int broken = 0;
  std::size_t looks = 0;
  for (std::size_t i = 0; i < devices.size(); ++i) {
    add_device(out, table()[i], *devices[i]);
    broken += devices[i]->broken;
    looks += devices[i]->errors.size();
  }
  out.say(std::to_string(broken) + " of " + std::to_string(looks)
          + " bounds were broken");
}

} // namespace ringside::load
