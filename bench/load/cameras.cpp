#include "bench/load/bare.hpp"
#include "bench/load/lens.hpp"
#include "bench/load/measures.hpp"
#include "bench/load/must.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ringside::load {

namespace {

constexpr int ring_count = 4;
constexpr int cameras_per_ring = 4;
/// 25 reports fifty times a second from each: 20,000 a second in all.
constexpr int reports_per_batch = 25;
constexpr std::int64_t period_ns = 20'000'000;
constexpr int camera_rate_hz = 1'250;
/// A strike every 100 ms in each ring, red and blue in turn; each is reported
/// until the next one.
constexpr int batches_per_strike = 5;
/// Periods between two words of a screen.
constexpr int word_every = 250;
/// What the fusion waits for the other cameras: `announce` of the plan
/// `standard`.
constexpr std::int64_t announce_ns = 140'000'000;

/// A bout, its cameras and one who watches what is fused.
class ring {
public:
  ring(reactor& on, node& at, const node_time& time, int number)
    : time_(time), bout_(at.open_bout()),
      screen_(on, at.port(), at.token("supervisor"),
              [this](std::string_view frame) { received(frame); }) {
    screen_.send(R"({"op":"subscribe","topic":"fusion/)" + bout_ + R"("})");
    for (auto n = 0; n < cameras_per_ring; ++n)
      cameras_.push_back(std::make_unique<lens>(
        on, at, "c" + std::to_string(number * cameras_per_ring + n), bout_,
        camera_rate_hz));
  }

  /// What camera `c` has to say in its `n`-th period, which is now.
  void period(std::size_t c, int n) {
    auto strike = n / batches_per_strike;
    // The screen answers no pings, and is to be there all the same.
    if (c == 0 && n % word_every == 0)
      screen_.send(R"({"op":"ts","n":1,"c0":1})");
    if (c == 0 && n % batches_per_strike == 0) {
      at_us_ = time_.at(now_ns());
      sent_[at_us_] = now_ns();
    }
    cameras_[c]->report(strike % 2 == 0 ? "red" : "blue", at_us_,
                        reports_per_batch);
  }

  bool idle() const {
    for (const auto& c : cameras_)
      if (c->taken() < c->sent())
        return false;
    return true;
  }

  std::vector<std::unique_ptr<lens>>& cameras() {
    return cameras_;
  }

  /// From the first report of a strike to its first delta at a screen, beyond
  /// what the fusion waits.
  const samples& shown() const noexcept {
    return shown_;
  }

  /// Strikes that were reported.
  std::size_t strikes() const noexcept {
    return strikes_ + sent_.size();
  }

  void forget() {
    strikes_ = 0;
    sent_.clear();
    shown_ = {};
    for (auto& c : cameras_)
      c->forget();
  }

private:
  void received(std::string_view frame) {
    auto now = now_ns();
    constexpr std::string_view mark = R"("t_us":)";
    for (auto at = frame.find(mark); at != std::string_view::npos;
         at = frame.find(mark, at)) {
      at += mark.size();
      std::int64_t t = 0;
      std::from_chars(frame.data() + at, frame.data() + frame.size(), t);
      saw(t, now);
    }
  }

  void saw(std::int64_t t, std::int64_t now) {
    constexpr std::int64_t near_us = 40'000;
    auto i = sent_.lower_bound(t - near_us);
    if (i == sent_.end() || i->first > t + near_us)
      return;
    shown_.add(now - i->second - announce_ns);
    sent_.erase(i);
    ++strikes_;
  }

  const node_time& time_;
  std::string bout_;
  connection screen_;
  std::vector<std::unique_ptr<lens>> cameras_;
  std::int64_t at_us_ = 0;
  /// Strikes that no screen shows yet: when they were reported first.
  std::map<std::int64_t, std::int64_t> sent_;
  std::size_t strikes_ = 0;
  samples shown_;
};

class arena {
public:
  explicit arena(node& at) : time_(*on_, at, 20) {
    for (auto n = 0; n < ring_count; ++n)
      rings_.push_back(std::make_unique<ring>(*on_, at, time_, n));
    on_->run_for(std::chrono::milliseconds{500});
  }

  /// Open loop: each camera sends when it is due.
  void play(std::chrono::milliseconds time) {
    auto periods = static_cast<int>(time.count() * 1'000'000 / period_ns);
    auto begin = now_ns() + period_ns;
    constexpr auto step = period_ns / (ring_count * cameras_per_ring);
    for (auto n = 0; n < periods; ++n)
      for (auto k = 0; k < ring_count * cameras_per_ring; ++k) {
        on_->io.restart();
        on_->io.run_until(steady::time_point{
          std::chrono::nanoseconds{begin + n * period_ns + k * step}});
        rings_[static_cast<std::size_t>(k / cameras_per_ring)]->period(
          static_cast<std::size_t>(k % cameras_per_ring), n);
      }
    took_ns_ = now_ns() - begin;
    on_->run_until(
      [this] {
        return std::all_of(rings_.begin(), rings_.end(),
                           [](const auto& r) { return r->idle(); });
      },
      30, "waiting for the answers to reports");
    on_->run_for(std::chrono::milliseconds{1'000});
  }

  std::vector<std::unique_ptr<ring>>& rings() {
    return rings_;
  }

  std::int64_t took_ns() const noexcept {
    return took_ns_;
  }

private:
  std::unique_ptr<reactor> on_ = std::make_unique<reactor>();
  node_time time_;
  std::vector<std::unique_ptr<ring>> rings_;
  std::int64_t took_ns_ = 0;
};

void add_times(report& out, const std::string& id, const std::string& what,
               const samples& times, const samples& limit,
               std::optional<std::int64_t> aim) {
  for (auto [name, mille] : {std::pair{"p50", 500}, std::pair{"p99", 990}})
    out.add({id + "/" + name, what + ", " + name, unit_of::nanoseconds,
             times.at(mille), limit.at(mille), "bare fan-out",
             mille == 990 ? aim : std::nullopt});
}

/// Everything the cameras of an arena did.
struct harvest {
  samples shown;
  samples answers;
  std::int64_t reports = 0;
  std::size_t strikes = 0;
};

harvest harvest_of(arena& live) {
  harvest all;
  for (auto& r : live.rings()) {
    all.shown.append(r->shown());
    all.strikes += r->strikes();
    for (auto& c : r->cameras()) {
      all.reports += c->taken();
      all.answers.append(c->answers());
    }
    r->forget();
  }
  return all;
}

} // namespace

void measure_cameras(node& at, const plan& how, report& out) {
  // Size of a batch and of a delta on the wire.
  constexpr std::size_t batch_bytes = 2'400;
  constexpr std::size_t delta_bytes = 900;
  arena live{at};
  live.play(how.cameras / 10);
  auto before = harvest_of(live).reports;
  auto cpu = at.cpu_ns();
  auto memory = at.memory();
  live.play(how.cameras);
  cpu = at.cpu_ns() - cpu;
  memory = at.memory() - memory;
  auto all = harvest_of(live);
  auto reports = std::max<std::int64_t>(1, all.reports - before);
  auto limit = bare_fan_out(1, batch_bytes, delta_bytes, 500, 1'000);
  out.say(std::to_string(all.shown.size()) + " of "
          + std::to_string(all.strikes) + " strikes were shown");
  out.add({"cameras/per_second",
           "reports of 16 sources in 4 bouts, all taken",
           unit_of::per_second,
           reports * 1'000'000'000 / live.took_ns(),
           0,
           {},
           19'900});
  out.add({"cameras/cpu",
           "CPU time of the node per report",
           unit_of::nanoseconds,
           cpu / reports,
           0,
           {},
           {}});
  // Once more: what is kept of a bout has a limit, and by now it is reached.
  auto full = at.memory();
  live.play(how.cameras);
  auto later = harvest_of(live).strikes;
  out.add({"cameras/memory",
           "growth of the node over " + std::to_string(later)
             + " strikes, after " + std::to_string(all.strikes) + " before",
           unit_of::bytes,
           at.memory() - full,
           memory,
           "those before",
           {}});
  add_times(out, "cameras/answer", "a batch of reports to its answer",
            all.answers, limit.each, {});
  add_times(out, "cameras/shown",
            "a strike's first report to its delta, beyond 140 ms of waiting",
            all.shown, limit.each, 50'000'000);
}

} // namespace ringside::load
