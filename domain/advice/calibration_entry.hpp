#pragma once

#include "domain/audit/entry.hpp"
#include "domain/audit/hash.hpp"
#include "domain/base/enum_text.hpp"
#include "domain/calibration/settings.hpp"
#include "domain/wire/field_reader.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

/// What SCORER and CALIBRATION have in common: settings and profiles in force,
/// and what they make of a round.
namespace ringside::advice {

/// What a profile is about.
enum class profile_kind : std::uint8_t {
  /// How Fight Judge assesses a round.
  scoring,
  /// How cameras and people are combined.
  hybrid,
  /// What an act weighs, and the caps.
  normalise,
};

/// One profile in use, by the bytes of its file.
struct profile_mark {
  std::string id;
  int version = 0;
  /// SHA-256 of the file.
  audit::hash digest{};
  profile_kind kind = profile_kind::scoring;

  friend auto operator<=>(const profile_mark&, const profile_mark&) = default;
};

/// The fold of the chain `_calibration`.
struct calibration_state {
  calibration::settings settings;
  /// Entries so far. Every change has the version it made.
  int version = 0;
  /// Journal position of the last entry; 0 while there is none.
  std::uint64_t position = 0;
  /// In use now, by id.
  std::vector<profile_mark> profiles;
  /// Every digest that was ever in use, by kind, id and version.
  std::map<std::tuple<profile_kind, std::string, int>, audit::hash> seen;

  friend bool operator==(const calibration_state&, const calibration_state&)
    = default;
};

/// The kinds of entries of the chain.
inline constexpr std::string_view kind_calibration_changed
  = "calibration_changed";
inline constexpr std::string_view kind_profiles_loaded = "profiles_loaded";

/// Data of a change: what was before, what is after, and why.
/// @param rolled_back_to The version that was gone back to, if it was one.
json::value change_data(const calibration::settings& before,
                        const calibration::settings& after,
                        const std::string& reason,
                        std::optional<int> rolled_back_to = {});

/// Data of an entry that says which profiles are in use from now on.
json::value profiles_data(const std::vector<profile_mark>& profiles,
                          const std::string& reason);

/// Reads what is wanted to be different: `values`, `default_profile`,
/// `hybrid_profile` and `profiles`, each of which may be left out.
void read_change(wire::field_reader& f, calibration::change& c);

/// Settings as the wire has them: `values`, `default_profile`,
/// `hybrid_profile`, `profiles`.
json::object settings_json(const calibration::settings& s);

/// The next entry. `corrupt` if it cannot be read; the state stays.
result<unit> apply_calibration_entry(calibration_state& s,
                                     const audit::entry_fields& entry,
                                     std::uint64_t position);

/// Why profiles may not be put to use: a known id and version with other
/// bytes (`invalid_value`), or too many.
result<unit> check_profiles(const calibration_state& s,
                            const std::vector<profile_mark>& profiles);

} // namespace ringside::advice

namespace ringside {

template <>
struct enum_names<advice::profile_kind> {
  static constexpr std::array<std::string_view, 3> value{"scoring", "hybrid",
                                                         "normalise"};
};

} // namespace ringside
