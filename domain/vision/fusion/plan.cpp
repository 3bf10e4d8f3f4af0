#include "domain/vision/fusion/plan.hpp"

#include "domain/vision/fusion/strategy.hpp"

#include <algorithm>

namespace ringside::fusion {

namespace {

constexpr std::int32_t million = 1'000'000;

bool doubled(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) != names.end();
}

result<unit> check_source(const fusion_plan& plan, std::size_t index) {
  const auto& s = plan.sources[index];
  auto field = "sources[" + std::to_string(index) + "]";
  if (doubled(s.labels))
    return refuse(ec::invalid_value, "names a label twice", field + ".buttons");
  if (s.labels.size() * plan.kinds.size() != s.start.confusion.size())
    return refuse(ec::invalid_value, "needs a label per column", field);
  if (auto fine = check(source_table{s.start}, plan.kinds.size()); !fine)
    return refuse(ec::invalid_value, "is out of range: " + fine.reason().field,
                  field);
  return unit{};
}

} // namespace

const source_plan*
fusion_plan::find(std::string_view source_id) const noexcept {
  auto at
    = std::find_if(sources.begin(), sources.end(),
                   [&](const source_plan& s) { return s.id == source_id; });
  return at == sources.end() ? nullptr : &*at;
}

std::vector<std::int32_t>
grouped_confusion(std::span<const kind_index> group_of, std::size_t labels,
                  std::int32_t right) {
  std::vector<std::int32_t> cells;
  auto others = static_cast<std::int32_t>(labels) - 1;
  auto each = others > 0 ? (million - right) / others : 0;
  for (auto group : group_of)
    for (std::size_t l = 0; l < labels; ++l)
      cells.push_back(l == group ? million - each * others : each);
  return cells;
}

result<unit> validate(const fusion_plan& plan) {
  if (plan.kinds.empty() || plan.kinds.size() > kinds_max)
    return refuse(ec::invalid_value, "must be 1 to 16 names", "kinds");
  if (doubled(plan.kinds))
    return refuse(ec::invalid_value, "names a kind twice", "kinds");
  const auto& known = strategy_names();
  if (std::find(known.begin(), known.end(), plan.strategy) == known.end())
    return refuse(ec::invalid_value, "is no strategy", "strategy");
  const auto& s = plan.settings;
  if (s.keep > s.review || s.review > s.accept || s.accept > s.sure)
    return refuse(ec::invalid_value, "must rise from keep to sure",
                  "thresholds_ppm");
  if (plan.sources.empty())
    return refuse(ec::invalid_value, "must hold a source", "sources");
  std::vector<std::string> ids;
  for (const auto& source : plan.sources)
    ids.push_back(source.id);
  if (doubled(ids))
    return refuse(ec::invalid_value, "names an id twice", "sources");
  for (std::size_t i = 0; i < plan.sources.size(); ++i)
    if (auto fine = check_source(plan, i); !fine)
      return fine;
  return unit{};
}

} // namespace ringside::fusion
