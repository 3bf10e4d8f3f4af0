#include "tests/domain/advice/random_bout.hpp"

#include "domain/audit/entry.hpp"
#include "domain/audit/merkle.hpp"
#include "domain/wire/event_codec.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace ringside::advice::test {

namespace {

using namespace bout;
using bout::test::op;
using bout::test::ring;
using bout::test::supervisor;
using bout::test::timekeeper;

constexpr std::int64_t day_us = 86'400'000'000;
constexpr std::string_view origin = "ringside.example/log";

/// Decides and applies, as the BOUT does; false if it was refused.
bool send(ring& r, const issuer& by, command_body body,
          std::optional<mono_us> tapped = {}) {
  command c;
  c.by = by;
  if (tapped)
    c.occurred = claimed_time{*tapped, 0};
  c.body = std::move(body);
  auto decided = decide(r.s, c, {r.now, r.lookup});
  if (!decided)
    return false;
  for (auto& d : *decided) {
    r.log.push_back({r.s.version + 1, by, d.at, std::move(d.body)});
    apply(r.s, r.log.back(), r.lookup);
  }
  return true;
}

/// One that must not be refused; the number of its event.
event_no must(ring& r, const issuer& by, command_body body,
              std::optional<mono_us> tapped = {}) {
  EXPECT_TRUE(send(r, by, std::move(body), tapped));
  return r.s.version;
}

/// Some day between 2012 and 2026, so that every era is met.
void start_some_day(ring& r, dealer& choose) {
  r.now = {(15'400 + choose(5'000)) * day_us};
}

random_bout taken_from(ring&& r, dealer& choose) {
  return {bout_id{"b" + std::to_string(choose(1'000'000))}, r.set,
          std::move(r.lookup), std::move(r.log)};
}

void end_round(ring& r, dealer& choose) {
  auto n = current_round_no(r.s);
  send(r, timekeeper, close_round{n});
  // A correction after the bell.
  if (choose(2) == 0 && !r.s.facts.empty())
    send(r, supervisor,
         retract_event{r.s.facts.begin()->first, "seen on video"});
  for (int seat = 1; seat <= static_cast<int>(r.s.seats.size()); ++seat)
    send(r, bout::test::judge(seat),
         submit_card{seat, n, bout::test::scores(10, 9), "clear"});
  send(r, supervisor, lock_round{n});
  r.pass(60'000);
  send(r, timekeeper, open_round{n + 1});
  send(r, timekeeper, start_clock{});
}

} // namespace

// -- profiles -----------------------------------------------------------------

namespace {

std::vector<scoring::part> any_parts(dealer& choose) {
  std::vector<scoring::part> parts;
  auto first = choose(static_cast<int>(scoring::column_count));
  for (int n = 1 + choose(4); n > 0; --n) {
    auto column = static_cast<scoring::column>(
      (first + 5 * n) % static_cast<int>(scoring::column_count));
    parts.push_back({column, choose(40) / 10.0});
  }
  return parts;
}

std::vector<scoring::term> any_terms(dealer& choose) {
  std::vector<scoring::term> terms;
  for (int n = 1 + choose(5); n > 0; --n)
    terms.push_back({"t" + std::to_string(n),
                     static_cast<scoring::aspect>(choose(4)),
                     static_cast<scoring::shape>(choose(5)), choose(200) / 10.0,
                     choose(3'000) / 1'000.0, any_parts(choose)});
  return terms;
}

} // namespace

scoring::profile any_profile(dealer& choose) {
  scoring::profile p;
  p.id = "any";
  p.version = 1 + choose(9);
  p.terms = any_terms(choose);
  p.terms.push_back(
    {"slips",
     {},
     scoring::shape::difference,
     0,
     -choose(500) / 1'000.0,
     {{scoring::column::takedowns_failed, 1}, {scoring::column::fouls, 1}}});
  p.wide.terms = any_terms(choose);
  p.wide.eras = {{"", -choose(80) / 10.0}, {"2017-01-01", -choose(60) / 10.0}};
  p.wide.card_at_ppm = choose(1'000'000);
  p.wide.card_next_at_ppm = choose(1'000'000);
  p.even_share = choose(50) / 100.0;
  p.even_card_ppm = choose(200'000);
  p.close_band_ppm = choose(400'000);
  if (choose(5) == 0) {
    p.method = scoring::method::technique_count;
    p.techniques = any_parts(choose);
    p.rows = {{1, 1}, {2 + choose(8), 2}, {20, 3}};
  }
  auto sound = scoring::validate(p);
  EXPECT_TRUE(sound) << sound.reason().detail;
  return p;
}

in_force_ptr any_in_force(dealer& choose) {
  using calibration::setting;
  auto p = std::make_shared<const scoring::profile>(any_profile(choose));
  calibration_state s;
  s.version = 1 + choose(100);
  s.position = static_cast<std::uint64_t>(choose(100'000));
  calibration::change c;
  c.values = {{setting::temperature_milli, 250 + choose(3'751)}};
  if (choose(2) == 0)
    c.values.emplace_back(setting::wide_card_at_ppm, choose(1'000'000));
  auto settings = calibration::with({}, c);
  EXPECT_TRUE(settings) << settings.reason().detail;
  if (settings)
    s.settings = *settings;
  profile_list all{{p, {}}};
  s.profiles = marks_of(all);
  return put_in_force(s, all);
}

// -- bouts --------------------------------------------------------------------

random_bout any_bout(dealer& choose) {
  const std::array sets{&bout::test::mma_rules, &bout::test::extension_rules,
                        &bout::test::weighted_rules};
  ring r{sets[static_cast<std::size_t>(choose(3))]()};
  start_some_day(r, choose);
  r.ready(1 + choose(3)).bell();
  auto any = [&choose](int n) { return choose(n); };
  for (int n = 40 + choose(60); n > 0; --n) {
    if (choose(15) == 0) {
      end_round(r, choose);
      continue;
    }
    auto x = bout::test::any_step(r, any);
    r.pass(x.pass_ms);
    std::optional<mono_us> tapped;
    if (x.ago_ms != 0)
      tapped = mono_us{r.now.count - x.ago_ms * 1'000};
    send(r, x.by, std::move(x.body), tapped);
  }
  return taken_from(std::move(r), choose);
}

namespace {

/// Officials who log a round that was drawn.
class scribes {
public:
  scribes(ring& r, dealer& choose, const synthetic::series& with)
    : r_(r), choose_(choose), with_(with) {
    // nop
  }

  /// @returns the event that each fact stands by.
  std::vector<event_no> write(const synthetic::synthetic_round& round) {
    numbers_.assign(round.facts.size(), 0);
    auto n = current_round_no(r_.s) + 1;
    must(r_, timekeeper, open_round{n});
    must(r_, timekeeper, start_clock{});
    begin_ = r_.now;
    auto end = at(round.length);
    auto closed = false;
    for (auto i : arrivals(round)) {
      auto when = at_arrival(round.facts[i].at);
      if (!closed && when.count > end.count)
        close(n, end), closed = true;
      r_.now.count = std::max(r_.now.count, when.count);
      log(round.facts[i], i);
    }
    if (!closed)
      close(n, end);
    for (const auto& [i, slip] : later_)
      numbers_[i]
        = must(r_, op, replace_event{slip, round.facts[i].what, "was another"});
    later_.clear();
    finish(n);
    return numbers_;
  }

private:
  mono_us at(round_ms time) const {
    return {begin_.count + time.count * 1'000};
  }

  /// Every fifth moment is heard of late.
  mono_us at_arrival(round_ms time) const {
    auto late = time.count % 5 == 0 ? time.count % 900 : 0;
    return at({time.count + late});
  }

  std::vector<std::size_t>
  arrivals(const synthetic::synthetic_round& round) const {
    std::vector<std::size_t> order(round.facts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) {
      return at_arrival(round.facts[a].at) < at_arrival(round.facts[b].at);
    });
    return order;
  }

  void log(const scoring::timed_fact& f, std::size_t i) {
    auto moment = at(f.at);
    strike slip{choose_(2) == 0 ? corner::red : corner::blue,
                with_.words.technique};
    auto by_referee = std::holds_alternative<deduction>(f.what);
    const auto& by = by_referee ? supervisor : op;
    switch (by_referee ? 9 : choose_(10)) {
    case 0:
      // One too many, taken back at once.
      must(r_, op,
           retract_event{must(r_, op, log_fact{slip, {}}, moment), "no"});
      numbers_[i] = must(r_, by, log_fact{f.what, {}}, moment);
      break;
    case 1:
      // The wrong one, corrected at once or after the bell.
      later_.emplace_back(i, must(r_, op, log_fact{slip, {}}, moment));
      if (choose_(2) == 0) {
        numbers_[i]
          = must(r_, op, replace_event{later_.back().second, f.what, "no"});
        later_.pop_back();
      }
      break;
    default:
      numbers_[i] = must(r_, by, log_fact{f.what, {}}, moment);
    }
  }

  void close(int n, mono_us end) {
    r_.now.count = std::max(r_.now.count, end.count);
    must(r_, timekeeper, close_round{n}, end);
  }

  void finish(int n) {
    r_.pass(1'000);
    for (int seat = 1; seat <= static_cast<int>(r_.s.seats.size()); ++seat)
      must(r_, bout::test::judge(seat),
           submit_card{seat, n, bout::test::scores(10, 9), "clear"});
    must(r_, supervisor, lock_round{n});
    r_.pass(60'000);
  }

  ring& r_;
  dealer& choose_;
  const synthetic::series& with_;
  mono_us begin_;
  std::vector<event_no> numbers_;
  std::vector<std::pair<std::size_t, event_no>> later_;
};

} // namespace

drawn_bout draw(const synthetic::series& with, std::uint64_t index,
                dealer& choose) {
  drawn_bout out;
  ring r{with.rules};
  start_some_day(r, choose);
  r.ready(with.plan.rounds);
  auto series = with;
  series.date = iso_date(r.s.created_at);
  auto played = synthetic::play(series, index);
  EXPECT_TRUE(played) << played.reason().detail;
  if (!played)
    return out;
  out.played = std::move(*played);
  scribes desk{r, choose, with};
  for (const auto& round : out.played.bout.rounds)
    out.numbers.push_back(desk.write(round));
  out.logged = taken_from(std::move(r), choose);
  return out;
}

// -- roads --------------------------------------------------------------------

namespace {

/// What an event corrects; 0: nothing.
event_no target_of(const event& e) {
  if (const auto* x = std::get_if<event_retracted>(&e.body))
    return x->no;
  if (const auto* x = std::get_if<fact_replaced>(&e.body))
    return x->replaces;
  return 0;
}

bool is_fact(const event& e) {
  return std::holds_alternative<fact_logged>(e.body)
         || std::holds_alternative<fact_replaced>(e.body);
}

/// A fact, a correction of one, or something that no assessment hears of.
bool movable(const random_bout& b, const event& e) {
  if (std::holds_alternative<event_retracted>(e.body))
    return is_fact(b.log[target_of(e) - 1]);
  return is_fact(e) || std::holds_alternative<card_filed>(e.body)
         || std::holds_alternative<note_added>(e.body);
}

bool may_swap(const random_bout& b, const event& first, const event& second) {
  auto same_moment = std::holds_alternative<fact_logged>(first.body)
                     && std::holds_alternative<fact_logged>(second.body)
                     && first.at == second.at;
  return movable(b, first) && movable(b, second)
         && target_of(second) != first.no && !same_moment;
}

} // namespace

rearrangement rearranged(const random_bout& b, dealer& choose) {
  auto log = b.log;
  for (int pass = 0; pass < 6; ++pass)
    for (std::size_t i = 1; i < log.size(); ++i)
      if (choose(3) != 0 && may_swap(b, log[i - 1], log[i]))
        std::swap(log[i - 1], log[i]);
  rearrangement out{std::move(log), {0}};
  std::vector<event_no> new_of(out.log.size() + 1);
  for (auto& e : out.log) {
    out.old_of.push_back(e.no);
    new_of[e.no] = static_cast<event_no>(out.old_of.size() - 1);
  }
  for (auto& e : out.log) {
    e.no = new_of[e.no];
    if (auto* x = std::get_if<event_retracted>(&e.body))
      x->no = new_of[x->no];
    if (auto* x = std::get_if<fact_replaced>(&e.body))
      x->replaces = new_of[x->replaces];
  }
  return out;
}

std::vector<std::string> entries_of(const random_bout& b) {
  std::vector<std::string> all;
  for (const auto& e : b.log) {
    auto actor = to_string(e.by);
    auto data = json::to_text(wire::data_of(e));
    audit::entry_draft draft;
    draft.log = origin;
    draft.seq = 7 + 2 * all.size();
    draft.t = {e.at.count * 1'000};
    draft.bout = b.id.str();
    draft.bseq = e.no - 1;
    draft.bprev = all.empty() ? audit::bout_genesis(origin, b.id.str())
                              : audit::leaf_hash(all.back());
    draft.actor = actor;
    draft.kind = wire::kind_of(e.body);
    draft.data = data;
    auto bytes = audit::format_entry(draft);
    EXPECT_TRUE(bytes) << bytes.reason().detail;
    all.push_back(bytes ? std::move(*bytes) : std::string{});
  }
  return all;
}

} // namespace ringside::advice::test
