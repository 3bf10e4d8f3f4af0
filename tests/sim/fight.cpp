#include "tests/sim/fight.hpp"

#include <utility>

namespace ringside::sim {

namespace {

using std::chrono::milliseconds;

bout::submit_card card(int seat, int round, rng& source) {
  bout::submit_card c;
  c.seat = seat;
  c.round = round;
  auto loser = whole_points(9 - static_cast<int>(source() % 3));
  auto red = source() % 2 == 0;
  c.entry.score = rules::round_score{
    {red ? whole_points(10) : loser, red ? loser : whole_points(10)}};
  c.reason = secret_of(seat, round);
  return c;
}

std::optional<intent> create(fight& at) {
  bout::create_bout c;
  c.ruleset = at.ruleset;
  c.fighters.red.name = "Red " + std::to_string(at.number);
  c.fighters.blue.name = "Blue " + std::to_string(at.number);
  c.scheduled_rounds = at.rounds;
  auto n = std::to_string(at.number);
  for (auto seat = 1; seat <= 3; ++seat)
    c.judges.push_back(
      {"Judge " + std::to_string(seat), "j" + n + "_" + std::to_string(seat)});
  return intent{c, expected::yes, "bouts",
                [&at](const protocol::accepted& a) { at.id = a.bout; }};
}

intent lock(fight& at) {
  auto last = at.round == at.rounds;
  return {bout::lock_round{at.round},
          expected::yes,
          {},
          [&at, last](const protocol::accepted&) {
            at.locked = at.round;
            at.decided = at.decided || last;
          }};
}

intent reopen(fight& at) {
  at.reopening = true;
  return {bout::unlock_round{at.locked, "c1", "a slip of the pen"},
          expected::yes,
          {},
          [&at](const protocol::accepted&) {
            --at.locked;
            at.decided = false;
            at.reopening = false;
          }};
}

intent revise(fight& at, rng& source) {
  auto seat = 1 + static_cast<int>(source() % 3);
  auto fresh = card(seat, at.round, source);
  return {bout::revise_card{seat, at.round, fresh.entry, "c1", fresh.reason},
          expected::yes};
}

std::optional<intent> supervise_round(fight& at, rng& source) {
  if (at.open && at.clock_ran && at.round == at.knockout_round)
    return intent{bout::record_finish{corner::red, rules::result_kind::ko,
                                      at.round, round_ms{0}},
                  expected::yes,
                  {},
                  [&at](const protocol::accepted&) {
                    at.open = false;
                    at.decided = true;
                  }};
  if (at.open && chance(source, 100'000)) {
    bout::deduction taken;
    taken.taken = whole_points(1);
    taken.reason = "holding the fence";
    return intent{bout::log_fact{taken, {}}};
  }
  if (!at.open && at.round > 0 && at.locked < at.round && at.all_filed())
    return chance(source, 200'000) ? revise(at, source) : lock(at);
  return std::nullopt;
}

std::optional<intent> supervise(fight& at, rng& source) {
  if (at.id.empty())
    return create(at);
  if (at.called_off && at.round == 1 && !at.open)
    return intent{bout::cancel_bout{"the cage broke"},
                  expected::yes,
                  {},
                  [&at](const protocol::accepted&) { at.over = true; }};
  if (at.approved && !at.published)
    return intent{bout::publish_result{},
                  expected::yes,
                  {},
                  [&at](const protocol::accepted&) {
                    at.published = true;
                    at.over = true;
                  }};
  if (at.locked == at.round && at.round > 0 && !at.open && !at.approved
      && !at.decided && !at.opening && chance(source, 50'000))
    return reopen(at);
  if (chance(source, 30'000))
    return intent{bout::add_note{"all quiet", 0}};
  return at.decided ? std::nullopt : supervise_round(at, source);
}

std::optional<intent> keep_time(fight& at, rng& source,
                                caf::actor_clock::time_point now) {
  if (!at.all_bound() || at.decided || at.reopening)
    return std::nullopt;
  if (!at.open && at.locked == at.round && at.round < at.rounds) {
    at.opening = true;
    return intent{bout::open_round{at.round + 1},
                  expected::yes,
                  {},
                  [&at, now](const protocol::accepted&) {
                    ++at.round;
                    at.opening = false;
                    at.open = true;
                    at.clock_ran = at.clock_runs = false;
                    at.filed = {};
                    at.opened_at = now;
                  }};
  }
  // The end by a knockout is the supervisor's to record.
  auto sure = at.round == at.knockout_round ? expected::either : expected::yes;
  if (!at.open)
    return std::nullopt;
  if (!at.clock_runs)
    return intent{
      bout::start_clock{}, sure, {}, [&at](const protocol::accepted&) {
        at.clock_ran = at.clock_runs = true;
      }};
  if (chance(source, 150'000))
    return intent{bout::stop_clock{"time"},
                  sure,
                  {},
                  [&at](const protocol::accepted&) { at.clock_runs = false; }};
  if (at.round != at.knockout_round && now - at.opened_at > milliseconds{2'500})
    return intent{bout::close_round{at.round},
                  sure,
                  {},
                  [&at](const protocol::accepted&) { at.open = false; }};
  return std::nullopt;
}

std::optional<intent> judge(const person& who, fight& at, rng& source) {
  auto seat = static_cast<std::size_t>(who.seat - 1);
  if (!at.bound[seat])
    return intent{
      bout::bind_seat{who.seat, {}, "tablet", false, {}},
      expected::yes,
      {},
      [&at, seat](const protocol::accepted&) { at.bound[seat] = true; }};
  if (at.open || at.round == 0 || at.decided || at.filed[seat]
      || at.locked >= at.round)
    return std::nullopt;
  auto sure = at.called_off ? expected::either : expected::yes;
  return intent{
    card(who.seat, at.round, source),
    sure,
    {},
    [&at, seat](const protocol::accepted&) { at.filed[seat] = true; }};
}

std::optional<intent> operate(const fight& at, rng& source) {
  if (!at.open)
    return std::nullopt;
  auto c = source() % 2 == 0 ? corner::red : corner::blue;
  switch (source() % 5) {
  case 0:
    return intent{bout::log_fact{bout::takedown{c, true}, {}}};
  case 1:
    return intent{bout::log_fact{bout::control_start{c, "top"}, {}}};
  case 2:
    return intent{bout::log_fact{bout::reversal{c}, {}}};
  default:
    bout::strike s;
    s.corner = c;
    s.technique = "jab";
    s.target = bout::strike_target::head;
    return intent{bout::log_fact{s, {}}};
  }
}

std::optional<intent> rule(fight& at, rng& source) {
  if (at.decided && !at.approved && !at.reopening)
    return intent{bout::approve_result{},
                  expected::yes,
                  {},
                  [&at](const protocol::accepted&) { at.approved = true; }};
  if (at.published && chance(source, 30'000))
    return intent{bout::overturn_result{
      rules::result_kind::no_contest, {}, "collusion", "s1", "they were paid"}};
  if (chance(source, 20'000))
    return intent{bout::raise_protest{"an eye was gouged", {}}};
  return std::nullopt;
}

} // namespace

std::optional<intent> next_step(const person& who, fight& at, rng& source,
                                caf::actor_clock::time_point now) {
  if (who.role == role::supervisor)
    return at.over ? std::nullopt : supervise(at, source);
  if (at.id.empty())
    return std::nullopt;
  if (who.role == role::commission)
    return rule(at, source);
  if (at.over)
    return std::nullopt;
  switch (who.role) {
  case role::timekeeper:
    return keep_time(at, source, now);
  case role::judge:
    return judge(who, at, source);
  case role::operator_:
    return operate(at, source);
  default:
    return std::nullopt;
  }
}

intent nonsense(const person& who, const fight& at, rng& source) {
  switch (source() % 4) {
  case 0:
    return {bout::open_round{77}, expected::no};
  case 1:
    return {bout::retract_event{4'000'000, "slip"}, expected::no};
  case 2: {
    auto seat = who.seat == 1 ? 2 : 1;
    auto c = card(seat, at.round, source);
    c.reason = "forged";
    return {c, expected::no};
  }
  default:
    if (who.role == role::commission || who.role == role::supervisor)
      return {bout::lock_round{99}, expected::no};
    return {bout::publish_result{}, expected::no};
  }
}

std::string door_of(const person& who, const fight& at) {
  auto prefix = "bout/" + at.id.str() + "/";
  if (who.role == role::judge)
    return prefix + "seat/" + std::to_string(who.seat);
  return prefix + "desk/" + std::string{text_of(who.role)};
}

std::string secret_of(int seat, int round) {
  return "secret-s" + std::to_string(seat) + "-r" + std::to_string(round) + "-";
}

} // namespace ringside::sim
