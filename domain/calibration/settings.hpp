#pragma once

#include "domain/base/enum_text.hpp"
#include "domain/base/result.hpp"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Everything about judging that people may set while the node runs: one table
/// of numbers, and which profile assesses which bout. Integers only. The same
/// settings make the same assessment; every change has a version.
namespace ringside::calibration {

/// The settings, in the order of the table. Names carry their unit.
enum class setting : std::uint8_t {
  kd_threshold_ppm,
  rocked_threshold_ppm,
  highimpact_strike_threshold_ppm,
  momentum_swing_window_ms,
  multicam_merge_window_ms,
  confidence_threshold_ppm,
  deduplication_window_ms,
  too_close_band_ppm,
  wide_card_at_ppm,
  wider_card_at_ppm,
  hybrid_camera_weight_milli,
  hybrid_human_weight_milli,
  hybrid_confidence_floor_ppm,
  temperature_milli,
};

inline constexpr std::size_t setting_count = 14;

/// One line of the table.
struct setting_info {
  calibration::setting id;
  std::string_view name;
  /// `ppm`, `ms` or `milli`.
  std::string_view unit;
  /// Both ends are allowed.
  std::int64_t low = 0;
  std::int64_t high = 0;
  std::int64_t initial = 0;
  /// What it is for, in one sentence.
  std::string_view purpose;
};

/// The table; entry i is about setting i.
std::span<const setting_info, setting_count> all_settings() noexcept;

/// The setting of a name, or nothing.
std::optional<setting> find_setting(std::string_view name) noexcept;

/// What a choice of profile goes by, most specific first.
enum class scope : std::uint8_t {
  /// The event's name begins with it, as a whole word: `UFC` fits `UFC 300`.
  promotion,
  /// It is the jurisdiction of the rule set.
  commission,
  /// It is the id of the rule set.
  ruleset,
};

/// "Bouts like this are assessed by that profile."
struct profile_choice {
  calibration::scope scope = calibration::scope::ruleset;
  std::string name;
  /// Id of a profile.
  std::string profile;

  friend auto operator<=>(const profile_choice&, const profile_choice&)
    = default;
};

/// Choices at most: a change with all of them, before and after, has to fit
/// into one entry of the journal.
inline constexpr std::size_t profile_choices_max = 20;
/// Longest name of a choice, bytes.
inline constexpr std::size_t choice_name_bytes_max = 64;

/// All of it, as it stands.
struct settings {
  settings();

  std::int64_t& operator[](setting s) noexcept {
    return values[static_cast<std::size_t>(s)];
  }

  std::int64_t operator[](setting s) const noexcept {
    return values[static_cast<std::size_t>(s)];
  }

  std::array<std::int64_t, setting_count> values{};
  /// For every bout that no choice is about.
  std::string default_profile = "mma_fit";
  /// How cameras and people are combined: id of a hybrid profile.
  std::string hybrid_profile = "hybrid";
  /// In order, no scope and name twice.
  std::vector<profile_choice> profiles;

  friend bool operator==(const settings&, const settings&) = default;
};

/// What somebody wants to be different; what is not named stays.
struct change {
  std::vector<std::pair<setting, std::int64_t>> values;
  std::optional<std::string> default_profile;
  std::optional<std::string> hybrid_profile;
  /// Replaces the whole list.
  std::optional<std::vector<profile_choice>> profiles;
};

/// The settings after a change. `invalid_value` with the field: a number
/// outside of its range, weights that do not add up to 1000, a choice made
/// twice, a name that is none.
result<settings> with(const settings& now, const change& wanted);

/// The ranges and what must hold between settings, as `with` checks it.
result<unit> validate(const settings& s);

/// The profiles that the settings name for a bout, the one to be tried first
/// in front. The last one is the default.
/// @param jurisdiction,ruleset Of the rule set of the bout.
/// @param event Name of the event, may be empty.
std::vector<std::string_view> profiles_for(const settings& s,
                                           std::string_view ruleset,
                                           std::string_view jurisdiction,
                                           std::string_view event);

} // namespace ringside::calibration

namespace ringside {

template <>
struct enum_names<calibration::scope> {
  static constexpr std::array<std::string_view, 3> value{
    "promotion", "commission", "ruleset"};
};

} // namespace ringside
