#include "domain/vision/fusion/block_bayes.hpp"
#include "domain/vision/fusion/counting.hpp"
#include "domain/vision/fusion/greedy_bayes.hpp"
#include "domain/vision/fusion/pair_rules.hpp"

#include <array>

namespace ringside::fusion {

namespace {

constexpr std::array<k_of_n::rule, 5> counting_rules{{
  {"humans_2_in_1s", 2, 1'000'000, true},
  {"3_in_1s", 3, 1'000'000, false},
  {"3_in_300ms", 3, 300'000, false},
  {"3_in_200ms", 3, 200'000, false},
  {"3_in_100ms", 3, 100'000, false},
}};

} // namespace

const std::vector<std::string_view>& strategy_names() {
  static const auto names = [] {
    std::vector<std::string_view> all{"block_bayes", "greedy_bayes",
                                      "gap_noisy_or"};
    for (const auto& r : counting_rules)
      all.push_back(r.name);
    for (auto name : enum_names<pair_rules::rule>::value)
      all.push_back(name);
    all.push_back("all_reports");
    return all;
  }();
  return names;
}

std::unique_ptr<strategy> make_strategy(std::string_view name) {
  if (name == "block_bayes")
    return std::make_unique<block_bayes>();
  if (name == "greedy_bayes")
    return std::make_unique<greedy_bayes>();
  if (name == "gap_noisy_or")
    return std::make_unique<gap_clustering>();
  if (name == "all_reports")
    return std::make_unique<all_reports>();
  for (const auto& r : counting_rules)
    if (r.name == name)
      return std::make_unique<k_of_n>(r);
  if (auto rule = parse_enum<pair_rules::rule>(name))
    return std::make_unique<pair_rules>(*rule);
  return nullptr;
}

} // namespace ringside::fusion
