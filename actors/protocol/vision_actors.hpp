#pragma once

#include "actors/protocol/act_messages.hpp"
#include "actors/protocol/feed_messages.hpp"
#include "actors/protocol/fusion_messages.hpp"
#include "actors/protocol/query_messages.hpp"
#include "actors/protocol/source_messages.hpp"

#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

/// Cameras, vision workers, and what is fused from them.
namespace ringside::protocol {

/// The SOURCE stands for one camera, vision worker or vendor's system: reads
/// its batches and watches how well it does. `source/<id>`
using source_actor = caf::typed_actor<
  /// Detections; the same batch gets the same answer.
  caf::replies_to<send_detections>::with<text_answer>,
  /// A life sign.
  caf::replies_to<source_heartbeat>::with<text_answer>,
  /// What the source is changed, for example its bout.
  caf::reacts_to<source_is>>;

/// The SOURCES: makes and lists sources; a fold over the chain `_sources`.
/// `vision/sources`
using sources_actor
  = caf::typed_actor<caf::replies_to<create_source>::with<text_answer>,
                     caf::replies_to<assign_source>::with<text_answer>,
                     caf::replies_to<drain_source>::with<text_answer>,
                     caf::replies_to<list_sources>::with<text_answer>,
                     caf::replies_to<get_source>::with<text_answer>,
                     /// What a SOURCE would need if it started anew.
                     caf::reacts_to<remember_source>,
                     caf::replies_to<recall_source>::with<source_recalled>,
                     /// What a HARMONIZER did, in short.
                     caf::reacts_to<fusion_told>,
                     caf::replies_to<list_fusions>::with<text_answer>,
                     /// The HUB needs the list again.
                     caf::reacts_to<hub_started>>;

/// The HARMONIZER of a bout: fuses what its sources report. Takes part in no
/// official's score. `bout/<id>/harmonizer`
using harmonizer_actor = caf::typed_actor<
  caf::reacts_to<source_reports>, caf::reacts_to<source_beat>,
  /// What is no strike, from SOURCEs that make events out of pictures.
  caf::reacts_to<source_acts>,
  /// Events of the bout, from its BOUT: strikes that its
  /// operators log are reports, too.
  caf::reacts_to<bout_news>, caf::replies_to<get_fusion>::with<text_answer>,
  /// What the journal has of it.
  caf::replies_to<get_fused>::with<text_answer>>;

} // namespace ringside::protocol
