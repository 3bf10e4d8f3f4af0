#include "tests/domain/wire/bout_script.hpp"

#include "tests/support/bout_generators.hpp"

namespace ringside::wire {

namespace {

using bout::phase;
using bout::round_status;
using test::any_bool;
using test::any_int;

/// Where the clock of the last round stands, a little after its last mark.
round_ms clock_now(const bout::state& s) {
  const auto& r = s.rounds.back();
  auto mark = r.clock.last_mark().value_or(r.opened_at);
  return bout::clock_at(r, {mark.count + any_int(0, 90'000'000)});
}

/// A fact that this bout may know: a press of one of its seats, and only where
/// presses are the score.
bout::fact any_fact_of(const bout::state& s) {
  auto what = test::any_fact();
  auto* press = std::get_if<bout::press>(&what);
  if (press == nullptr)
    return what;
  if (s.ruleset->unit != rules::scoring_unit::consensus_hits)
    return bout::takedown{press->corner, true};
  press->seat = any_int(1, static_cast<int>(s.seats.size()));
  return what;
}

bout::event_body any_correction(const bout::state& s) {
  std::vector<bout::event_no> all;
  for (const auto& [no, fact] : s.facts)
    all.push_back(no);
  std::sort(all.begin(), all.end());
  auto no = *rc::gen::elementOf(all);
  if (any_bool())
    return bout::event_retracted{no, test::any_text()};
  const auto& old = s.facts.at(no);
  return bout::fact_replaced{no, any_fact_of(s), old.round, old.at,
                             test::any_text()};
}

bout::event_body any_card_event(const bout::state& s) {
  auto seat = any_int(1, static_cast<int>(s.seats.size()));
  auto round = any_int(0, bout::current_round_no(s));
  auto entry = test::any_card(0);
  entry.score = std::nullopt;
  if (round > 0)
    entry = bout::card_entry{test::any_score(), {}, {}};
  if (any_int(0, 3) == 0)
    return bout::card_revised{seat, round, entry, "sue", test::any_text()};
  return bout::card_filed{seat, round, entry, test::any_text(), any_bool()};
}

bout::event_body in_the_round(const bout::state& s) {
  auto n = bout::current_round_no(s);
  auto now = clock_now(s);
  switch (any_int(0, 7)) {
  case 0:
    return bout::clock_started{n, now};
  case 1:
    return bout::clock_stopped{n, now, test::any_text()};
  case 2:
    return bout::round_closed{n, now};
  case 3:
    if (!s.facts.empty())
      return any_correction(s);
    break;
  case 4:
    if (any_int(0, 9) == 0)
      return bout::finish_recorded{corner::red, rules::result_kind::ko, n, now};
    break;
  default:
    break;
  }
  return bout::fact_logged{any_fact_of(s), n, now, 0};
}

bout::event_body between(const bout::state& s) {
  auto n = bout::current_round_no(s);
  switch (any_int(0, 8)) {
  case 0:
    if (n < bout::rounds_allowed(s))
      return bout::round_opened{n + 1};
    return bout::extension_ordered{n + 1};
  case 1:
    return bout::round_locked{any_int(1, n)};
  case 2:
    return bout::round_unlocked{any_int(1, n), "sue", test::any_text()};
  case 3:
    return bout::result_derived{test::any_outcome()};
  case 4:
    return bout::picks_requested{{1, 3}};
  case 5:
    return bout::fact_logged{any_fact_of(s), n, s.rounds.back().closed_ms, 0};
  default:
    return any_card_event(s);
  }
}

bout::event_body beside(const bout::state& s) {
  if (any_int(0, 9) == 0)
    return bout::bout_cancelled{"rain"};
  if (!s.protests.empty() && any_bool())
    return bout::protest_ruled{s.protests.front().no, any_bool(),
                               test::any_text()};
  if (any_bool())
    return bout::note_added{test::any_text(), 0};
  return bout::protest_raised{test::any_text(), test::maybe_corner()};
}

} // namespace

rules::ruleset plain_ruleset() {
  rules::ruleset set;
  set.id = "unified_mma";
  set.title = "Unified Rules";
  set.control_kinds = {"top", "back"};
  set.techniques = {"jab"};
  return set;
}

std::vector<audience> all_audiences() {
  using kind = audience::kind;
  return {{kind::control, 0},   {kind::desk, 0},   {kind::judge, 0},
          {kind::judge, 1},     {kind::judge, 2},  {kind::judge, 3},
          {kind::broadcast, 0}, {kind::public_, 0}};
}

bout::card_entry scores(int red, int blue) {
  bout::card_entry entry;
  entry.score = rules::round_score{{whole_points(red), whole_points(blue)}};
  return entry;
}

bout_script::bout_script(rules::ruleset set)
  : set_(std::make_shared<const rules::ruleset>(std::move(set))),
    lookup_([this](std::string_view id, int) {
      return id == set_->id ? set_ : nullptr;
    }) {
  // nop
}

const bout::event& bout_script::add(bout::event_body body, const issuer& by,
                                    std::int64_t later_us) {
  auto last = events.empty() ? 0 : events.back().at.count;
  events.push_back({state.version + 1, by, {last + later_us}, std::move(body)});
  bout::apply(state, events.back(), lookup_);
  return events.back();
}

bout_script& bout_script::begin() {
  bout::bout_created x;
  x.ruleset = set_->id;
  x.ruleset_version = set_->version;
  x.fighters = {{"Ada", "", "9-0", ""}, {"Bea", "", "", ""}};
  x.scheduled_rounds = set_->rounds.count_default;
  for (int n = 1; n <= set_->judges.count; ++n)
    x.judges.push_back({"Judge " + std::to_string(n), "j" + std::to_string(n)});
  add(x, the_supervisor);
  for (int n = 1; n <= set_->judges.count; ++n)
    add(bout::seat_bound{n, "j" + std::to_string(n), "tablet", false, ""},
        the_judge);
  return *this;
}

bout_script& bout_script::fight(int n) {
  add(bout::round_opened{n});
  add(bout::clock_started{n, {}});
  add(bout::round_closed{n, {300'000}}, the_operator, 300'000'000);
  return *this;
}

bout_script& bout_script::judge_and_lock(int n) {
  for (int seat = 1; seat <= set_->judges.count; ++seat)
    add(bout::card_filed{seat, n, scores(10, 9), "", false}, the_judge);
  add(bout::round_locked{n}, the_supervisor);
  return *this;
}

bout::event_body any_next(const bout::state& s) {
  if (s.phase == phase::cancelled || any_int(0, 9) == 0)
    return beside(s);
  switch (s.phase) {
  case phase::created:
    return bout::round_opened{1};
  case phase::in_round:
    return in_the_round(s);
  case phase::between_rounds:
    return between(s);
  case phase::decided:
    if (any_bool())
      return bout::result_withdrawn{};
    return bout::result_approved{};
  case phase::approved:
    return bout::result_published{};
  case phase::published:
    return bout::result_overturned{test::any_outcome(), "error", "com", "why"};
  default:
    return beside(s);
  }
}

} // namespace ringside::wire
