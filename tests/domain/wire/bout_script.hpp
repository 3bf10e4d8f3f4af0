#pragma once

#include "domain/bout/apply.hpp"
#include "domain/wire/audience.hpp"

#include <memory>
#include <string>
#include <vector>

/// A bout told event by event, for tests of this room.
namespace ringside::wire {

inline const issuer the_judge{role::judge, "j1"};
inline const issuer the_operator{role::operator_, "ann"};
inline const issuer the_supervisor{role::supervisor, "sue"};

/// Three rounds of five minutes, three judges, no open scoring.
rules::ruleset plain_ruleset();

/// Everybody there is: control, desk, judges of seat 0 to 3, broadcast, public.
std::vector<audience> all_audiences();

/// A round's card.
bout::card_entry scores(int red, int blue);

class bout_script {
public:
  explicit bout_script(rules::ruleset set = plain_ruleset());
  bout_script(const bout_script&) = delete;
  bout_script& operator=(const bout_script&) = delete;

  /// Folds one more event, `later_us` after the one before.
  const bout::event& add(bout::event_body body, const issuer& by = the_operator,
                         std::int64_t later_us = 1'000);

  /// Creates the bout and binds judges `j1`, `j2`, ... to their seats.
  bout_script& begin();

  /// Opens round `n`, runs it and closes it.
  bout_script& fight(int n);

  /// Files 10-9 for red from every seat and locks the round.
  bout_script& judge_and_lock(int n);

  const bout::ruleset_lookup& lookup() const noexcept {
    return lookup_;
  }

  bout::state state;
  std::vector<bout::event> events;

private:
  std::shared_ptr<const rules::ruleset> set_;
  bout::ruleset_lookup lookup_;
};

/// An event that can follow in this bout, chosen by rapidcheck.
bout::event_body any_next(const bout::state& s);

} // namespace ringside::wire
