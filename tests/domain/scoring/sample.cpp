#include "tests/domain/scoring/sample.hpp"

namespace ringside::scoring::test {

using namespace bout;

profile sample_profile() {
  profile p;
  p.id = "sample";
  p.version = 3;
  p.terms = {
    {"knockdowns", {}, shape::difference, 0, 1, {{column::knockdowns, 1}}},
    {"strikes",
     aspect::damage,
     shape::difference,
     0,
     0.1,
     {{column::head, 1.5},
      {column::body, 1},
      {column::leg, 1},
      {column::unknown_target, 1}}},
    {"ground", {}, shape::root, 1, 0.2, {{column::ground, 1}}},
    {"share",
     {},
     shape::share,
     10,
     3,
     {{column::head, 1},
      {column::body, 1},
      {column::other_landed, 0.2},
      {column::takedowns, 2},
      {column::control_minutes, 2}}},
    {"grappling",
     aspect::grappling,
     shape::margin,
     2,
     0.5,
     {{column::takedowns, 1},
      {column::submissions, 2},
      {column::reversals, 1}}},
    {"solid", {}, shape::capped, 10, 0.02, {{column::solid, 1}}},
    {"failed", {}, shape::difference, 0, -0.1, {{column::takedowns_failed, 1}}},
  };
  p.wide.eras = {{"", -6}, {"2017-01-01", -5}};
  p.wide.step_to_next = 5;
  p.wide.card_at_ppm = 300'000;
  p.wide.card_next_at_ppm = 500'000;
  p.wide.terms = {
    {"knockdowns", {}, shape::difference, 0, 2, {{column::knockdowns, 1}}},
    {"strikes",
     aspect::damage,
     shape::difference,
     0,
     0.1,
     {{column::head, 1}, {column::body, 1}}},
  };
  p.even_share = 0.01;
  return p;
}

fact helpful_fact(corner c, int kind) {
  switch (kind) {
  case 0:
    return strike{c, "jab", strike_target::head, strike_position::distance};
  case 1:
    return strike{c, "hook", strike_target::body, strike_position::clinch};
  case 2:
    return strike{c, "kick", strike_target::leg, strike_position::distance};
  case 3:
    return strike{c, "punch", strike_target::head, strike_position::ground};
  case 4:
    return strike{c, "strike"};
  case 5:
    return strike{c, "elbow", strike_target::head, strike_position::clinch,
                  strike_quality::solid};
  case 6: {
    strike s{c, "jab", strike_target::head};
    s.significant = false;
    return s;
  }
  case 7:
    return knockdown{c, "flash"};
  case 8:
    return knockdown{c, "near_finish"};
  case 9:
    return takedown{c, true};
  case 10:
    return submission_attempt{c};
  case 11:
    return submission_attempt{c, submission_depth::near_finish};
  case 12:
    return strike{c, "jab", strike_target::body, strike_position::ground,
                  strike_quality::light};
  default:
    return reversal{c};
  }
}

fact any_fact(corner c, int kind) {
  if (kind < helpful_kinds)
    return helpful_fact(c, kind);
  strike missed{c, "cross", strike_target::head};
  missed.landed = false;
  switch (kind - helpful_kinds) {
  case 0:
    return missed;
  case 1:
    missed.significant = false;
    return missed;
  case 2:
    return takedown{c, false};
  default:
    return foul{c, "groin", false};
  }
}

round_tally tally_of(const std::vector<fact>& facts) {
  round_tally t;
  for (const auto& f : facts)
    add(t, f);
  return t;
}

rules::ruleset mma_rules() {
  rules::ruleset r;
  r.id = "mma";
  r.criteria = {{"damage", "Damage", 0, false},
                {"dominance", "Dominance", 0, false},
                {"duration", "Duration", 0, false}};
  return r;
}

} // namespace ringside::scoring::test
