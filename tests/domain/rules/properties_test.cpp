#include "domain/rules/finish.hpp"
#include "domain/rules/panel.hpp"
#include "domain/rules/score_check.hpp"
#include "domain/rules/stoppage.hpp"
#include "tests/domain/rules/fixture.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <functional>

namespace ringside::rules::test {

namespace {

/// A bout as the generator makes it.
struct made_bout {
  std::vector<judge_card> cards;
  std::vector<deductions> taken;
  decision_scope scope;
};

rc::Gen<round_score> any_score() {
  return rc::gen::map(
    rc::gen::pair(rc::gen::inRange(0, 2), rc::gen::inRange(6, 11)),
    [](std::pair<int, int> made) {
      round_score score{{whole_points(10), whole_points(made.second)}};
      if (made.first == 1)
        std::swap(score.raw.red, score.raw.blue);
      return score;
    });
}

made_bout any_bout(int judges) {
  made_bout bout;
  bout.scope.scheduled_rounds = *rc::gen::element(3, 5);
  bout.scope.rounds_counted = bout.scope.scheduled_rounds;
  auto rounds = static_cast<std::size_t>(bout.scope.scheduled_rounds);
  for (int seat = 0; seat < judges; ++seat) {
    judge_card one;
    for (const auto& score :
         *rc::gen::container<std::vector<round_score>>(rounds, any_score()))
      one.rounds.emplace_back(score);
    one.pick = *rc::gen::element(corner::red, corner::blue);
    bout.cards.push_back(one);
  }
  for (std::size_t i = 0; i < rounds; ++i)
    bout.taken.push_back({whole_points(*rc::gen::inRange(0, 3)),
                          whole_points(*rc::gen::inRange(0, 3))});
  return bout;
}

made_bout mirrored(made_bout bout) {
  for (auto& one : bout.cards) {
    for (auto& round : one.rounds)
      std::swap(round->raw.red, round->raw.blue);
    one.pick = opponent(*one.pick);
  }
  for (auto& round : bout.taken)
    std::swap(round.red, round.blue);
  return bout;
}

result<outcome> decide(const ruleset& rules, const made_bout& bout) {
  return derive_decision(rules, bout.cards, bout.taken, bout.scope);
}

std::optional<corner> other(std::optional<corner> side) {
  return side ? std::optional{opponent(*side)} : side;
}

const ruleset& mma() {
  static const auto rules = shipped("mma_abc_2017");
  return rules;
}

const ruleset& amateur() {
  static const auto rules = shipped("boxing_amateur");
  return rules;
}

void holds(const char* what, const std::function<void()>& property) {
  EXPECT_TRUE(rc::check(what, property));
}

} // namespace

TEST(properties, swapping_corners_swaps_the_result) {
  for (const auto* rules : {&mma(), &amateur()})
    holds("mirror", [&] {
      auto bout = any_bout(rules->judges.count);
      auto here = decide(*rules, bout);
      auto there = decide(*rules, mirrored(bout));
      RC_ASSERT(here && there);
      RC_ASSERT(here->kind == there->kind);
      RC_ASSERT(here->winner == other(there->winner));
    });
}

TEST(properties, the_order_of_judges_does_not_matter) {
  for (const auto* rules : {&mma(), &amateur()})
    holds("permutation", [&] {
      auto bout = any_bout(rules->judges.count);
      auto before = decide(*rules, bout);
      auto by = static_cast<std::ptrdiff_t>(
        *rc::gen::inRange<std::size_t>(0, bout.cards.size()));
      std::rotate(bout.cards.begin(), bout.cards.begin() + by,
                  bout.cards.end());
      std::swap(bout.cards.front(), bout.cards.back());
      auto after = decide(*rules, bout);
      RC_ASSERT(before && after);
      RC_ASSERT(before->kind == after->kind);
      RC_ASSERT(before->winner == after->winner);
      RC_ASSERT(before->tuple == after->tuple);
    });
}

TEST(properties, a_knockout_ignores_the_points) {
  holds("finish", [] {
    auto bout = any_bout(3);
    auto winner = *rc::gen::element(corner::red, corner::blue);
    auto got = derive_result(mma(), finish{"ko", winner}, bout.cards,
                             bout.taken, bout.scope);
    RC_ASSERT(got);
    RC_ASSERT(got->kind == result_kind::ko);
    RC_ASSERT(got->winner == winner);
  });
}

TEST(properties, the_same_deduction_for_both_changes_no_verdict) {
  holds("both deducted", [] {
    auto bout = any_bout(3);
    auto before = decide(mma(), bout);
    auto round = *rc::gen::inRange<std::size_t>(0, bout.taken.size());
    for (auto side : both_corners)
      bout.taken[round][side] += whole_points(2);
    auto after = decide(mma(), bout);
    RC_ASSERT(before && after);
    RC_ASSERT(before->kind == after->kind);
    RC_ASSERT(before->winner == after->winner);
    for (std::size_t i = 0; i < before->cards.size(); ++i)
      for (auto side : both_corners)
        RC_ASSERT(after->cards[i].total[side] + whole_points(2)
                  == before->cards[i].total[side]);
  });
}

TEST(properties, a_deduction_never_helps_the_fouler) {
  holds("deduction", [] {
    auto bout = any_bout(3);
    auto before = decide(mma(), bout);
    bout.taken[0].red += whole_points(*rc::gen::inRange(1, 4));
    auto after = decide(mma(), bout);
    RC_ASSERT(before && after);
    if (before->winner == corner::blue)
      RC_ASSERT(after->winner == corner::blue);
    if (after->winner == corner::red)
      RC_ASSERT(before->winner == corner::red);
  });
}

TEST(properties, a_missing_card_never_gives_a_decision) {
  holds("missing", [] {
    auto bout = any_bout(3);
    auto seat = *rc::gen::inRange<std::size_t>(0, bout.cards.size());
    auto& rounds = bout.cards[seat].rounds;
    rounds[*rc::gen::inRange<std::size_t>(0, rounds.size())].reset();
    auto got = decide(mma(), bout);
    RC_ASSERT(!got);
    RC_ASSERT(got.reason().code == ec::cards_missing);
    auto name = "seat " + std::to_string(seat + 1);
    RC_ASSERT(got.reason().detail.find(name) != std::string::npos);
  });
}

TEST(properties, kind_and_winner_always_fit) {
  holds("fit", [] {
    auto bout = any_bout(3);
    foul_stop stop;
    stop.cause = *rc::gen::element(
      foul_cause::accidental, foul_cause::accidental_aggravated,
      foul_cause::intentional, foul_cause::intentional_injury_later,
      foul_cause::self_injury);
    stop.scheduled_rounds = bout.scope.scheduled_rounds;
    stop.round = *rc::gen::inRange(1, stop.scheduled_rounds + 1);
    stop.bell_gone = *rc::gen::arbitrary<bool>();
    auto got = derive_foul_stoppage(mma(), bout.cards, bout.taken, stop);
    RC_ASSERT(got);
    RC_ASSERT(winner_fits(got->kind, got->winner));
  });
}

TEST(properties, a_score_is_allowed_for_both_corners_alike) {
  holds("score mirror", [] {
    auto red = points{*rc::gen::inRange(-5, 115)};
    auto blue = points{*rc::gen::inRange(-5, 115)};
    auto reason = *rc::gen::arbitrary<bool>();
    for (const auto& rules : shipped_catalog().all()) {
      auto here = score_check(rules, {{red, blue}}, reason);
      auto there = score_check(rules, {{blue, red}}, reason);
      RC_ASSERT(static_cast<bool>(here) == static_cast<bool>(there));
      if (here && rules.scale.winner_has_base)
        RC_ASSERT(std::max(red, blue) == rules.scale.base);
    }
  });
}

TEST(properties, points_by_buttons_are_bounded_by_presses) {
  holds("consensus", [] {
    std::vector<press> presses;
    auto count = *rc::gen::inRange(0, 60);
    for (int i = 0; i < count; ++i)
      presses.push_back({*rc::gen::inRange(1, 6),
                         *rc::gen::element(corner::red, corner::blue),
                         *rc::gen::inRange(0, 4000)});
    consensus_plan plan;
    auto points = consensus_hits(presses, plan);
    std::size_t used = 0;
    for (const auto& point : points) {
      used += point.seats.size();
      RC_ASSERT(std::ssize(point.seats) >= plan.judges_needed);
      RC_ASSERT(point.scored_ms - point.opened_ms <= plan.window_ms);
      auto seats = point.seats;
      std::sort(seats.begin(), seats.end());
      RC_ASSERT(std::unique(seats.begin(), seats.end()) == seats.end());
    }
    RC_ASSERT(used <= presses.size());
    for (auto& one : presses)
      one.side = opponent(one.side);
    RC_ASSERT(consensus_hits(presses, plan).size() == points.size());
  });
}

} // namespace ringside::rules::test
