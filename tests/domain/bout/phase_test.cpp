#include "tests/domain/bout/ring.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <set>

/// Case 50: every state that a small bout can reach is visited, and every step
/// from phase to phase that happens is one of the table.
namespace ringside::bout::test {

namespace {

using rules::result_kind;
using step = std::pair<phase, phase>;

const std::set<step> legal{
  {phase::none, phase::created},
  {phase::created, phase::created},
  {phase::created, phase::in_round},
  {phase::created, phase::decided},
  {phase::created, phase::cancelled},
  {phase::in_round, phase::in_round},
  {phase::in_round, phase::between_rounds},
  {phase::in_round, phase::decided},
  {phase::in_round, phase::cancelled},
  {phase::between_rounds, phase::between_rounds},
  {phase::between_rounds, phase::in_round},
  {phase::between_rounds, phase::decided},
  {phase::between_rounds, phase::cancelled},
  // Reopened: an end taken back, a round unlocked.
  {phase::decided, phase::created},
  {phase::decided, phase::in_round},
  {phase::decided, phase::between_rounds},
  // A stoppage taken back after its cards were locked: they decide now.
  {phase::decided, phase::decided},
  {phase::decided, phase::approved},
  {phase::approved, phase::published},
  // Approved is not published: it can be taken back, by two persons.
  {phase::approved, phase::created},
  {phase::approved, phase::in_round},
  {phase::approved, phase::between_rounds},
  {phase::approved, phase::decided},
  {phase::published, phase::published},
};

/// Two rounds at most, one judge, an extra round after a draw.
rules::ruleset tiny_rules() {
  auto set = extension_rules();
  set.judges.count = 1;
  set.extension.rounds_max = 1;
  return set;
}

struct order {
  issuer by;
  command_body body;
};

std::vector<order> orders(const ring& r) {
  auto n = current_round_no(r.s);
  create_bout create;
  create.ruleset = r.set->id;
  create.fighters = {{"Red", "", "", ""}, {"Blue", "", "", ""}};
  create.judges = {{"A", account_of(1)}};
  create.scheduled_rounds = 1;
  auto ended = r.s.ended ? r.s.ended->no : 0;
  std::vector<order> all{
    {supervisor, create},
    {judge(1), bind_seat{1, "", "tablet", false, ""}},
    {timekeeper, open_round{n + 1}},
    {timekeeper, start_clock{}},
    {timekeeper, stop_clock{}},
    {timekeeper, close_round{}},
    {supervisor, lock_round{n}},
    {supervisor, unlock_round{n, "carl", "x"}},
    {supervisor, unlock_round{1, "carl", "x"}},
    {supervisor, lock_round{1}},
    {supervisor, record_finish{corner::red, result_kind::ko, n, {}}},
    {supervisor, record_finish{corner::red, result_kind::forfeit, 0, {}}},
    {supervisor,
     record_stoppage{
       stoppage_cause::accidental_aggravated, corner::red, n, {}}},
    {supervisor,
     record_stoppage{stoppage_cause::intentional_foul, corner::red, n, {}}},
    {supervisor, retract_event{ended, "x"}},
    {commission, approve_result{}},
    {supervisor, publish_result{}},
    {commission,
     overturn_result{result_kind::no_contest, {}, "collusion", "zoe", "x"}},
    {supervisor, cancel_bout{"x"}}};
  for (const auto& entry : {scores(10, 9), scores(10, 10)}) {
    all.push_back({judge(1), submit_card{1, n, entry, "x"}});
    all.push_back({supervisor, revise_card{1, 1, entry, "carl", "x"}});
  }
  all.push_back({judge(1), submit_card{1, 0, pick(corner::blue), ""}});
  return all;
}

/// What matters for what may come next: no times, no numbers, no counts.
std::string key_of(const state& s) {
  std::string key{text_of(s.phase)};
  for (const auto& r : s.rounds) {
    key += '|';
    key += text_of(r.status);
    key += r.clock.running() ? '+' : r.clock.started() ? '-' : '0';
    key += r.cut_short ? 'c' : ' ';
  }
  for (const auto& seat : s.seats) {
    key += seat.account + ';';
    for (int n = 0; n <= static_cast<int>(s.rounds.size()); ++n)
      if (const auto* card = find_card(seat, n))
        key += (card->entry.score
                  ? std::to_string(card->entry.score->raw.blue.count)
                  : "p")
               + ',';
      else
        key += "-,";
  }
  key += std::to_string(s.extensions) + std::to_string(s.picks_wanted.size());
  if (s.result)
    key += text_of(s.result->kind);
  if (s.ended)
    key += s.finish ? 'F' : static_cast<char>('0' + int(s.stoppage->cause));
  return key;
}

} // namespace

TEST(case_50, every_reachable_step_is_in_the_table) {
  std::set<step> seen;
  std::set<std::string> known;
  std::deque<ring> open;
  open.emplace_back(tiny_rules());
  std::set<phase> phases{phase::none};
  while (!open.empty()) {
    auto r = std::move(open.front());
    open.pop_front();
    for (const auto& x : orders(r)) {
      ring next = r;
      if (!next.send(x.by, x.body))
        continue;
      seen.insert({r.s.phase, next.s.phase});
      phases.insert(next.s.phase);
      if (known.insert(key_of(next.s)).second)
        open.push_back(std::move(next));
    }
  }
  EXPECT_EQ(phases.size(), enum_names<phase>::value.size());
  EXPECT_GT(known.size(), 100u);
  for (auto [from, to] : seen)
    EXPECT_TRUE(legal.contains({from, to}))
      << text_of(from) << " > " << text_of(to) << " is not legal";
  for (auto [from, to] : legal)
    EXPECT_TRUE(seen.contains({from, to}))
      << text_of(from) << " > " << text_of(to) << " is never reached";
}

TEST(case_50, no_reachable_state_is_a_dead_end) {
  // From everywhere a supervisor, a judge and the commission can still bring
  // the bout to a published or cancelled end.
  std::set<std::string> known;
  std::vector<ring> all;
  std::vector<std::vector<std::size_t>> leads_to;
  std::vector<std::string> keys;
  all.emplace_back(tiny_rules());
  keys.push_back(key_of(all[0].s));
  leads_to.emplace_back();
  for (std::size_t i = 0; i < all.size(); ++i)
    for (const auto& x : orders(all[i])) {
      // Calling it off is always possible and proves nothing.
      if (std::holds_alternative<cancel_bout>(x.body))
        continue;
      ring next = all[i];
      if (!next.send(x.by, x.body))
        continue;
      auto key = key_of(next.s);
      auto found = std::find(keys.begin(), keys.end(), key);
      leads_to[i].push_back(static_cast<std::size_t>(found - keys.begin()));
      if (found == keys.end()) {
        keys.push_back(key);
        leads_to.emplace_back();
        all.push_back(std::move(next));
      }
    }
  std::vector<bool> ends(all.size());
  for (bool more = true; more;) {
    more = false;
    for (std::size_t i = 0; i < all.size(); ++i) {
      auto good = all[i].s.phase == phase::published;
      for (auto to : leads_to[i])
        good = good || ends[to];
      more = more || (good && !ends[i]);
      ends[i] = good;
    }
  }
  for (std::size_t i = 0; i < all.size(); ++i)
    EXPECT_TRUE(ends[i]) << keys[i];
}

} // namespace ringside::bout::test
