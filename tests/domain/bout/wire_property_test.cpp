#include "domain/wire/event_codec.hpp"
#include "tests/domain/bout/model.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

/// The same fold through the journal's form of the events.
namespace ringside::bout::test {

namespace {

/// What comes back from the journal.
std::vector<event> through_json(const std::vector<event>& log) {
  std::vector<event> back;
  for (const auto& e : log) {
    auto parsed = json::parse(json::to_text(wire::data_of(e)), {});
    RC_ASSERT(static_cast<bool>(parsed));
    auto again = wire::event_from(wire::kind_of(e.body), *parsed, e.no, e.by);
    RC_ASSERT(static_cast<bool>(again));
    back.push_back(std::move(*again));
  }
  return back;
}

} // namespace

RC_GTEST_PROP(bout_wire, the_fold_of_the_journal_is_the_live_state, ()) {
  chooser choose = [](int n) {
    return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, n));
  };
  ring r{choose(2) == 0 ? mma_rules() : extension_rules()};
  r.ready(1 + choose(2)).bell();
  for (auto n = choose(60); n > 0; --n)
    run(r, any_step(r, choose));
  auto again = fold(through_json(r.log), r.lookup);
  RC_ASSERT(describe(again, true) == describe(r.s, true));
}

TEST(bout_wire, cards_by_criteria_come_back) {
  ring r{weighted_rules()};
  r.ready(1).fight_round();
  for (int seat = 1; seat <= 3; ++seat)
    r.must(judge(seat),
           submit_card{seat, 0, criteria({corner::red, {}, corner::blue}), ""});
  r.lock(1);
  auto again = fold(through_json(r.log), r.lookup);
  EXPECT_EQ(describe(again, true), describe(r.s, true));
}

} // namespace ringside::bout::test
