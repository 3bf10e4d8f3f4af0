#include "tests/domain/bout/model.hpp"

#include <algorithm>
#include <map>

namespace ringside::bout::test {

namespace {

using rules::result_kind;

corner any_corner(const chooser& choose) {
  return choose(2) == 0 ? corner::red : corner::blue;
}

std::vector<event_no> fact_numbers(const state& s) {
  std::vector<event_no> all;
  for (const auto& [no, fact] : s.facts)
    all.push_back(no);
  std::sort(all.begin(), all.end());
  return all;
}

event_no any_number(const state& s, const chooser& choose) {
  auto all = fact_numbers(s);
  if (!all.empty() && choose(8) != 0)
    return all[static_cast<std::size_t>(choose(static_cast<int>(all.size())))];
  return static_cast<event_no>(choose(static_cast<int>(s.version) + 2));
}

card_entry any_entry(const chooser& choose) {
  constexpr std::pair<int, int> cards[]{{10, 9}, {9, 10},  {10, 8},
                                        {8, 10}, {10, 10}, {9, 9}};
  auto [red, blue] = cards[choose(6)];
  return scores(red, blue);
}

command_body any_end(const ring& r, const chooser& choose) {
  auto n = current_round_no(r.s);
  round_ms at{choose(200) * 1'000};
  if (choose(2) == 0)
    return record_finish{any_corner(choose), result_kind::ko, n, at};
  return record_stoppage{static_cast<stoppage_cause>(choose(5)),
                         any_corner(choose), n, at};
}

command_body any_administration(const ring& r, const chooser& choose) {
  auto n = choose(current_round_no(r.s) + 2);
  switch (choose(10)) {
  case 0:
    return any_end(r, choose);
  case 1:
    return retract_event{r.s.ended ? r.s.ended->no : 0, "mistake"};
  case 2:
    return unlock_round{n, "carl", "mistake"};
  case 3:
    return approve_result{};
  case 4:
    return choose(30) == 0 ? command_body{cancel_bout{"power"}}
                           : command_body{add_note{"note", 0}};
  case 5:
    return revise_card{1 + choose(3), n, any_entry(choose), "carl", "mistake"};
  case 6:
    return take_point(any_corner(choose));
  default:
    return lock_round{n};
  }
}

command_body clock_step(const ring& r, const chooser& choose) {
  switch (choose(6)) {
  case 0:
    return open_round{current_round_no(r.s) + 1};
  case 1:
    return close_round{};
  case 2:
    return stop_clock{};
  case 3:
    return retract_event{last_clock_event(r.s), "mistake"};
  default:
    return start_clock{};
  }
}

struct mirror {
  void operator()(log_fact& x) const {
    flip(x.what);
  }
  void operator()(replace_event& x) const {
    flip(x.what);
  }
  void operator()(submit_card& x) const {
    flip(x.entry);
  }
  void operator()(revise_card& x) const {
    flip(x.entry);
  }
  void operator()(record_finish& x) const {
    flip(x.winner);
  }
  void operator()(record_stoppage& x) const {
    x.injured = opponent(x.injured);
  }
  template <class Other>
  void operator()(Other&) const {
    // nop
  }

  static void flip(fact& what) {
    std::visit([](auto& x) { x.corner = opponent(x.corner); }, what);
  }
  static void flip(std::optional<corner>& c) {
    if (c)
      c = opponent(*c);
  }
  static void flip(card_entry& entry) {
    if (entry.score)
      std::swap(entry.score->raw.red, entry.score->raw.blue);
    flip(entry.pick);
  }
};

void flip(rules::outcome& x) {
  mirror::flip(x.winner);
  for (auto& card : x.cards) {
    std::swap(card.total.red, card.total.blue);
    if (card.says != rules::verdict::even)
      card.says = card.says == rules::verdict::red ? rules::verdict::blue
                                                   : rules::verdict::red;
  }
  auto first = x.tuple.find(':');
  if (first == std::string::npos)
    return;
  auto second = x.tuple.find(':', first + 1);
  auto rest = second == std::string::npos ? "" : x.tuple.substr(second);
  auto blue = x.tuple.substr(first + 1, second - first - 1);
  x.tuple = blue + ":" + x.tuple.substr(0, first) + rest;
}

void flip(round_state& r) {
  std::swap(r.boxes.red, r.boxes.blue);
  std::swap(r.deducted.red, r.deducted.blue);
  for (auto& d : r.deductions)
    d.what.corner = opponent(d.what.corner);
  control_log flipped;
  for (auto m : r.control.marks()) {
    m.corner = opponent(m.corner);
    flipped.add(std::move(m));
  }
  r.control = std::move(flipped);
}

/// Control by walking the marks that stand, with times from the clock alone.
per_corner<std::int64_t> control_by_hand(const state& s, int round,
                                         round_ms end) {
  using key = std::pair<std::int64_t, event_no>;
  std::map<key, const standing_fact*> marks;
  for (const auto& [no, f] : s.facts)
    if (f.round == round && is_control(f.what))
      marks.emplace(key{f.moment.count, f.order}, &f);
  per_corner<std::int64_t> sum;
  auto held = false;
  auto holder = corner::red;
  std::int64_t since = 0;
  auto until = [&](std::int64_t at) {
    if (held)
      sum[holder] += std::max<std::int64_t>(
        std::min(at, end.count) - std::min(since, end.count), 0);
    since = at;
  };
  for (const auto& [when, f] : marks) {
    until(time_at(*find_round(s, round), f->moment).count);
    auto starts = std::holds_alternative<control_start>(f->what);
    if (starts)
      holder = corner_of(f->what);
    held = starts || (held && holder != corner_of(f->what));
  }
  until(end.count);
  return sum;
}

} // namespace

fact any_fact(const chooser& choose) {
  auto c = any_corner(choose);
  switch (choose(9)) {
  case 0:
    return knockdown{c, "hard"};
  case 1:
    return takedown{c, choose(2) == 0};
  case 2:
    return submission_attempt{c, submission_depth::deep};
  case 3:
    return foul{c, "low_blow", choose(2) == 0};
  case 4:
  case 5:
    return control_start{c, choose(2) == 0 ? "top" : "cage"};
  case 6:
    return control_end{c};
  default:
    return strike{c,
                  choose(12) == 0 ? "tickle" : "jab",
                  static_cast<strike_target>(choose(4)),
                  static_cast<strike_position>(choose(4)),
                  strike_quality::normal,
                  choose(2) == 0,
                  choose(2) == 0};
  }
}

step any_step(const ring& r, const chooser& choose) {
  step x;
  x.pass_ms = choose(4) == 0 ? choose(40'000) : choose(900);
  x.ago_ms = choose(2) == 0 ? 0 : choose(900);
  auto kind = choose(20);
  if (kind < 9) {
    x.by = choose(4) == 0 ? other_op : op;
    x.body = log_fact{any_fact(choose), {}};
  } else if (kind < 11) {
    x.by = choose(4) == 0 ? other_op : op;
    if (choose(2) == 0)
      x.body = retract_event{any_number(r.s, choose), ""};
    else
      x.body = replace_event{any_number(r.s, choose), any_fact(choose), ""};
  } else if (kind < 14) {
    x.by = timekeeper;
    x.body = clock_step(r, choose);
  } else if (kind < 17) {
    auto seat = 1 + choose(3);
    x.by = judge(seat);
    x.body = submit_card{seat, choose(current_round_no(r.s) + 1),
                         any_entry(choose), choose(3) == 0 ? "" : "reason"};
  } else {
    x.by = choose(6) == 0 ? commission : supervisor;
    x.body = any_administration(r, choose);
  }
  return x;
}

bool run(ring& r, const step& x) {
  r.pass(x.pass_ms);
  if (x.ago_ms != 0)
    r.tapped_ago(x.ago_ms);
  return static_cast<bool>(r.send(x.by, x.body));
}

step mirrored(step x) {
  std::visit(mirror{}, x.body);
  return x;
}

state mirrored(state s) {
  for (auto& seat : s.seats) {
    for (auto& card : seat.rounds)
      if (card)
        mirror::flip(card->entry);
    if (seat.whole_bout)
      mirror::flip(seat.whole_bout->entry);
  }
  for (auto& r : s.rounds)
    flip(r);
  for (auto& [no, f] : s.facts)
    mirror::flip(f.what);
  if (s.finish)
    mirror::flip(s.finish->winner);
  if (s.stoppage)
    s.stoppage->injured = opponent(s.stoppage->injured);
  if (s.result)
    flip(*s.result);
  for (auto& x : s.former_results)
    flip(x);
  return s;
}

std::string recount(const state& s) {
  for (int n = 1; n <= current_round_no(s); ++n) {
    const auto& r = *find_round(s, n);
    per_corner<box_score> boxes;
    per_corner<points> taken;
    for (const auto& [no, f] : s.facts) {
      if (f.round != n)
        continue;
      tally(boxes, f.what, 1);
      if (const auto* d = std::get_if<deduction>(&f.what))
        taken[d->corner] += d->taken;
    }
    auto name = "round " + std::to_string(n);
    if (!(boxes == r.boxes))
      return name + ": boxes differ";
    if (!(taken == r.deducted))
      return name + ": deductions differ";
    auto end = r.status == round_status::open ? r.length : r.closed_ms;
    for (auto until : {end, round_ms{end.count / 2}}) {
      auto by_hand = control_by_hand(s, n, until);
      for (auto c : both_corners)
        if (by_hand[c] != r.control.total(c, until).count)
          return name + ": control of " + std::string{to_string(c)} + " is "
                 + std::to_string(r.control.total(c, until).count)
                 + ", by hand " + std::to_string(by_hand[c]);
    }
    auto both
      = r.control.total(corner::red, end) + r.control.total(corner::blue, end);
    if (both > end)
      return name + ": more control than time";
  }
  return {};
}

} // namespace ringside::bout::test
