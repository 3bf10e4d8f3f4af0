#include "domain/timing/device_timeline.hpp"
#include "tests/crash/crash_fixture.hpp"
#include "tests/support/slow_road.hpp"

#include <chrono>
#include <cstdlib>
#include <thread>

namespace ringside::test {
namespace {

using namespace std::chrono_literals;

/// A device behind some road: it has a clock of its own, runs the exchange of
/// the stream and estimates the server's time as a tablet does.
class device {
public:
  device(net::client_options to, std::int64_t offset_us, int drift_ppm)
    : stream_(std::move(to)), offset_us_(offset_us), drift_ppm_(drift_ppm) {
    EXPECT_TRUE(stream_.connect());
  }

  /// Its clock at a moment of the machine both ends run on.
  std::int64_t shows(std::int64_t machine_us) const {
    auto run = machine_us - start_us_;
    return offset_us_ + run + run * drift_ppm_ / 1'000'000;
  }

  static std::int64_t machine_us() {
    return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
  }

  std::int64_t now() const {
    return shows(machine_us());
  }

  void exchange(int n) {
    auto question = "{\"op\":\"ts\",\"n\":" + std::to_string(n)
                    + ",\"c0\":" + std::to_string(now());
    if (c3_ > 0)
      question += ",\"c3_prev\":" + std::to_string(c3_);
    ASSERT_TRUE(stream_.send(question + ",\"quantum_us\":1}"));
    auto answer = next_message(stream_, "ts");
    c3_ = now();
    timing::time_exchange x{number_in(answer, "c0"), number_in(answer, "s1"),
                            number_in(answer, "s2"), c3_};
    EXPECT_EQ(line.add(x), timing::exchange_outcome::taken);
  }

  net::ws_client& stream() {
    return stream_;
  }

  timing::device_timeline line{1};

private:
  net::ws_client stream_;
  std::int64_t offset_us_;
  int drift_ppm_;
  std::int64_t start_us_ = machine_us();
  std::int64_t c3_ = 0;
};

class timesync_test : public crash_fixture {
protected:
  json::value clocks() {
    auto answer = server.http(supervisor).get("/api/v1/timesync");
    EXPECT_TRUE(answer && answer->status == 200);
    return answer ? parsed(answer->body) : json::value{};
  }
};

/// Server time by the quick road is good to a fraction of a millisecond; what a
/// device behind a bad road believes has to be within its own bound of it.
TEST_F(timesync_test, bounds_hold_over_a_bad_network) {
  add_people();
  start();
  device near{server.client(operator_token), 0, 0};
  for (int n = 0; n < 40; ++n)
    near.exchange(n);
  // More than a crowded arena, and 20 ms slower downwards.
  timing::direction up{5'000, 20'000, 0.05, 200'000, 200'000};
  auto down = up;
  down.least_us = 25'000;
  slow_road road{server.port(), up, down, seed};
  auto far_options = server.client(operator_token);
  far_options.port = road.port();
  device far{far_options, 77'000'000'000, 60};
  for (int n = 0; n < 40; ++n) {
    far.exchange(n);
    auto moment = device::machine_us();
    auto truth = near.line.at(near.shows(moment), 0);
    auto belief = far.line.at(far.shows(moment), 0);
    ASSERT_TRUE(truth && belief);
    EXPECT_LE(std::abs(belief->at.count - truth->at.count),
              belief->err_us + truth->err_us);
    std::this_thread::sleep_for(20ms);
  }
  auto list = *clocks().find("clocks")->as_array();
  ASSERT_EQ(list.size(), 2u);
  // The worst first; the device's last exchange is closed by its next question.
  EXPECT_EQ(number_in(list[0], "exchanges"), 39);
  EXPECT_GT(number_in(list[0], "err_us"), number_in(list[1], "err_us"));
  EXPECT_EQ(number_in(list[0], "quantum_us"), 1);
  EXPECT_EQ(number_in(list[0], "resets"), 0);
}

/// The mark of a tap is its own time, not that of its arrival.
TEST_F(timesync_test, a_tap_counts_from_when_it_was_made) {
  add_people();
  start();
  auto bout = running_bout();
  device tablet{server.client(operator_token), 5'000'000'000, 0};
  for (int n = 0; n < 10; ++n)
    tablet.exchange(n);
  auto tapped = tablet.now();
  std::this_thread::sleep_for(400ms);
  ASSERT_TRUE(tablet.stream().send(
    "{\"op\":\"command\",\"bout_id\":\"" + bout + "\",\"command_id\":\""
    + fresh_id() + "\",\"type\":\"log_strike\",\"corner\":\"red\","
    + "\"technique\":\"jab\",\"at\":{\"device_us\":" + std::to_string(tapped)
    + ",\"generation\":0}}"));
  EXPECT_EQ(text_in(next_message(tablet.stream(), "ack"), "op"), "ack");
  auto events
    = server.http(supervisor).get("/api/v1/bouts/" + bout + "/events");
  ASSERT_TRUE(events);
  auto at = events->body.rfind("\"at_us\":");
  ASSERT_NE(at, std::string::npos) << events->body;
  auto at_us = std::atoll(events->body.c_str() + at + 8);
  auto expected = tablet.line.at(tapped, 0);
  EXPECT_LE(std::abs(at_us - expected->at.count), 2 * expected->err_us + 2);
}

TEST_F(timesync_test, only_those_who_run_the_night_see_the_clocks) {
  add_people();
  start();
  EXPECT_EQ(server.http(operator_token).get("/api/v1/timesync")->status, 403u);
  EXPECT_EQ(server.http().get("/api/v1/timesync")->status, 401u);
}

} // namespace
} // namespace ringside::test
