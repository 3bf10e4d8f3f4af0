#pragma once

#include "domain/advice/hybrid_entry.hpp"
#include "domain/advice/in_force.hpp"
#include "domain/base/error.hpp"
#include "domain/base/role.hpp"
#include "domain/calibration/settings.hpp"
#include "domain/wire/audience.hpp"

#include <cstddef>
#include <string>
#include <variant>

#include <caf/allowed_unsafe_message_type.hpp>

/// Fight Judge beside the officials: what a SCORER is asked, and how the
/// CALIBRATION is asked, changed and told to the SCORERs.
namespace ringside::protocol {

// -- assessments --------------------------------------------------------------

/// Asks a SCORER for its assessment of one round, as this audience may see it.
struct get_assessment {
  wire::audience audience;
  int round = 0;
};

/// Camera evidence for hybrid scoring, from whoever made events out of what
/// cameras saw. All of it is taken, or none; what is known already counts once,
/// so that a lost answer is no reason not to send it again.
struct report_evidence {
  issuer by;
  advice::hybrid_news what;
};

/// The evidence is durable.
struct evidence_answer {
  /// How many reports and withdrawals were new; or why none was taken.
  std::variant<std::size_t, error> outcome;
};

// -- what is in force ---------------------------------------------------------

/// CALIBRATION to every SCORER after a change, and after its own restart. The
/// thing is frozen and shared; older versions are to be ignored.
struct now_in_force {
  advice::in_force_ptr what;
};

/// A SCORER asks what is in force.
struct get_in_force {};

struct in_force_answer {
  std::variant<advice::in_force_ptr, error> outcome;
};

// -- the calibration ----------------------------------------------------------

/// The settings with their table, version and position.
struct get_calibration {};

/// Changes some settings. `version` is the one the change was made upon.
struct set_calibration {
  issuer by;
  int version = 0;
  calibration::change wanted;
  std::string reason;
};

/// Brings the settings of an earlier version back, as a new change.
struct roll_back {
  issuer by;
  int version = 0;
  /// 0: as they are from the start.
  int to = 0;
  std::string reason;
};

/// A page of the changes, oldest first.
struct get_calibration_history {
  int after_version = 0;
  std::size_t limit = 50;
};

/// What would the last closed rounds score under other settings?
struct preview_calibration {
  calibration::change wanted;
  /// 1 to 200.
  std::size_t rounds = 40;
};

/// The scoring profiles in use.
struct get_profiles {};

/// Reads the files of the profiles again and puts them to use.
struct reload_profiles {
  issuer by;
  std::string reason;
};

} // namespace ringside::protocol

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_assessment)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::report_evidence)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::evidence_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::now_in_force)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_in_force)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::in_force_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_calibration)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::set_calibration)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::roll_back)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_calibration_history)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::preview_calibration)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_profiles)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::reload_profiles)
