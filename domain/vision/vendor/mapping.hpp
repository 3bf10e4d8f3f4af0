#pragma once

#include "domain/base/corner.hpp"
#include "domain/base/enum_text.hpp"
#include "domain/base/result.hpp"
#include "domain/bout/fact.hpp"
#include "domain/vision/vendor/frame_layout.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// From what vendors of cameras send to reports that the fusion understands.
namespace ringside::vendor {

/// Caps of one mapping.
inline constexpr std::size_t labels_max = 256;
inline constexpr std::size_t corner_names_max = 32;
inline constexpr std::size_t paths_max = 4;
/// Longest label, name of a corner or path, bytes.
inline constexpr std::size_t word_bytes_max = 64;
/// Greatest number of a picture.
inline constexpr std::int64_t number_max = std::int64_t{1} << 40;

/// Unit of a vendor's times; decimals are kept to a microsecond.
enum class time_unit : std::uint8_t { ns, us, ms, s };

/// What a vendor's times count from.
enum class clock_kind : std::uint8_t {
  /// The node's timeline, which a worker learns by `ts`.
  server,
  /// A clock of its own, placed by the `ts` exchanges of its session.
  device,
  /// Coordinated universal time since 1970.
  utc,
};

/// One label of the vendor.
struct label_row {
  std::string name;
  /// A kind of strikes of the fusion plan.
  std::string kind;
  /// If the label says it, too.
  bout::strike_target target = bout::strike_target::unknown;

  friend bool operator==(const label_row&, const label_row&) = default;
};

struct corner_row {
  std::string name;
  ringside::corner corner = ringside::corner::red;

  friend bool operator==(const corner_row&, const corner_row&) = default;
};

/// How one vendor writes, as a file of `config/vendors/`. Never edited once
/// used: a change is a new version.
struct vendor_mapping {
  std::string id;
  int version = 1;
  std::string title;
  std::string provenance;
  input_level level = input_level::events;
  paths label, corner, time, error, confidence, severity, target, in_view;
  time_unit unit = time_unit::us;
  clock_kind clock = clock_kind::server;
  /// Bound of its times, microseconds, where it says none itself.
  std::int32_t err_us = 0;
  share_unit confidence_unit = share_unit::ppm;
  share_unit severity_unit = share_unit::ppm;
  std::vector<corner_row> corners;
  std::vector<label_row> labels;
  /// Labels that are known and are no strikes: knockdowns and grappling do not
  /// go through the fusion of strikes (fusion reference, section 3.3).
  std::vector<std::string> no_strikes;
  /// Of the level `frames`, which has no use for labels and their like.
  frame_layout frames;

  friend bool operator==(const vendor_mapping&, const vendor_mapping&)
    = default;
};

/// Refuses with the dotted field: doubled names, kinds that are not among
/// `kinds`, values out of range.
result<unit> validate(const vendor_mapping& m,
                      std::span<const std::string> kinds);

} // namespace ringside::vendor

template <>
struct ringside::enum_names<ringside::vendor::time_unit> {
  static constexpr std::array<std::string_view, 4> value{"ns", "us", "ms", "s"};
};

template <>
struct ringside::enum_names<ringside::vendor::clock_kind> {
  static constexpr std::array<std::string_view, 3> value{"server", "device",
                                                         "utc"};
};
