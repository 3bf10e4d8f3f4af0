#include "domain/wire/evidence.hpp"

#include "domain/wire/view.hpp"
#include "tests/domain/wire/audiences.hpp"
#include "tests/domain/wire/bout_script.hpp"
#include "tests/support/bout_generators.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

/// When a whole journal may be handed out: whoever gets it sees nothing that
/// he would not be shown.
namespace ringside::wire {
namespace {

bool may(const bout_script& b, const audience& who) {
  auto ok = may_export(b.state, who);
  if (!ok) {
    EXPECT_EQ(ok.reason().code, ec::wrong_state);
    EXPECT_FALSE(ok.reason().hint.empty());
  }
  return static_cast<bool>(ok);
}

/// Whether control is shown as much of an event as after the publication.
/// Results apart: one that was withdrawn is known to who saw it.
bool shown_whole(const bout::event& e, const bout::state& s) {
  if (std::holds_alternative<bout::result_derived>(e.body))
    return true;
  auto later = s;
  later.phase = bout::phase::published;
  auto all = redact(e, later, control);
  return all && redact(e, s, control) == all;
}

RC_GTEST_PROP(evidence, shows_control_nothing_that_is_hidden, ()) {
  auto set = plain_ruleset();
  if (test::any_int(0, 3) == 0)
    set.unit = rules::scoring_unit::consensus_hits;
  bout_script b{set};
  b.begin();
  for (int n = test::any_int(0, 40); n > 0; --n)
    b.add(any_next(b.state));
  auto yes = static_cast<bool>(may_export(b.state, control));
  RC_CLASSIFY(yes, "handed out");
  for (const auto& e : b.events) {
    RC_LOG() << "event " << e.no << " of kind " << e.body.index() << '\n';
    RC_ASSERT(!yes || shown_whole(e, b.state));
  }
}

TEST(evidence, waits_for_the_last_card_of_a_round) {
  bout_script b;
  b.begin().fight(1);
  EXPECT_TRUE(may(b, control));
  EXPECT_TRUE(may(b, desk));
  for (int seat = 1; seat <= 3; ++seat) {
    b.add(bout::card_filed{seat, 1, scores(10, 9), "", false}, the_judge);
    EXPECT_EQ(may(b, control), seat == 3);
    EXPECT_FALSE(may(b, desk));
  }
  b.add(bout::round_locked{1}, the_supervisor);
  EXPECT_TRUE(may(b, control));
  EXPECT_FALSE(may(b, desk));
}

TEST(evidence, waits_for_a_pick_of_last_resort) {
  bout_script b;
  b.begin().fight(1).judge_and_lock(1);
  b.add(bout::picks_requested{{2, 3}});
  EXPECT_TRUE(may(b, control));
  bout::card_entry pick;
  pick.pick = corner::red;
  b.add(bout::card_filed{2, 0, pick, "", false});
  EXPECT_FALSE(may(b, control));
  b.add(bout::card_filed{3, 0, pick, "", false});
  EXPECT_TRUE(may(b, control));
  EXPECT_FALSE(may(b, desk));
}

TEST(evidence, waits_for_the_end_of_a_round_of_presses) {
  auto set = plain_ruleset();
  set.unit = rules::scoring_unit::consensus_hits;
  bout_script b{set};
  b.begin();
  b.add(bout::round_opened{1});
  EXPECT_FALSE(may(b, control));
  b.add(bout::round_closed{1, {}});
  EXPECT_TRUE(may(b, control));
  EXPECT_FALSE(may(b, desk));
}

TEST(evidence, of_a_result_is_for_control_until_it_is_published) {
  bout_script b;
  b.begin().fight(1);
  b.add(bout::finish_recorded{corner::red, rules::result_kind::ko, 1, {}});
  EXPECT_TRUE(may(b, desk)) << "the finish was seen by everybody";
  rules::outcome ko;
  ko.kind = rules::result_kind::ko;
  ko.winner = corner::red;
  b.add(bout::result_derived{ko});
  EXPECT_TRUE(may(b, control));
  EXPECT_FALSE(may(b, desk));
  b.add(bout::result_approved{});
  EXPECT_FALSE(may(b, desk));
  b.add(bout::result_published{});
  EXPECT_TRUE(may(b, desk));
}

TEST(evidence, tells_the_result_that_follows) {
  bout_script b;
  b.begin().fight(1).judge_and_lock(1);
  auto body = derived_result(b.state, bout_id{"b1"});
  for (const auto* key : {"bout_id", "version", "phase", "cards"})
    EXPECT_NE(body.find(key), nullptr) << key;
}

} // namespace
} // namespace ringside::wire
