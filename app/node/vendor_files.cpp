#include "app/node/vendor_files.hpp"

#include "app/config/load_fusion.hpp"
#include "app/config/load_vendors.hpp"

#include <string>
#include <utility>

namespace ringside {

result<std::shared_ptr<const mapper_table>>
read_vendor_mappings(const std::filesystem::path& plan,
                     const std::filesystem::path& vendors) {
  auto table = std::make_shared<mapper_table>();
  std::error_code missing;
  if (!std::filesystem::exists(vendors, missing))
    return std::shared_ptr<const mapper_table>{std::move(table)};
  auto fusion = config::load_fusion(plan);
  if (!fusion)
    return fusion.reason();
  auto all = config::load_vendors(vendors, fusion->kinds);
  if (!all)
    return all.reason();
  for (auto& m : *all) {
    auto id = m.id;
    table->emplace(std::move(id), std::make_shared<const vendor::mapper>(
                                    std::move(m), fusion->kinds));
  }
  return std::shared_ptr<const mapper_table>{std::move(table)};
}

} // namespace ringside
