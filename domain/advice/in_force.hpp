#pragma once

#include "domain/advice/calibration_entry.hpp"
#include "domain/bout/state.hpp"
#include "domain/scoring/hybrid/config.hpp"
#include "domain/scoring/normalise/profile.hpp"
#include "domain/scoring/profile.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace ringside::advice {

/// What is in the file of a profile; one type for each `profile_kind`.
using profile_content
  = std::variant<std::shared_ptr<const scoring::profile>,
                 std::shared_ptr<const scoring::hybrid::config>,
                 std::shared_ptr<const scoring::normalise::profile>>;

/// A profile as it was read, with what proves which one.
struct loaded_profile {
  profile_content what;
  /// SHA-256 of the file.
  audit::hash digest{};
};

using profile_list = std::vector<loaded_profile>;

/// Reads the profiles of this installation again. Blocks in files.
using profile_reader = std::function<result<profile_list>()>;

/// What the journal calls a profile.
profile_mark mark_of(const loaded_profile& p);

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
  /// The same for the combining of cameras and people.
  std::map<std::string, scoring::hybrid::config, std::less<>> hybrids;
  std::map<std::string, scoring::normalise::profile, std::less<>> normalisers;
};

/// How cameras and people are combined; both are set, or none.
struct hybrid_basis {
  const scoring::hybrid::config* config = nullptr;
  const scoring::normalise::profile* profile = nullptr;

  explicit operator bool() const noexcept {
    return config != nullptr;
  }
};

using in_force_ptr = std::shared_ptr<const in_force>;

/// A profile with the settings applied that are about it. The settings stay
/// out where they say so.
scoring::profile tuned(const scoring::profile& p,
                       const calibration::settings& s, int version);

/// The same for a hybrid profile: weights that were set, and a higher floor.
scoring::hybrid::config tuned(const scoring::hybrid::config& c,
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

/// What the settings name for the combining of cameras and people; none where
/// it is not there. It points into `f`.
hybrid_basis hybrid_in(const in_force& f);

} // namespace ringside::advice
