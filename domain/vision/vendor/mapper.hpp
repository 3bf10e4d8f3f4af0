#pragma once

#include "domain/audit/json.hpp"
#include "domain/vision/fusion/report.hpp"
#include "domain/vision/vendor/mapping.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

namespace ringside::vendor {

/// Why an item was not understood. Nothing is ever guessed.
enum class refusal : std::uint8_t {
  none,
  /// The item is no object.
  no_object,
  no_label,
  /// The table has no such label.
  unknown_label,
  unknown_corner,
  bad_time,
  bad_error,
  bad_confidence,
  bad_severity,
  bad_target,
  bad_in_view,
};

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

  /// @param item As `json::parse` gives it, foreign texts too.
  mapped map(const json::value& item) const;

  const vendor_mapping& mapping() const noexcept {
    return mapping_;
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
};

using mapper_ptr = std::shared_ptr<const mapper>;

/// The value at the first of the paths that is there and not empty, or null.
const json::value* look_up(const json::value& item, const paths& where);

} // namespace ringside::vendor

template <>
struct ringside::enum_names<ringside::vendor::refusal> {
  static constexpr std::array<std::string_view, 11> value{
    "none",           "no_object",  "no_label",   "unknown_label",
    "unknown_corner", "bad_time",   "bad_error",  "bad_confidence",
    "bad_severity",   "bad_target", "bad_in_view"};
};
