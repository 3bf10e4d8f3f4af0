#pragma once

#include "actors/protocol/advice_messages.hpp"
#include "actors/protocol/feed_messages.hpp"
#include "actors/protocol/judging_messages.hpp"
#include "actors/protocol/query_messages.hpp"

#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

/// Fight Judge beside the officials.
namespace ringside::protocol {

/// The SCORER of a bout: the advisory assessment of every round, beside the
/// officials and never in their way. `bout/<id>/scorer`
using scorer_actor = caf::typed_actor<
  /// Events of the bout, from its BOUT.
  caf::reacts_to<bout_news>,
  /// Another calibration is in force.
  caf::reacts_to<now_in_force>,
  /// The HUB needs the assessments again.
  caf::reacts_to<hub_started>,
  /// The assessment of a round, if this audience may see it.
  caf::replies_to<get_assessment>::with<text_answer>,
  /// How the panel judged, as far as this audience may see it.
  caf::replies_to<get_judging>::with<text_answer>,
  /// Camera evidence of a round, taken when it is durable.
  caf::replies_to<report_evidence>::with<evidence_answer>>;

/// The CALIBRATION: settings and scoring profiles in force; a fold over its own
/// chain of the journal. `node/calibration`
using calibration_actor = caf::typed_actor<
  /// What is in force, for a SCORER that starts.
  caf::replies_to<get_in_force>::with<in_force_answer>,
  caf::replies_to<get_calibration>::with<text_answer>,
  /// Changes settings if they are still at the version it names.
  caf::replies_to<set_calibration>::with<text_answer>,
  caf::replies_to<roll_back>::with<text_answer>,
  caf::replies_to<get_calibration_history>::with<text_answer>,
  /// What past rounds would score under other settings.
  caf::replies_to<preview_calibration>::with<text_answer>,
  caf::replies_to<get_profiles>::with<text_answer>,
  /// Reads the files of the profiles again.
  caf::replies_to<reload_profiles>::with<text_answer>>;

} // namespace ringside::protocol
