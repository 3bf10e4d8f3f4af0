#include "domain/wire/audience.hpp"

#include "tests/domain/wire/bout_script.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace ringside::wire {
namespace {

using bout::phase;
using bout::round_status;
using kind = audience::kind;

/// One situation of a three-round bout, seen from round 1.
struct situation {
  rules::reveal_when when = rules::reveal_when::never;
  rules::reveal_to to = rules::reveal_to::public_;
  bout::phase phase = phase::between_rounds;
  /// Bit n: seat n + 1 has filed round 1.
  unsigned filed = 0;
  bool locked_1 = false;
  bool locked_2 = false;

  bool has(int seat) const {
    return seat >= 1 && (filed >> (seat - 1) & 1U) != 0;
  }
};

bout::state state_of(const situation& x) {
  auto set = plain_ruleset();
  set.open_scoring = {x.when, {2}, x.to};
  bout::state s;
  s.ruleset = std::make_shared<const rules::ruleset>(set);
  s.scheduled_rounds = 3;
  s.phase = x.phase;
  s.seats.resize(3);
  s.rounds.resize(2);
  for (auto& r : s.rounds)
    r.status = round_status::closed;
  if (x.locked_1)
    s.rounds[0].status = round_status::locked;
  if (x.locked_2)
    s.rounds[1].status = round_status::locked;
  for (int seat = 1; seat <= 3; ++seat)
    if (x.has(seat))
      bout::find_seat(s, seat)->rounds.push_back(
        bout::filed_card{scores(10, 9), "", 1, {}, false, 0});
  return s;
}

/// The sentences of `card_visible`, one after another.
bool expected(const situation& x, int seat, const audience& who) {
  auto going_on
    = x.phase == phase::in_round || x.phase == phase::between_rounds;
  if (x.phase == phase::published)
    return true;
  if (who.who == kind::judge && who.seat == seat)
    return true;
  auto shown = x.locked_1
               && (x.when == rules::reveal_when::each_round
                   || (x.when == rules::reveal_when::after_rounds && x.locked_2
                       && going_on));
  if (who.who == kind::control)
    return x.filed == 7 || x.locked_1;
  if (!shown || x.to == rules::reveal_to::corners)
    return false;
  if (x.to == rules::reveal_to::broadcast)
    return who.who == kind::broadcast;
  return who.who != kind::judge || x.has(who.seat);
}

template <class Visit>
void each_situation(Visit visit) {
  for (auto when : {rules::reveal_when::never, rules::reveal_when::each_round,
                    rules::reveal_when::after_rounds})
    for (auto to : {rules::reveal_to::public_, rules::reveal_to::corners,
                    rules::reveal_to::broadcast})
      for (auto p : {phase::in_round, phase::between_rounds, phase::decided,
                     phase::approved, phase::published, phase::cancelled})
        for (unsigned filed = 0; filed < 8; ++filed)
          for (auto locks = 0U; locks < 4; ++locks)
            visit(situation{when, to, p, filed, (locks & 1U) != 0,
                            (locks & 2U) != 0});
}

TEST(card_visibility, follows_its_sentences_in_every_situation) {
  int seen = 0;
  int hidden = 0;
  each_situation([&](const situation& x) {
    auto s = state_of(x);
    for (const auto& who : all_audiences())
      for (int seat = 1; seat <= 3; ++seat) {
        auto got = card_visible(s, seat, 1, who);
        ASSERT_EQ(got, expected(x, seat, who))
          << "phase " << text_of(x.phase) << " when " << text_of(x.when)
          << " to " << text_of(x.to) << " filed " << x.filed << " locks "
          << x.locked_1 << x.locked_2 << " who " << int(who.who) << "/"
          << who.seat << " seat " << seat;
        ++(got ? seen : hidden);
      }
  });
  EXPECT_GT(seen, 1'000);
  EXPECT_GT(hidden, 1'000);
}

TEST(the_wall, keeps_others_cards_from_a_judge_who_has_not_filed) {
  each_situation([](const situation& x) {
    if (x.phase == phase::published)
      return;
    auto s = state_of(x);
    for (int me = 0; me <= 3; ++me)
      for (int seat = 1; seat <= 3; ++seat)
        if (seat != me && !x.has(me)) {
          ASSERT_FALSE(card_visible(s, seat, 1, {kind::judge, me}));
        }
  });
}

TEST(open_scoring, leaves_the_last_round_to_the_result) {
  auto set = plain_ruleset();
  set.open_scoring = {rules::reveal_when::each_round, {}, {}};
  bout_script b{set};
  b.begin();
  for (int n : {1, 2, 3})
    b.fight(n).judge_and_lock(n);
  EXPECT_TRUE(card_visible(b.state, 1, 2, {kind::public_, 0}));
  EXPECT_FALSE(card_visible(b.state, 1, 3, {kind::public_, 0}));
  EXPECT_TRUE(card_visible(b.state, 1, 3, {kind::control, 0}));
}

TEST(picks, stay_with_control_and_the_judge_who_makes_them) {
  bout_script b;
  b.begin().fight(1).judge_and_lock(1);
  b.add(bout::picks_requested{{2, 3}});
  bout::card_entry pick;
  pick.pick = corner::red;
  b.add(bout::card_filed{2, 0, pick, "", false});
  EXPECT_FALSE(card_visible(b.state, 2, 0, {kind::control, 0}));
  EXPECT_TRUE(card_visible(b.state, 2, 0, {kind::judge, 2}));
  EXPECT_FALSE(card_visible(b.state, 2, 0, {kind::judge, 3}));
  EXPECT_TRUE(pick_known(b.state, 2, {kind::control, 0}));
  EXPECT_FALSE(pick_known(b.state, 2, {kind::judge, 1}));
  EXPECT_FALSE(pick_known(b.state, 2, {kind::public_, 0}));
  b.add(bout::card_filed{3, 0, pick, "", false});
  EXPECT_TRUE(card_visible(b.state, 2, 0, {kind::control, 0}));
  EXPECT_FALSE(card_visible(b.state, 2, 0, {kind::desk, 0}));
}

TEST(presses, are_hidden_like_cards) {
  auto set = plain_ruleset();
  set.unit = rules::scoring_unit::consensus_hits;
  bout_script b{set};
  b.begin();
  b.add(bout::round_opened{1});
  EXPECT_FALSE(presses_visible(b.state, 1, 1, {kind::control, 0}));
  EXPECT_TRUE(presses_visible(b.state, 1, 1, {kind::judge, 1}));
  EXPECT_FALSE(presses_visible(b.state, 2, 1, {kind::judge, 1}));
  EXPECT_FALSE(presses_visible(b.state, 0, 1, {kind::judge, 0}));
  b.add(bout::round_closed{1, {}});
  EXPECT_TRUE(presses_visible(b.state, 0, 1, {kind::control, 0}));
  EXPECT_FALSE(presses_visible(b.state, 0, 1, {kind::public_, 0}));
}

TEST(results, are_for_control_until_they_are_published) {
  bout_script b;
  b.begin().fight(1).judge_and_lock(1);
  b.add(bout::result_derived{});
  for (auto body : {bout::event_body{bout::result_approved{}},
                    bout::event_body{bout::result_published{}}}) {
    for (const auto& who : all_audiences())
      EXPECT_EQ(result_visible(b.state, who), who.who == kind::control);
    b.add(body);
  }
  for (const auto& who : all_audiences())
    EXPECT_TRUE(result_visible(b.state, who));
}

TEST(audiences, follow_from_the_role) {
  std::map<role, kind> table{
    {role::supervisor, kind::control}, {role::commission, kind::control},
    {role::operator_, kind::desk},     {role::timekeeper, kind::desk},
    {role::admin, kind::desk},         {role::source, kind::desk},
    {role::judge, kind::judge},        {role::broadcast, kind::broadcast},
    {role::viewer, kind::public_}};
  ASSERT_EQ(table.size(), enum_names<role>::value.size());
  for (auto [who, expected_kind] : table) {
    auto got = audience_for(who, 2);
    EXPECT_EQ(got.who, expected_kind) << text_of(who);
    EXPECT_EQ(got.seat, who == role::judge ? 2 : 0) << text_of(who);
  }
}

TEST(seats, are_found_by_account) {
  bout_script b;
  b.begin();
  EXPECT_EQ(seat_of(b.state, "j2"), 2);
  EXPECT_EQ(seat_of(b.state, "x"), 0);
  bout::state empty;
  empty.seats.resize(2);
  EXPECT_EQ(seat_of(empty, ""), 0);
}

} // namespace
} // namespace ringside::wire
