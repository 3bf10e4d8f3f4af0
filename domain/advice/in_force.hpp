#pragma once

#include "domain/advice/calibration_entry.hpp"
#include "domain/bout/state.hpp"
#include "domain/scoring/profile.hpp"

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace ringside::advice {

/// A profile as it was read, with what proves which one.
struct loaded_profile {
  std::shared_ptr<const scoring::profile> what;
  /// SHA-256 of the file.
  audit::hash digest{};
};

using profile_list = std::vector<loaded_profile>;

/// Reads the profiles of this installation again. Blocks in files.
using profile_reader = std::function<result<profile_list>()>;

/// The marks of profiles, by id.
std::vector<profile_mark> marks_of(const profile_list& profiles);

/// Everything that an assessment depends on beside the bout, frozen under one
/// version. A change makes a new one; nobody ever sees half of a change.
struct in_force {
  int version = 0;
  /// Journal position from which it holds.
  std::uint64_t position = 0;
  calibration::settings settings;
  /// By id, with the settings applied.
  std::map<std::string, scoring::profile, std::less<>> profiles;
};

using in_force_ptr = std::shared_ptr<const in_force>;

/// A profile with the settings applied that are about it. The settings stay
/// out where they say so.
scoring::profile tuned(const scoring::profile& p,
                       const calibration::settings& s, int version);

/// Puts state and profiles together. Of the profiles, only those count that
/// the journal says are in use, by their digest.
in_force_ptr put_in_force(const calibration_state& s,
                          const profile_list& profiles);

/// Whether every profile is still sound under these settings, and those that
/// they name are there. `invalid_value` with the setting or profile.
result<unit> check_in_force(const in_force& f);

/// The profile that assesses a bout: the first one named for it that is there
/// and knows its discipline, else the first of its discipline by id. Null:
/// nobody can assess it.
const scoring::profile* profile_for(const in_force& f, const bout::state& s);

} // namespace ringside::advice
