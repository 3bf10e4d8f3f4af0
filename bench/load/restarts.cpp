#include "bench/load/bare.hpp"
#include "bench/load/measures.hpp"
#include "bench/load/must.hpp"
#include "bench/load/striker.hpp"

#include <memory>
#include <string>

namespace ringside::load {

namespace {

/// From the order to restart a bout's actor to the ack of the next command.
samples restart_times(node& at, const std::string& bout, int count) {
  auto admin = at.client("admin");
  auto hand = at.client("operator");
  auto commands = "/api/v1/bouts/" + bout + "/commands";
  samples times;
  for (int i = 0; i < count; ++i) {
    auto body = R"({"command_id":")" + next_command_id()
                + R"(","corner":"blue","technique":"jab",)"
                  R"("type":"log_strike"})";
    auto begin = now_ns();
    auto killed
      = must(admin.post("/api/v1/actors/bout/" + bout + "/bout/restart", {}),
             "restarting a bout");
    if (killed.status != 200)
      give_up("restarting a bout: " + killed.body);
    for (;;) {
      auto done = must(hand.post(commands, body), "striking");
      if (done.status == 200)
        break;
      if (done.status < 500)
        give_up("after a restart: " + done.body);
    }
    times.add(now_ns() - begin);
  }
  return times;
}

void add_restart(report& out, const std::string& id, const std::string& what,
                 const samples& times, std::optional<std::int64_t> aim) {
  out.add({id + "/p50",
           what + ", p50",
           unit_of::nanoseconds,
           times.at(500),
           0,
           {},
           {}});
  out.add({id + "/max",
           what + ", slowest of " + std::to_string(times.size()),
           unit_of::nanoseconds,
           times.at(1'000),
           0,
           {},
           aim});
}

} // namespace

void measure_long_round(node& at, const plan& how, report& out) {
  auto bout = at.open_bout();
  auto on = std::make_unique<reactor>();
  striker hand{*on, at, bout};
  auto part = how.long_round / 10;
  std::int64_t first = 0;
  for (int i = 1; i <= 10; ++i) {
    hand.forget();
    for (int n = 0; n < part; ++n) {
      hand.strike(now_ns());
      on->run_until([&hand] { return hand.idle(); }, 10, "striking");
    }
    auto p50 = hand.acks().at(500);
    first = i == 1 ? p50 : first;
    auto upto = std::to_string(i * part);
    out.add({"long_round/" + upto,
             "ack p50 up to event " + upto + " of a round",
             unit_of::nanoseconds,
             p50,
             first,
             "first tenth",
             {}});
  }
  add_restart(out, "long_round/restart",
              "restart of a bout of " + std::to_string(how.long_round)
                + " events to its next ack",
              restart_times(at, bout, how.restarts), 200'000'000);
}

void measure_restart(node& at, const plan& how, report& out) {
  add_restart(out, "restart", "restart of a fresh bout to its next ack",
              restart_times(at, at.open_bout(), how.restarts), {});
  out.add({"bare/actor",
           "bare actor round trip, p50",
           unit_of::nanoseconds,
           bare_actor_round_trip(),
           0,
           {},
           {}});
}

void measure_start(node& at, const plan& how, report& out) {
  auto bout = at.open_bout();
  auto on = std::make_unique<reactor>();
  striker hand{*on, at, bout};
  for (int n = 0; n < how.journal; n += 50) {
    for (int i = 0; i < 50; ++i)
      hand.strike(now_ns());
    on->run_until([&hand] { return hand.idle(); }, 10, "filling the journal");
  }
  at.stop();
  auto took = at.start();
  out.add({"start/full",
           "start with a journal of " + std::to_string(at.entries_at_start())
             + " entries, all verified",
           unit_of::nanoseconds,
           took,
           0,
           {},
           {}});
}

} // namespace ringside::load
