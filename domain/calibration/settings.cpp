#include "domain/calibration/settings.hpp"

#include "domain/base/strong_id.hpp"

#include <algorithm>

namespace ringside::calibration {

namespace {

constexpr std::int64_t all_ppm = 1'000'000;
constexpr std::int64_t all_milli = 1'000;

/// The first seven with the ranges of the system before this one.
constexpr std::array<setting_info, setting_count> table{{
  {setting::kd_threshold_ppm, "kd_threshold_ppm", "ppm", 0, all_ppm, 750'000,
   "Confidence from which a camera's knockdown is one."},
  {setting::rocked_threshold_ppm, "rocked_threshold_ppm", "ppm", 0, all_ppm,
   650'000, "Confidence from which a fighter counts as rocked."},
  {setting::highimpact_strike_threshold_ppm, "highimpact_strike_threshold_ppm",
   "ppm", 0, all_ppm, 700'000,
   "Confidence from which a camera's strike counts as solid."},
  {setting::momentum_swing_window_ms, "momentum_swing_window_ms", "ms", 500,
   3'000, 1'200, "Time within which events make one swing of momentum."},
  {setting::multicam_merge_window_ms, "multicam_merge_window_ms", "ms", 50, 500,
   150, "Reports of several cameras this close are one event."},
  {setting::confidence_threshold_ppm, "confidence_threshold_ppm", "ppm", 0,
   all_ppm, 500'000, "Confidence below which a camera's event is dropped."},
  {setting::deduplication_window_ms, "deduplication_window_ms", "ms", 50, 500,
   100, "Equal reports of one camera this close are one event."},
  {setting::too_close_band_ppm, "too_close_band_ppm", "ppm", 0, all_ppm / 2, 0,
   "Distance from one half up to which a round is too close to call; 0: as "
   "the profile says."},
  {setting::wide_card_at_ppm, "wide_card_at_ppm", "ppm", 0, all_ppm, 0,
   "Chance of a 10-8 from which the card says so; 0: as the profile says."},
  {setting::wider_card_at_ppm, "wider_card_at_ppm", "ppm", 0, all_ppm, 0,
   "Chance of a 10-7 from which the card says so; 0: as the profile says."},
  {setting::hybrid_camera_weight_milli, "hybrid_camera_weight_milli", "milli",
   0, all_milli, 700,
   "Share of the cameras in a hybrid score; 700 and 300 together: as the "
   "hybrid "
   "profile says."},
  {setting::hybrid_human_weight_milli, "hybrid_human_weight_milli", "milli", 0,
   all_milli, 300,
   "Share of people in a hybrid score; together with the cameras 1000."},
  {setting::hybrid_confidence_floor_ppm, "hybrid_confidence_floor_ppm", "ppm",
   0, all_ppm, 0,
   "Confidence up to which evidence does not enter a hybrid score, if the "
   "hybrid profile asks for less."},
  {setting::temperature_milli, "temperature_milli", "milli", 250, 4'000,
   all_milli,
   "Divides the log-odds of winning; above 1000 chances move towards one "
   "half, 1000: not at all."},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < table.size(); ++i)
    if (static_cast<std::size_t>(table[i].id) != i || table[i].low < 0
        || table[i].initial < table[i].low || table[i].initial > table[i].high)
      return false;
  return true;
}

static_assert(in_order());

result<unit> check_numbers(const settings& s) {
  for (const auto& line : table)
    if (s[line.id] < line.low || s[line.id] > line.high)
      return refuse(
        ec::invalid_value,
        std::to_string(s[line.id]) + " is not from " + std::to_string(line.low)
          + " to " + std::to_string(line.high) + " " + std::string{line.unit},
        std::string{line.name});
  auto shares = s[setting::hybrid_camera_weight_milli]
                + s[setting::hybrid_human_weight_milli];
  if (shares != all_milli)
    return refuse(ec::invalid_value,
                  "the shares of cameras and people add up to "
                    + std::to_string(shares) + " instead of 1000",
                  "hybrid_human_weight_milli", "set both in one change");
  return unit{};
}

result<unit> check_choices(const settings& s) {
  if (s.profiles.size() > profile_choices_max)
    return refuse(ec::invalid_value,
                  "there may be " + std::to_string(profile_choices_max)
                    + " choices of a profile",
                  "profiles");
  for (std::size_t i = 0; i < s.profiles.size(); ++i) {
    const auto& c = s.profiles[i];
    auto field = "profiles[" + std::to_string(i) + "]";
    if (c.name.empty() || c.name.size() > choice_name_bytes_max)
      return refuse(ec::invalid_value, "a name has 1 to 64 bytes",
                    field + ".name");
    if (!valid_id_text(c.profile))
      return refuse(ec::invalid_value, "no id of a profile",
                    field + ".profile");
    if (i > 0 && s.profiles[i - 1].scope == c.scope
        && s.profiles[i - 1].name == c.name)
      return refuse(ec::invalid_value,
                    std::string{text_of(c.scope)} + " " + c.name
                      + " has two profiles",
                    field);
  }
  return unit{};
}

/// `UFC` begins `UFC 300` and `UFC`, not `UFCX`.
bool begins(std::string_view event, std::string_view promotion) {
  return event.starts_with(promotion)
         && (event.size() == promotion.size()
             || event[promotion.size()] == ' ');
}

} // namespace

std::span<const setting_info, setting_count> all_settings() noexcept {
  return table;
}

std::optional<setting> find_setting(std::string_view name) noexcept {
  for (const auto& line : table)
    if (line.name == name)
      return line.id;
  return std::nullopt;
}

settings::settings() {
  for (const auto& line : table)
    (*this)[line.id] = line.initial;
}

result<unit> validate(const settings& s) {
  if (auto ok = check_numbers(s); !ok)
    return ok;
  if (!valid_id_text(s.default_profile))
    return refuse(ec::invalid_value, "no id of a profile", "default_profile");
  if (!valid_id_text(s.hybrid_profile))
    return refuse(ec::invalid_value, "no id of a profile", "hybrid_profile");
  return check_choices(s);
}

result<settings> with(const settings& now, const change& wanted) {
  auto next = now;
  for (const auto& [which, value] : wanted.values)
    next[which] = value;
  if (wanted.default_profile)
    next.default_profile = *wanted.default_profile;
  if (wanted.hybrid_profile)
    next.hybrid_profile = *wanted.hybrid_profile;
  if (wanted.profiles) {
    next.profiles = *wanted.profiles;
    std::sort(next.profiles.begin(), next.profiles.end());
  }
  if (auto ok = validate(next); !ok)
    return ok.reason();
  return next;
}

std::vector<std::string_view> profiles_for(const settings& s,
                                           std::string_view ruleset,
                                           std::string_view jurisdiction,
                                           std::string_view event) {
  std::vector<std::string_view> found;
  // The choices are in the order of their scopes.
  for (const auto& c : s.profiles) {
    auto fits = c.scope == scope::promotion    ? begins(event, c.name)
                : c.scope == scope::commission ? jurisdiction == c.name
                                               : ruleset == c.name;
    if (fits)
      found.emplace_back(c.profile);
  }
  found.emplace_back(s.default_profile);
  return found;
}

} // namespace ringside::calibration
