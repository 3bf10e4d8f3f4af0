#include "tests/domain/bout/model.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

/// Random bouts of commands that fit and commands that do not. That `decide`
/// leaves its input alone and `apply` takes what `decide` gives is checked by
/// `ring` at every step of every test.
namespace ringside::bout::test {

namespace {

/// Evenly spread, whatever the size of the case: a small one has fewer steps,
/// not duller ones.
int below(int n) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, n));
}

chooser by_rapidcheck() {
  return below;
}

/// How many steps one bout has.
int any_length() {
  return *rc::gen::inRange(1, 120);
}

ring any_ring() {
  ring r{*rc::gen::arbitrary<bool>() ? mma_rules() : extension_rules()};
  r.ready(1 + below(2)).bell();
  return r;
}

/// A bout in which some steps have gone by.
ring any_bout() {
  auto r = any_ring();
  for (auto n = any_length(); n > 0; --n)
    run(r, any_step(r, by_rapidcheck()));
  return r;
}

/// A fact that fits the open round, and what fits nothing else.
log_fact any_known_fact() {
  auto what = any_fact(by_rapidcheck());
  if (auto* s = std::get_if<strike>(&what))
    s->technique = "jab";
  return {what, {}};
}

/// Commands that do not name events: they mean the same in two histories of
/// which one has more events.
bool names_no_event(const command_body& body) {
  return !std::holds_alternative<retract_event>(body)
         && !std::holds_alternative<replace_event>(body);
}

/// Runs the same steps in both; they must agree on which are accepted.
void run_in_both(ring& a, ring& b, int steps) {
  for (; steps > 0; --steps) {
    auto x = any_step(a, by_rapidcheck());
    if (!names_no_event(x.body))
      continue;
    RC_ASSERT(run(a, x) == run(b, x));
  }
}

} // namespace

RC_GTEST_PROP(bout_properties, totals_equal_a_recount_at_every_step, ()) {
  auto r = any_ring();
  for (auto n = any_length(); n > 0; --n) {
    run(r, any_step(r, by_rapidcheck()));
    auto difference = recount(r.s);
    if (!difference.empty())
      RC_FAIL(difference);
  }
  RC_TAG(std::string{text_of(r.s.phase)});
}

RC_GTEST_PROP(bout_properties, the_fold_is_the_live_state, ()) {
  auto r = any_bout();
  RC_ASSERT(describe(fold(r.log, r.lookup), true) == describe(r.s, true));
}

RC_GTEST_PROP(bout_properties, undo_is_as_if_it_never_happened, ()) {
  auto with = any_bout();
  auto without = with;
  with.pass(200);
  without.pass(200);
  auto fact = any_known_fact();
  auto logged = with.send(op, fact);
  RC_PRE(static_cast<bool>(logged));
  auto no = logged->front().no;
  // Whatever happens in between, as long as the fact may still be taken out.
  run_in_both(with, without, below(25));
  RC_PRE(static_cast<bool>(with.send(supervisor, retract_event{no, "wrong"})));
  RC_ASSERT(describe(with.s, false) == describe(without.s, false));
  run_in_both(with, without, below(10));
  RC_ASSERT(describe(with.s, false) == describe(without.s, false));
}

RC_GTEST_PROP(bout_properties, replace_is_the_right_fact_at_once, ()) {
  auto wrong = any_bout();
  auto right = wrong;
  auto first = any_known_fact();
  auto second = any_known_fact();
  auto logged = wrong.send(op, first);
  RC_PRE(static_cast<bool>(logged));
  RC_PRE(static_cast<bool>(right.send(op, second)));
  auto no = logged->front().no;
  run_in_both(wrong, right, below(25));
  RC_PRE(static_cast<bool>(
    wrong.send(supervisor, replace_event{no, second.what, "wrong"})));
  RC_ASSERT(describe(wrong.s, false) == describe(right.s, false));
  run_in_both(wrong, right, below(10));
  RC_ASSERT(describe(wrong.s, false) == describe(right.s, false));
}

RC_GTEST_PROP(bout_properties, an_end_taken_back_never_happened, ()) {
  auto with = any_bout();
  auto without = with;
  auto n = current_round_no(with.s);
  command_body end = *rc::gen::arbitrary<bool>()
                       ? command_body{record_finish{
                         corner::red, rules::result_kind::ko, n, {}}}
                       : command_body{record_stoppage{
                         stoppage_cause::accidental_foul, corner::red, n, {}}};
  auto ended = with.send(supervisor, end);
  RC_PRE(static_cast<bool>(ended));
  auto no = ended->front().no;
  RC_PRE(
    static_cast<bool>(with.send(supervisor, retract_event{no, "mistake"})));
  RC_ASSERT(describe(with.s, false) == describe(without.s, false));
  run_in_both(with, without, below(20));
  RC_ASSERT(describe(with.s, false) == describe(without.s, false));
}

RC_GTEST_PROP(bout_properties, a_clock_mark_taken_back_never_happened, ()) {
  auto with = any_bout();
  auto without = with;
  const auto* r = current_round(with.s);
  command_body mark = r->clock.running() ? command_body{stop_clock{}}
                                         : command_body{start_clock{}};
  auto made = with.send(timekeeper, mark);
  RC_PRE(static_cast<bool>(made));
  auto no = made->front().no;
  with.must(timekeeper, retract_event{no, "mistake"});
  RC_ASSERT(describe(with.s, false) == describe(without.s, false));
}

RC_GTEST_PROP(bout_properties, mirrored_corners_give_the_mirrored_bout, ()) {
  auto r = any_ring();
  auto other = r;
  for (auto n = any_length(); n > 0; --n) {
    auto x = any_step(r, by_rapidcheck());
    RC_ASSERT(run(r, x) == run(other, mirrored(x)));
  }
  RC_ASSERT(describe(mirrored(r.s), true) == describe(other.s, true));
}

RC_GTEST_PROP(bout_properties, facts_count_the_same_in_any_order, ()) {
  auto first = any_ring();
  first.pass(60'000);
  auto second = first;
  std::vector<std::pair<std::int64_t, log_fact>> facts;
  for (auto n = 1 + below(19); n > 0; --n)
    facts.push_back({n * 1'000 + below(900), any_known_fact()});
  for (const auto& [ago, fact] : facts)
    first.tapped_ago(ago).must(op, fact);
  auto other = facts;
  for (std::size_t i = other.size(); i > 1; --i)
    std::swap(other[i - 1],
              other[static_cast<std::size_t>(below(static_cast<int>(i)))]);
  for (const auto& [ago, fact] : other)
    second.tapped_ago(ago).must(op, fact);
  for (auto c : both_corners) {
    RC_ASSERT(first.box(c) == second.box(c));
    RC_ASSERT(first.control_ms(c) == second.control_ms(c));
  }
  RC_ASSERT(first.round(1).control.intervals({300'000})
            == second.round(1).control.intervals({300'000}));
}

/// Whole bouts to their results, the other way round: who won, wins.
RC_GTEST_PROP(bout_properties, mirrored_cards_give_the_mirrored_result, ()) {
  ring r{extension_rules()};
  r.ready(1);
  auto other = r;
  auto choose = by_rapidcheck();
  while (r.s.phase != phase::decided) {
    if (!r.s.picks_wanted.empty()) {
      auto seat = r.s.picks_wanted.front();
      step x{judge(seat), submit_card{seat, 0, pick(corner::red), ""}, 0, 0};
      RC_ASSERT(run(r, x) && run(other, mirrored(x)));
      continue;
    }
    for (auto* one : {&r, &other})
      one->fight_round();
    auto n = current_round_no(r.s);
    for (int seat = 1; seat <= 3; ++seat) {
      auto red = 10 - choose(2);
      auto entry = scores(red, red == 10 ? 9 + choose(2) : 10);
      step x{judge(seat), submit_card{seat, n, entry, "reason"}, 0, 0};
      RC_ASSERT(run(r, x) && run(other, mirrored(x)));
    }
    for (auto* one : {&r, &other})
      one->lock(n);
  }
  RC_ASSERT(describe(mirrored(r.s), true) == describe(other.s, true));
}

} // namespace ringside::bout::test
