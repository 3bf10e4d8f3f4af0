#include "tests/domain/bout/ring.hpp"

#include <gtest/gtest.h>

namespace ringside::bout::test {

issuer judge(int seat) {
  return {role::judge, account_of(seat)};
}

std::string account_of(int seat) {
  return "judge" + std::to_string(seat);
}

card_entry scores(int red, int blue) {
  card_entry entry;
  entry.score = rules::round_score{{whole_points(red), whole_points(blue)}};
  return entry;
}

card_entry pick(std::optional<corner> winner) {
  card_entry entry;
  entry.pick = winner;
  return entry;
}

card_entry criteria(std::vector<std::optional<corner>> winners) {
  const std::vector<std::string> ids{"damage", "aggression", "control"};
  card_entry entry;
  for (std::size_t i = 0; i < winners.size(); ++i)
    entry.criteria.push_back({ids[i], winners[i]});
  return entry;
}

log_fact jab(corner c, bool landed) {
  return {strike{c, "jab", strike_target::head, strike_position::distance,
                 strike_quality::normal, landed, true},
          {}};
}

log_fact take_control(corner c, std::string kind) {
  return {control_start{c, std::move(kind)}, {}};
}

log_fact give_control(corner c) {
  return {control_end{c}, {}};
}

log_fact take_point(corner c, int points) {
  return {deduction{c, whole_points(points), "low blow"}, {}};
}

ring::ring(rules::ruleset set_) : now{1'000'000} {
  set = std::make_shared<const rules::ruleset>(std::move(set_));
  lookup = [known = set](std::string_view id, int) {
    return id == known->id ? known : nullptr;
  };
}

result<std::vector<event>> ring::send(const issuer& by, command_body body) {
  command c;
  c.id.bytes[0] = ++ids_;
  c.by = by;
  c.occurred = std::exchange(occurred_, std::nullopt);
  c.body = std::move(body);
  auto before = describe(s, true);
  auto decided = decide(s, c, {now, lookup});
  EXPECT_EQ(describe(s, true), before) << "decide changed its input";
  if (!decided)
    return decided.reason();
  EXPECT_FALSE(decided->empty());
  last_.clear();
  for (auto& d : *decided) {
    event e{s.version + 1, by, d.at, std::move(d.body)};
    apply(s, e, lookup);
    log.push_back(e);
    last_.push_back(std::move(e));
  }
  return last_;
}

event_no ring::must(const issuer& by, command_body body) {
  auto events = send(by, std::move(body));
  if (events)
    return events->front().no;
  ADD_FAILURE() << "refused with " << to_string(events.reason().code) << ": "
                << events.reason().detail;
  return 0;
}

std::optional<ec> ring::refused(const issuer& by, command_body body) {
  auto events = send(by, std::move(body));
  if (events)
    return std::nullopt;
  EXPECT_FALSE(events.reason().detail.empty());
  return events.reason().code;
}

ring& ring::pass(std::int64_t ms) {
  now.count += ms * 1'000;
  return *this;
}

ring& ring::tapped_ago(std::int64_t ms) {
  occurred_ = claimed_time{{now.count - ms * 1'000}, 0};
  return *this;
}

ring& ring::ready(int rounds) {
  create_bout x;
  x.ruleset = set->id;
  x.fighters.red.name = "Red Fox";
  x.fighters.blue.name = "Blue Whale";
  x.scheduled_rounds = rounds;
  for (int n = 1; n <= set->judges.count; ++n)
    x.judges.push_back({"Judge " + std::to_string(n), account_of(n)});
  must(supervisor, x);
  for (int n = 1; n <= set->judges.count; ++n)
    must(judge(n), bind_seat{n, "", "tablet", false, ""});
  return *this;
}

ring& ring::bell() {
  must(timekeeper, open_round{current_round_no(s) + 1});
  must(timekeeper, start_clock{});
  return *this;
}

ring& ring::fight_round() {
  bell();
  pass(current_round(s)->length.count);
  must(timekeeper, close_round{current_round_no(s)});
  return *this;
}

ring& ring::all_file(int round, const card_entry& entry) {
  return file(round, std::vector(s.seats.size(), entry));
}

ring& ring::file(int round, const std::vector<card_entry>& entries) {
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto seat = static_cast<int>(i) + 1;
    must(judge(seat), submit_card{seat, round, entries[i], "close"});
  }
  return *this;
}

ring& ring::lock(int round) {
  must(supervisor, lock_round{round});
  return *this;
}

ring& ring::won_rounds(int rounds, corner winner) {
  auto entry = winner == corner::red ? scores(10, 9) : scores(9, 10);
  for (int i = 0; i < rounds; ++i) {
    fight_round();
    auto n = current_round_no(s);
    all_file(n, entry);
    lock(n);
    pass(60'000);
  }
  return *this;
}

const round_state& ring::round(int n) const {
  return *find_round(s, n);
}

const box_score& ring::box(corner c, int n) const {
  return round(n).boxes[c];
}

std::int64_t ring::control_ms(corner c, int n) const {
  const auto& r = round(n);
  return r.control.total(c, clock_at(r, now)).count;
}

state fold(const std::vector<event>& log, const ruleset_lookup& lookup) {
  state s;
  for (const auto& e : log)
    apply(s, e, lookup);
  return s;
}

} // namespace ringside::bout::test
