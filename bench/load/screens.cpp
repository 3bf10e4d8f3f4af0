#include "bench/load/bare.hpp"
#include "bench/load/measures.hpp"
#include "bench/load/must.hpp"
#include "bench/load/screen.hpp"
#include "bench/load/striker.hpp"

#include <memory>
#include <string>

namespace ringside::load {

namespace {

constexpr int rate = 50;
/// Strikes before those that count.
constexpr int warm_up = 25;
/// Size of a strike on the wire.
constexpr std::size_t request_bytes = 212;

/// One audience and one operator.
class show {
public:
  show(node& at, int screens)
    : bout_(at.open_bout()), seats_(*on_, at, bout_, screens),
      hand_(*on_, at, bout_) {
    hand_.then = [this](std::int64_t version) { version_ = version; };
    on_->run_until([this] { return seats_.ready(); }, 30, "joining");
    strike_on_time(warm_up);
  }

  /// Strikes `count` times in time, then waits until all have seen it.
  void strike_on_time(int count) {
    std::vector<std::int64_t> due;
    auto begin = now_ns() + 50'000'000;
    for (int i = 0; i < count; ++i)
      due.push_back(begin + std::int64_t{1'000'000'000} * i / rate);
    seats_.expect(version_ + 1, due);
    for (auto at : due) {
      on_->io.restart();
      on_->io.run_until(steady::time_point{std::chrono::nanoseconds{at}});
      hand_.strike(at);
    }
    on_->run_until([this] { return seats_.saw_all() && hand_.idle(); }, 30,
                   "waiting for the screens");
  }

  const audience& seats() const {
    return seats_;
  }

private:
  std::unique_ptr<reactor> on_ = std::make_unique<reactor>();
  std::string bout_;
  /// After the bout is made, its round opened and its clock started.
  std::int64_t version_ = 3;
  audience seats_;
  striker hand_;
};

void one_size(node& at, const plan& how, report& out, int screens) {
  show live{at, screens};
  live.strike_on_time(how.strikes);
  const auto& seats = live.seats();
  auto bytes = static_cast<std::size_t>(seats.frame_bytes());
  auto limit = bare_fan_out(screens, request_bytes, bytes, rate, how.strikes);
  auto id = "screens/" + std::to_string(screens);
  auto who = std::to_string(screens) + " screens";
  out.say(who + ": " + std::to_string(seats.frames() / screens)
          + " frames each of " + std::to_string(bytes) + " bytes");
  for (auto [name, mille] : {std::pair{"p50", 500}, std::pair{"p99", 990}}) {
    row each{id + "/each/" + name,
             "strike to each of " + who + ", " + name,
             unit_of::nanoseconds,
             seats.each().at(mille),
             limit.each.at(mille),
             "bare fan-out",
             {}};
    row last{id + "/last/" + name,
             "strike to the last of " + who + ", " + name,
             unit_of::nanoseconds,
             seats.last().at(mille),
             limit.last.at(mille),
             "bare fan-out",
             {}};
    if (screens == 1'000 && mille == 990)
      last.aim = 20'000'000;
    out.add(each);
    out.add(last);
  }
}

} // namespace

void measure_screens(node& at, const plan& how, report& out) {
  for (auto screens : {1, 100, 1'000, 2'000})
    if (how.many_screens || screens <= 100)
      one_size(at, how, out, screens);
}

void measure_memory(node& at, const plan& how, report& out) {
  auto bout = at.open_bout();
  auto on = std::make_unique<reactor>();
  audience first{*on, at, bout, 50};
  on->run_for(std::chrono::milliseconds{2'500});
  auto before = at.memory();
  auto sum = 0;
  std::vector<std::unique_ptr<audience>> all;
  for (auto more : {1'000, 1'000}) {
    if (!how.many_screens)
      more = 200;
    all.push_back(std::make_unique<audience>(*on, at, bout, more));
    // Two heartbeats, so that their buffers are counted.
    on->run_for(std::chrono::milliseconds{2'500});
    sum += more;
    auto n = std::to_string(sum);
    out.add({"memory/" + n,
             "memory of the node per idle subscriber, " + n,
             unit_of::bytes,
             (at.memory() - before) / sum,
             0,
             {},
             16 * 1'024});
  }
}

} // namespace ringside::load
