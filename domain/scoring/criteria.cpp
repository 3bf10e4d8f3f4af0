#include "domain/scoring/assessment.hpp"

#include <algorithm>

namespace ringside::scoring {

namespace {

/// A word in the id of a criterion and the aspect it speaks of. The first that
/// fits an aspect not yet named wins.
struct word {
  std::string_view text;
  scoring::aspect aspect;
};

constexpr std::array<word, 21> words{{
  {"damage", aspect::damage},        {"striking", aspect::damage},
  {"punch", aspect::damage},         {"strikes", aspect::damage},
  {"knockdown", aspect::damage},     {"near_finish", aspect::damage},
  {"hits", aspect::damage},          {"force", aspect::damage},
  {"techniques", aspect::damage},    {"impact", aspect::damage},
  {"grappling", aspect::grappling},  {"takedown", aspect::grappling},
  {"submission", aspect::grappling}, {"dominance", aspect::grappling},
  {"generalship", aspect::control},  {"control", aspect::control},
  {"duration", aspect::control},     {"position", aspect::control},
  {"aggress", aspect::aggression},   {"initiative", aspect::aggression},
  {"activity", aspect::aggression},
}};

} // namespace

std::vector<std::pair<aspect, std::string>>
criteria_of(const rules::ruleset& rules) {
  std::vector<std::pair<aspect, std::string>> out;
  auto named = [&](aspect a) {
    return std::any_of(out.begin(), out.end(),
                       [a](const auto& x) { return x.first == a; });
  };
  for (const auto& c : rules.criteria)
    for (const auto& w : words)
      if (c.id.find(w.text) != std::string::npos && !named(w.aspect))
        out.emplace_back(w.aspect, c.id);
  for (auto name : enum_names<aspect>::value)
    if (auto a = *parse_enum<aspect>(name); !named(a))
      out.emplace_back(a, std::string{name});
  return out;
}

} // namespace ringside::scoring
