#pragma once

#include "domain/audit/json.hpp"
#include "domain/vision/analytics/frame.hpp"
#include "domain/vision/fusion/report.hpp"
#include "domain/vision/vendor/mapping.hpp"
#include "domain/vision/vendor/refusal.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace ringside::vendor {

/// What became of one item of the level `frames`.
struct mapped_frame {
  /// Its time is on the vendor's clock. Nothing if the item was refused. Of a
  /// vendor that writes an item for each fighter, one half of a picture.
  std::optional<analytics::frame> frame;
  refusal why = refusal::none;
  /// The value that was refused, cut to 64 bytes.
  std::string said;
};

/// Reads what a vendor's model says of pictures. Whether a camera can have
/// seen that is `analytics::validate`'s to say. Immutable; @pre the mapping is
/// valid for `kinds` and of the level `frames`.
class frame_mapper {
public:
  frame_mapper(const vendor_mapping& m, std::span<const std::string> kinds);

  /// @param item As `json::parse` gives it, foreign texts too.
  mapped_frame map(const json::value& item) const;

  /// What a strike is for the fusion; nothing if that cannot be told.
  std::optional<fusion::kind_index>
  kind_of(analytics::action what, bout::strike_target target) const noexcept;

  /// False: nobody says how hard anything hit.
  bool tells_force() const noexcept {
    return !layout_.impact.empty();
  }

  /// Each fighter has an item of its own; two of one number are one picture.
  bool halves() const noexcept {
    return !corner_.empty();
  }

private:
  struct kind {
    analytics::action action;
    std::optional<bout::strike_target> target;
    fusion::kind_index index = 0;
  };

  bool read_head(const json::value& item, mapped_frame& out) const;
  bool read_half(const json::value& item, mapped_frame& out) const;
  bool read_fighter(const json::value& part, corner c, mapped_frame& out) const;
  bool read_scores(const json::value& part, analytics::fighter_view& to,
                   mapped_frame& out) const;
  bool read_words(const json::value& part, analytics::fighter_view& to,
                  mapped_frame& out) const;
  bool read_shape(const json::value& part, analytics::fighter_view& to,
                  mapped_frame& out) const;
  std::optional<std::int32_t> across(const json::value& v) const;
  std::optional<std::int32_t> down(const json::value& v) const;
  std::optional<analytics::box> box_of(const json::value& v) const;
  std::optional<analytics::skeleton> joints_of(const json::value& v) const;
  std::optional<analytics::keypoint> joint_of(const json::value* at) const;

  frame_layout layout_;
  paths corner_, time_, error_;
  time_unit unit_;
  std::int32_t err_us_;
  std::vector<corner_row> corners_;
  /// Nothing: known, and no action.
  std::unordered_map<std::string, std::optional<analytics::action>> actions_;
  std::vector<kind> kinds_;
};

} // namespace ringside::vendor
