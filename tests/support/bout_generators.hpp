#pragma once

#include "domain/bout/event.hpp"

#include <rapidcheck.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// rapidcheck generators for everything a bout is made of. Values are ones
/// that `decide` could let pass, not ones that fit any particular bout.
namespace ringside::test {

inline int any_int(int min, int max) {
  return *rc::gen::inRange(min, max + 1);
}

inline bool any_bool() {
  return *rc::gen::arbitrary<bool>();
}

template <class Enum>
Enum any_enum() {
  auto count = static_cast<int>(enum_names<Enum>::value.size());
  return static_cast<Enum>(any_int(0, count - 1));
}

/// Up to `parts_max` pieces with all kinds of characters that JSON escapes or
/// that take several bytes.
inline std::string any_pieces(std::vector<std::string_view> pieces,
                              int parts_min, int parts_max) {
  std::string text;
  for (int n = any_int(parts_min, parts_max); n > 0; --n)
    text += *rc::gen::elementOf(pieces);
  return text;
}

inline std::string any_name(int parts_min = 1) {
  return any_pieces({"a", "Zed", " ", "\"", "\\", "/", "\u00fc", "\u2028",
                     "\U0001f94a", "0", ":", "<b>"},
                    parts_min, 6);
}

inline std::string any_text(int parts_min = 0) {
  return any_pieces({"because ", "\n", "\t", "\"", "\\", "\u00e9", "\U0001f94a",
                     "10-8", " ", "{}"},
                    parts_min, 12);
}

inline corner any_corner() {
  return any_bool() ? corner::red : corner::blue;
}

inline std::optional<corner> maybe_corner() {
  return any_bool() ? std::optional{any_corner()} : std::nullopt;
}

inline round_ms any_round_ms() {
  return {any_int(0, 1'500'000)};
}

inline int any_seat() {
  return any_int(1, 5);
}

inline int any_round() {
  return any_int(1, 15);
}

inline issuer any_issuer() {
  return {any_enum<role>(), any_name()};
}

// -- facts --------------------------------------------------------------------

template <class Variant, std::size_t I = 0>
Variant any_alternative(std::size_t index);

inline void fill(bout::strike& x) {
  x = {any_corner(),
       any_name(),
       any_enum<bout::strike_target>(),
       any_enum<bout::strike_position>(),
       any_enum<bout::strike_quality>(),
       any_bool(),
       any_bool()};
}

inline void fill(bout::knockdown& x) {
  x = {any_corner(), any_name()};
}

inline void fill(bout::takedown& x) {
  x = {any_corner(), any_bool()};
}

inline void fill(bout::submission_attempt& x) {
  x = {any_corner(), any_enum<bout::submission_depth>()};
}

inline void fill(bout::reversal& x) {
  x = {any_corner()};
}

inline void fill(bout::control_start& x) {
  x = {any_corner(), any_name()};
}

inline void fill(bout::control_end& x) {
  x = {any_corner()};
}

inline void fill(bout::foul& x) {
  x = {any_corner(), any_name(), any_bool()};
}

inline void fill(bout::deduction& x) {
  x = {any_corner(), whole_points(any_int(1, 20)), any_text()};
}

inline void fill(bout::press& x) {
  x = {any_seat(), any_corner()};
}

inline bout::fact any_fact() {
  auto last = static_cast<int>(std::variant_size_v<bout::fact>) - 1;
  return any_alternative<bout::fact>(
    static_cast<std::size_t>(any_int(0, last)));
}

// -- parts --------------------------------------------------------------------

inline bout::fighter any_fighter() {
  return {any_name(), any_name(0), any_name(0), any_name(0)};
}

inline bout::official any_official() {
  return {any_name(), any_name(0)};
}

inline std::vector<bout::official> any_officials() {
  std::vector<bout::official> all;
  for (int n = any_int(0, 5); n > 0; --n)
    all.push_back(any_official());
  return all;
}

inline rules::round_score any_score() {
  return {{{any_int(0, 20) * 5}, {any_int(0, 20) * 5}}};
}

/// A card with scores, or with a pick and criteria in any mixture.
/// @param criteria How many the rule set has; their ids are in order.
inline bout::card_entry any_card(int criteria = 4) {
  bout::card_entry entry;
  if (any_bool()) {
    entry.score = any_score();
    return entry;
  }
  entry.pick = maybe_corner();
  if (criteria > 0 && any_bool())
    for (int n = 0; n < criteria; ++n)
      entry.criteria.push_back({"c" + std::to_string(n), maybe_corner()});
  return entry;
}

inline rules::outcome any_outcome() {
  rules::outcome x;
  x.kind = any_enum<rules::result_kind>();
  x.winner = maybe_corner();
  for (int n = any_int(0, 5); n > 0; --n)
    x.cards.push_back({{{any_int(-50, 1'500)}, {any_int(-50, 1'500)}},
                       any_enum<rules::verdict>()});
  if (any_bool())
    x.panel = any_enum<rules::result_kind>();
  x.tuple = any_name(0);
  x.explanation = any_text();
  return x;
}

// -- events -------------------------------------------------------------------

inline void fill(bout::bout_created& x) {
  x = {any_name(),     any_int(1, 9),   {any_fighter(), any_fighter()},
       any_int(1, 15), any_officials(), any_name(0),
       any_name(0),    any_name(0),     any_bool()};
}

inline void fill(bout::judge_assigned& x) {
  x = {any_seat(), any_official()};
}

inline void fill(bout::seat_bound& x) {
  x = {any_seat(), any_name(0), any_name(0), any_bool(), any_text()};
}

inline void fill(bout::round_opened& x) {
  x = {any_round()};
}

inline void fill(bout::clock_started& x) {
  x = {any_round(), any_round_ms()};
}

inline void fill(bout::clock_stopped& x) {
  x = {any_round(), any_round_ms(), any_text()};
}

inline void fill(bout::round_closed& x) {
  x = {any_round(), any_round_ms()};
}

inline void fill(bout::fact_logged& x) {
  x = {any_fact(), any_round(), any_round_ms(), any_int(0, 1'000'000)};
}

inline bout::event_no any_event_no() {
  return static_cast<bout::event_no>(any_int(1, 200'000));
}

inline void fill(bout::event_retracted& x) {
  x = {any_event_no(), any_text()};
}

inline void fill(bout::fact_replaced& x) {
  x = {any_event_no(), any_fact(), any_round(), any_round_ms(), any_text()};
}

inline void fill(bout::card_filed& x) {
  x = {any_seat(), any_int(0, 15), any_card(), any_text(), any_bool()};
}

inline void fill(bout::card_revised& x) {
  x = {any_seat(), any_int(0, 15), any_card(), any_name(), any_text()};
}

inline void fill(bout::round_locked& x) {
  x = {any_round()};
}

inline void fill(bout::round_unlocked& x) {
  x = {any_round(), any_name(), any_text()};
}

inline void fill(bout::finish_recorded& x) {
  x = {maybe_corner(), any_enum<rules::result_kind>(), any_round(),
       any_round_ms()};
}

inline void fill(bout::stoppage_recorded& x) {
  x = {any_enum<bout::stoppage_cause>(), any_corner(), any_round(),
       any_round_ms()};
}

inline void fill(bout::extension_ordered& x) {
  x = {any_round()};
}

inline void fill(bout::picks_requested& x) {
  x.seats.clear();
  for (int n = any_int(0, 5); n > 0; --n)
    x.seats.push_back(any_seat());
}

inline void fill(bout::result_derived& x) {
  x = {any_outcome()};
}

inline void fill(bout::result_withdrawn&) {
  // nop
}

inline void fill(bout::result_approved&) {
  // nop
}

inline void fill(bout::result_published&) {
  // nop
}

inline void fill(bout::result_overturned& x) {
  x = {any_outcome(), any_name(), any_name(), any_text()};
}

inline void fill(bout::bout_cancelled& x) {
  x = {any_text()};
}

inline void fill(bout::note_added& x) {
  x = {any_text(), any_int(0, 15)};
}

inline void fill(bout::protest_raised& x) {
  x = {any_text(), maybe_corner()};
}

inline void fill(bout::protest_ruled& x) {
  x = {any_event_no(), any_bool(), any_text()};
}

// -- commands -----------------------------------------------------------------

inline void fill(bout::create_bout& x) {
  x = {any_name(),     {any_fighter(), any_fighter()},
       any_int(0, 15), any_officials(),
       any_name(0),    any_name(0),
       any_name(0),    any_bool()};
}

inline void fill(bout::assign_judge& x) {
  x = {any_seat(), any_official()};
}

inline void fill(bout::bind_seat& x) {
  x = {any_seat(), any_name(0), any_name(0), any_bool(), any_text()};
}

inline void fill(bout::open_round& x) {
  x = {any_round()};
}

inline void fill(bout::start_clock&) {
  // nop
}

inline void fill(bout::stop_clock& x) {
  x = {any_text()};
}

inline void fill(bout::close_round& x) {
  x = {any_int(0, 15)};
}

inline void fill(bout::log_fact& x) {
  x.what = any_fact();
  if (any_bool())
    x.round = any_round();
}

inline void fill(bout::retract_event& x) {
  x = {any_event_no(), any_text()};
}

inline void fill(bout::replace_event& x) {
  x = {any_event_no(), any_fact(), any_text()};
}

inline void fill(bout::submit_card& x) {
  x = {any_seat(), any_int(0, 15), any_card(), any_text()};
}

inline void fill(bout::revise_card& x) {
  x = {any_seat(), any_int(0, 15), any_card(), any_name(), any_text()};
}

inline void fill(bout::lock_round& x) {
  x = {any_round()};
}

inline void fill(bout::unlock_round& x) {
  x = {any_round(), any_name(), any_text()};
}

inline void fill(bout::record_finish& x) {
  x = {maybe_corner(), any_enum<rules::result_kind>(), any_round(),
       any_round_ms()};
}

inline void fill(bout::record_stoppage& x) {
  x = {any_enum<bout::stoppage_cause>(), any_corner(), any_round(),
       any_round_ms()};
}

inline void fill(bout::approve_result&) {
  // nop
}

inline void fill(bout::publish_result&) {
  // nop
}

inline void fill(bout::overturn_result& x) {
  x = {any_enum<rules::result_kind>(), maybe_corner(), any_name(), any_name(),
       any_text()};
}

inline void fill(bout::cancel_bout& x) {
  x = {any_text()};
}

inline void fill(bout::add_note& x) {
  x = {any_text(), any_int(0, 15)};
}

inline void fill(bout::raise_protest& x) {
  x = {any_text(), maybe_corner()};
}

inline void fill(bout::rule_on_protest& x) {
  x = {any_event_no(), any_bool(), any_text()};
}

// -- whole --------------------------------------------------------------------

/// Alternative `index` of a variant, filled.
template <class Variant, std::size_t I>
Variant any_alternative(std::size_t index) {
  if constexpr (I + 1 < std::variant_size_v<Variant>)
    if (index != I)
      return any_alternative<Variant, I + 1>(index);
  std::variant_alternative_t<I, Variant> x;
  fill(x);
  return Variant{std::move(x)};
}

/// An event of the given alternative of `event_body`.
inline bout::event any_event(std::size_t index) {
  bout::event e;
  e.no = any_event_no();
  e.by = any_issuer();
  e.at = {any_int(0, 2'000'000'000)};
  e.body = any_alternative<bout::event_body>(index);
  return e;
}

inline uuid any_uuid() {
  uuid id;
  for (auto& byte : id.bytes)
    byte = static_cast<std::uint8_t>(any_int(0, 255));
  return id;
}

/// A command of the given alternative of `command_body`, without digest and
/// time.
inline bout::command any_command(std::size_t index) {
  bout::command c;
  c.id = any_uuid();
  c.by = any_issuer();
  c.body = any_alternative<bout::command_body>(index);
  return c;
}

} // namespace ringside::test
