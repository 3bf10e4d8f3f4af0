#include "app/demo/fight.hpp"

#include <array>

namespace ringside::demo {

namespace {

using bout::fact;
using bout::strike_position;
using bout::strike_target;

struct technique {
  const char* name;
  strike_target target;
  /// Can knock down.
  bool hard;
};

constexpr std::array<technique, 8> standing{{
  {"jab", strike_target::head, false},
  {"jab", strike_target::head, false},
  {"cross", strike_target::head, true},
  {"hook", strike_target::head, true},
  {"leg_kick", strike_target::leg, false},
  {"leg_kick", strike_target::leg, false},
  {"body_kick", strike_target::body, false},
  {"head_kick", strike_target::head, true},
}};

constexpr std::array<technique, 4> close_up{{
  {"knee", strike_target::body, false},
  {"knee", strike_target::body, false},
  {"elbow", strike_target::head, false},
  {"uppercut", strike_target::head, false},
}};

constexpr std::array<technique, 3> on_ground{{
  {"ground_strike", strike_target::head, false},
  {"ground_strike", strike_target::body, false},
  {"elbow", strike_target::head, false},
}};

template <std::size_t N>
const technique& pick(dice& d, const std::array<technique, N>& of) {
  return of[static_cast<std::size_t>(d.below(N))];
}

} // namespace

fight::fight(dice& d) : dice_(d) {
  for (auto c : both_corners)
    habits_[c] = {40 + d.below(40), 350'000 + d.below(200'000),
                  20'000 + d.below(80'000)};
}

void fight::begin_round() {
  effort_ = {};
  place_ = place::apart;
}

corner fight::busier() {
  auto all = habits_.red.pace + habits_.blue.pace;
  return dice_.below(all) < habits_.red.pace ? corner::red : corner::blue;
}

std::vector<fact> fight::next() {
  switch (place_) {
  case place::clinch:
    return clinch();
  case place::ground:
    return ground();
  case place::apart:
    break;
  }
  return apart();
}

std::vector<fact> fight::apart() {
  auto c = busier();
  if (dice_.chance(habits_[c].takedown_ppm))
    return shoot(c);
  if (dice_.chance(30'000))
    return control(c, "cage", place::clinch);
  return strike(c);
}

std::vector<fact> fight::clinch() {
  if (dice_.chance(200'000))
    return let_go();
  return strike(dice_.chance(650'000) ? on_top_ : opponent(on_top_));
}

std::vector<fact> fight::ground() {
  auto below = opponent(on_top_);
  if (dice_.chance(90'000))
    return let_go();
  if (dice_.chance(60'000))
    return {bout::submission_attempt{on_top_, {}}};
  if (dice_.chance(30'000)) {
    std::vector<fact> facts{bout::reversal{below}};
    auto more = control(below, "top", place::ground);
    facts.insert(facts.end(), more.begin(), more.end());
    return facts;
  }
  return strike(dice_.chance(850'000) ? on_top_ : below);
}

std::vector<fact> fight::strike(corner c) {
  const auto& how = place_ == place::apart    ? pick(dice_, standing)
                    : place_ == place::clinch ? pick(dice_, close_up)
                                              : pick(dice_, on_ground);
  bout::strike s;
  s.corner = c;
  s.technique = how.name;
  s.target = how.target;
  s.position = place_ == place::apart    ? strike_position::distance
               : place_ == place::clinch ? strike_position::clinch
                                         : strike_position::ground;
  s.landed = dice_.chance(habits_[c].accuracy_ppm);
  s.significant = place_ == place::apart || dice_.chance(600'000);
  std::vector<fact> facts{s};
  if (!s.landed)
    return facts;
  effort_[c] += s.significant ? 3 : 1;
  if (how.hard && dice_.chance(40'000)) {
    auto near = dice_.chance(250'000);
    facts.push_back(bout::knockdown{c, near ? "near_finish" : "flash"});
    effort_[c] += 25;
    if (near && dice_.chance(500'000))
      knockout_ = c;
  }
  return facts;
}

std::vector<fact> fight::shoot(corner c) {
  auto landed = dice_.chance(420'000);
  std::vector<fact> facts{bout::takedown{c, landed}};
  if (!landed)
    return facts;
  effort_[c] += 6;
  auto more = control(c, "top", place::ground);
  facts.insert(facts.end(), more.begin(), more.end());
  return facts;
}

std::vector<fact> fight::control(corner c, const char* kind, place where) {
  place_ = where;
  on_top_ = c;
  effort_[c] += 3;
  return {bout::control_start{c, kind}};
}

std::vector<fact> fight::let_go() {
  place_ = place::apart;
  return {bout::control_end{on_top_}};
}

per_corner<std::string> invented_names(dice& d) {
  static constexpr std::array first{"Ado",   "Brenno", "Corvin", "Dorran",
                                    "Elwin", "Farok",  "Gidden", "Halvar",
                                    "Ivo",   "Jarrek", "Keldan", "Lorcan"};
  static constexpr std::array last{
    "Marrowind", "Tessalin",  "Okwando",   "Saltmere", "Quillane",
    "Vantorp",   "Dunmorrow", "Kestrelle", "Oxholme",  "Brightwade"};
  auto number = [&d](std::size_t n) {
    return static_cast<std::size_t>(d.below(static_cast<std::int64_t>(n)));
  };
  auto a = number(last.size());
  auto b = (a + 1 + number(last.size() - 1)) % last.size();
  auto name = [&](std::size_t surname) {
    return std::string{first[number(first.size())]} + " " + last[surname]
           + " (Demo)";
  };
  auto red = name(a);
  return {red, name(b)};
}

} // namespace ringside::demo
