#include "domain/wire/view.hpp"

#include "tests/domain/wire/bout_script.hpp"
#include "tests/support/bout_generators.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

/// Random bouts, for what must hold after every event.
namespace ringside::wire {
namespace {

const bout_id walked_bout{"b1"};

rules::ruleset any_ruleset() {
  auto set = plain_ruleset();
  set.open_scoring.when = test::any_enum<rules::reveal_when>();
  set.open_scoring.audience = test::any_enum<rules::reveal_to>();
  set.open_scoring.after_rounds = {2};
  set.extension.scored_alone = test::any_bool();
  if (test::any_int(0, 3) == 0)
    set.unit = rules::scoring_unit::consensus_hits;
  return set;
}

std::string text_of_view(const bout::state& s, const audience& who) {
  return json::to_text(render_all(s, walked_bout, who));
}

RC_GTEST_PROP(view_walk, touched_sections_are_all_that_changed, ()) {
  bout_script b{any_ruleset()};
  std::vector<json::object> views;
  for (const auto& who : all_audiences())
    views.push_back(render_all(b.state, walked_bout, who));
  auto follow = [&] {
    auto touched = sections_touched(b.events.back(), b.state);
    for (std::size_t i = 0; i < views.size(); ++i) {
      auto who = all_audiences()[i];
      for (auto& [key, part] : render(b.state, walked_bout, who, touched))
        views[i].insert_or_assign(key, part);
      RC_ASSERT(json::to_text(views[i]) == text_of_view(b.state, who));
    }
  };
  bout::bout_created first;
  first.ruleset = "unified_mma";
  first.scheduled_rounds = 3;
  b.add(first);
  follow();
  for (int n = test::any_int(0, 40); n > 0; --n) {
    b.add(any_next(b.state));
    follow();
  }
}

/// The same bout with one card written differently.
bout::state with_other_card(const bout::state& s, int seat, int round) {
  auto other = s;
  auto& target = *bout::find_seat(other, seat);
  auto& card = round == 0 ? *target.whole_bout
                          : *target.rounds[static_cast<std::size_t>(round) - 1];
  card.entry = round == 0 ? bout::card_entry{{}, corner::red, {}}
                          : scores(test::any_int(0, 9), 10);
  card.reason = "something else that is longer " + test::any_text();
  return other;
}

bool has_card(const bout::state& s, int seat, int round) {
  const auto& x = *bout::find_seat(s, seat);
  if (round == 0)
    return x.whole_bout.has_value();
  auto index = static_cast<std::size_t>(round) - 1;
  return index < x.rounds.size() && x.rounds[index].has_value();
}

/// A bout somewhere in its middle.
void play(bout_script& b) {
  b.begin();
  for (int n = test::any_int(5, 60); n > 0; --n)
    b.add(any_next(b.state));
}

RC_GTEST_PROP(the_wall, shows_nothing_of_a_hidden_card, ()) {
  bout_script b{any_ruleset()};
  play(b);
  for (int seat = 1; seat <= 3; ++seat)
    for (int round = 0; round <= bout::current_round_no(b.state); ++round) {
      if (!has_card(b.state, seat, round))
        continue;
      auto other = with_other_card(b.state, seat, round);
      for (const auto& who : all_audiences()) {
        auto equal = text_of_view(b.state, who) == text_of_view(other, who);
        RC_ASSERT(equal == !card_visible(b.state, seat, round, who));
      }
    }
}

RC_GTEST_PROP(the_wall, shows_nothing_of_a_hidden_result, ()) {
  bout_script b{any_ruleset()};
  play(b);
  auto s = b.state;
  if (!s.result)
    s.result = test::any_outcome();
  auto other = s;
  other.result->explanation += " and more";
  for (const auto& who : all_audiences()) {
    auto equal = text_of_view(s, who) == text_of_view(other, who);
    RC_ASSERT(equal == !result_visible(s, who));
  }
}

/// What may not be seen must not leave a trace in the events either: the same
/// event with other contents reads the same.
RC_GTEST_PROP(the_wall, redacts_cards_to_one_text, ()) {
  bout_script b{any_ruleset()};
  play(b);
  for (const auto& e : b.events) {
    const auto* card = std::get_if<bout::card_filed>(&e.body);
    if (card == nullptr)
      continue;
    auto twin = e;
    auto& changed = std::get<bout::card_filed>(twin.body);
    changed.entry = test::any_card(0);
    changed.reason = test::any_text();
    changed.late = !card->late;
    for (const auto& who : all_audiences()) {
      auto a = redact(e, b.state, who);
      auto c = redact(twin, b.state, who);
      auto visible = card_visible(b.state, card->seat, card->round, who);
      RC_ASSERT((a == c) == !visible);
      if (a && c && !visible) {
        RC_ASSERT(json::to_text(*a) == json::to_text(*c));
      }
    }
  }
}

RC_GTEST_PROP(the_wall, redacts_presses_to_one_text, ()) {
  bout_script b{any_ruleset()};
  play(b);
  RC_PRE(!b.state.rounds.empty());
  auto seat = test::any_int(1, 3);
  auto event_of = [seat](corner c) {
    return bout::event{
      9, the_judge, {1}, bout::fact_logged{bout::press{seat, c}, 1, {5}, 0}};
  };
  for (const auto& who : all_audiences()) {
    auto equal = redact(event_of(corner::red), b.state, who)
                 == redact(event_of(corner::blue), b.state, who);
    RC_ASSERT(equal == !presses_visible(b.state, seat, 1, who));
  }
}

} // namespace
} // namespace ringside::wire
