#pragma once

#include "actors/vision/sources.hpp"
#include "domain/vision/fusion/plan.hpp"
#include "domain/vision/vendor/mapper.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

/// Cameras as most tests of whole nodes have them.
namespace ringside::test {

/// Cameras and operators that know these strikes.
inline fusion::fusion_plan plain_plan(const std::vector<std::string>& kinds) {
  fusion::fusion_plan p;
  p.id = "test";
  p.strategy = "block_bayes";
  p.kinds = kinds;
  p.settings.kinds = static_cast<std::uint8_t>(kinds.size());
  p.sources.push_back({"camera", kinds, fusion::new_camera(kinds.size())});
  p.sources.push_back({"operator", kinds, fusion::new_human(kinds.size())});
  return p;
}

/// Items such as `{"kind": "jab", "corner": "red", "at_us": 17}`.
inline vendor::vendor_mapping
plain_mapping(const std::vector<std::string>& kinds) {
  vendor::vendor_mapping m;
  m.id = "ringside";
  m.label = {"kind"};
  m.corner = {"corner"};
  m.time = {"at_us"};
  m.corners = {{"red", corner::red}, {"blue", corner::blue}};
  for (const auto& k : kinds)
    m.labels.push_back({k, k});
  return m;
}

/// That one alone.
inline std::shared_ptr<const mapper_table>
plain_mappers(const std::vector<std::string>& kinds) {
  auto table = std::make_shared<mapper_table>();
  table->emplace("ringside", std::make_shared<const vendor::mapper>(
                               plain_mapping(kinds), kinds));
  return table;
}

} // namespace ringside::test
