#pragma once

#include "actors/vision/source.hpp"
#include "domain/base/result.hpp"

#include <filesystem>
#include <memory>

namespace ringside {

/// The mappings of all vendors for the kinds of a fusion plan. A directory that
/// does not exist holds none.
result<std::shared_ptr<const mapper_table>>
read_vendor_mappings(const std::filesystem::path& plan,
                     const std::filesystem::path& vendors);

} // namespace ringside
