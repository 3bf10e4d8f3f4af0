#pragma once

#include "domain/audit/json.hpp"
#include "domain/vision/fusion/report.hpp"
#include "domain/vision/vendor/frame_mapper.hpp"
#include "domain/vision/vendor/item.hpp"
#include "domain/vision/vendor/mapping.hpp"
#include "domain/vision/vendor/refusal.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

namespace ringside::vendor {

/// What became of one item.
struct mapped {
  /// Its time is on the vendor's clock; source and number are not set. Nothing
  /// if the item was refused, or is known and no strike.
  std::optional<fusion::report> report;
  refusal why = refusal::none;
  /// The value that was refused, cut to 64 bytes.
  std::string said;
};

/// Reads items of one vendor. Immutable; @pre the mapping is valid for `kinds`.
class mapper {
public:
  mapper(vendor_mapping m, std::span<const std::string> kinds);

  /// @pre the level is `events`.
  /// @param item As `json::parse` gives it, foreign texts too.
  mapped map(const json::value& item) const;

  const vendor_mapping& mapping() const noexcept {
    return mapping_;
  }

  /// Reads items of the level `frames`; null at the other one.
  const frame_mapper* frames() const noexcept {
    return frames_ ? &*frames_ : nullptr;
  }

private:
  struct meaning {
    std::optional<fusion::kind_index> kind;
    bout::strike_target target = bout::strike_target::unknown;
  };

  bool read_corner(const json::value& item, mapped& out) const;
  bool read_time(const json::value& item, mapped& out) const;
  bool read_shares(const json::value& item, mapped& out) const;
  bool read_words(const json::value& item, mapped& out) const;

  vendor_mapping mapping_;
  std::unordered_map<std::string, meaning> labels_;
  std::optional<frame_mapper> frames_;
};

using mapper_ptr = std::shared_ptr<const mapper>;

} // namespace ringside::vendor
