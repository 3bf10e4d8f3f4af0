#pragma once

#include "domain/base/enum_text.hpp"
#include "domain/bout/fact.hpp"
#include "domain/vision/analytics/action.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ringside::vendor {

/// What a vendor sends: actions that it found itself, or what its model says
/// of each picture.
enum class input_level : std::uint8_t { events, frames };

/// Unit of a share: 0 to 1, 0 to 100, or 0 to 1'000'000.
enum class share_unit : std::uint8_t { share, percent, ppm };

/// Where a value stands in an item: dotted paths, the first that is there
/// counts. None: the vendor does not say it.
using paths = std::vector<std::string>;

/// What lengths in a picture are measured in.
enum class length_unit : std::uint8_t {
  /// Thousandths of the picture's height, on both axes.
  milli_height,
  pixel,
  /// Of the width across and of the height down, 0 to 1.
  share,
};

enum class box_form : std::uint8_t {
  /// x and y of the upper left and of the lower right corner.
  corners,
  /// x and y of the upper left corner, width, height.
  size,
};

enum class joint_form : std::uint8_t {
  /// 17 lists of x, y and confidence.
  triples,
  /// 51 numbers.
  flat,
};

/// One score of the vendor's model.
struct action_row {
  std::string name;
  analytics::action action = analytics::action::punch;

  friend bool operator==(const action_row&, const action_row&) = default;
};

struct impact_row {
  std::string name;
  analytics::impact_level level = analytics::impact_level::none;

  friend bool operator==(const impact_row&, const impact_row&) = default;
};

struct hold_row {
  std::string name;
  analytics::hold_kind hold = analytics::hold_kind::top;

  friend bool operator==(const hold_row&, const hold_row&) = default;
};

/// What kind of the fusion a strike is; `target` unset fits any.
struct kind_row {
  analytics::action action = analytics::action::punch;
  std::optional<bout::strike_target> target;
  std::string kind;

  friend bool operator==(const kind_row&, const kind_row&) = default;
};

/// How a vendor writes what its model says of one picture.
struct frame_layout {
  /// Of the item.
  paths number, view, red, blue;
  /// Of the part of one fighter; of the whole item, if each fighter has one.
  paths scores, impact, hold, box, joints, flow_x, flow_y;
  share_unit score_unit = share_unit::ppm;
  share_unit joint_unit = share_unit::ppm;
  share_unit view_unit = share_unit::ppm;
  length_unit unit = length_unit::milli_height;
  /// Pixels of a picture; needed for pixels, their ratio for shares.
  std::int32_t width = 0;
  std::int32_t height = 0;
  box_form boxes = box_form::corners;
  joint_form joint_lists = joint_form::triples;
  std::vector<action_row> actions;
  /// Scores that are known and mean no action.
  std::vector<std::string> ignored;
  std::vector<impact_row> impacts;
  std::vector<hold_row> holds;
  /// The first that fits counts; a strike without one has no kind, which is
  /// honest: a punch of a picture is a jab or a hook.
  std::vector<kind_row> kinds;

  friend bool operator==(const frame_layout&, const frame_layout&) = default;
};

} // namespace ringside::vendor

template <>
struct ringside::enum_names<ringside::vendor::input_level> {
  static constexpr std::array<std::string_view, 2> value{"events", "frames"};
};

template <>
struct ringside::enum_names<ringside::vendor::share_unit> {
  static constexpr std::array<std::string_view, 3> value{"share", "percent",
                                                         "ppm"};
};

template <>
struct ringside::enum_names<ringside::vendor::length_unit> {
  static constexpr std::array<std::string_view, 3> value{"milli_height",
                                                         "pixel", "share"};
};

template <>
struct ringside::enum_names<ringside::vendor::box_form> {
  static constexpr std::array<std::string_view, 2> value{"corners", "size"};
};

template <>
struct ringside::enum_names<ringside::vendor::joint_form> {
  static constexpr std::array<std::string_view, 2> value{"triples", "flat"};
};
