#pragma once

#include "actors/protocol/advice_messages.hpp"
#include "actors/protocol/clock_messages.hpp"
#include "actors/protocol/command_messages.hpp"
#include "actors/protocol/feed_messages.hpp"
#include "actors/protocol/journal_messages.hpp"
#include "actors/protocol/judging_messages.hpp"
#include "actors/protocol/query_messages.hpp"
#include "actors/protocol/simulation_messages.hpp"
#include "actors/protocol/source_messages.hpp"

#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

/// Every typed actor, one sentence each, one sentence per handler. In prose an
/// actor's role is written in capitals. Names in the directory are given with
/// each; clients keep the name, never a handle.
namespace ringside::protocol {

/// The BOUT decides about one bout, alone. `bout/<id>/bout`
using bout_actor = caf::typed_actor<
  /// Decides a command, makes it durable, answers its sender.
  caf::reacts_to<submit>,
  /// The state as an audience may see it.
  caf::replies_to<get_bout>::with<text_answer>,
  /// The events as an audience may see them.
  caf::replies_to<get_bout_events>::with<text_answer>>;

/// The SEAT of one judge: who sits there, and the only door for the judge's
/// commands. `bout/<id>/seat/<n>`
using seat_actor = caf::typed_actor<
  /// Checks rate and holder, passes the command on to the BOUT.
  caf::reacts_to<submit>,
  /// A life sign of the tablet.
  caf::reacts_to<contact>,
  /// The HUB needs the presence topic again.
  caf::reacts_to<hub_started>,
  /// Who is there, since when nobody was heard.
  caf::replies_to<get_presence>::with<presence>>;

/// The DESK of a role (operator, supervisor, timekeeper, commission): the door
/// for its commands. `bout/<id>/desk/<role>`
using desk_actor = seat_actor;

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

/// The SHADOWS: judges in training beside the panels, a fold over a chain of
/// the journal that no bout ever reads. `node/shadows`
using shadows_actor
  = caf::typed_actor<caf::replies_to<give_shadow_seat>::with<text_answer>,
                     caf::replies_to<file_shadow_card>::with<text_answer>,
                     caf::replies_to<get_shadows>::with<text_answer>>;

/// The HISTORY of judges and fighters, a fold over all bouts of the journal;
/// it reads what is new when somebody asks. `node/history`
using history_actor
  = caf::typed_actor<caf::replies_to<get_reliability>::with<text_answer>,
                     caf::replies_to<get_career>::with<text_answer>>;

/// The BOUTS of this node: makes new ones, wakes resting ones, lists all.
/// `bouts`
using bouts_actor = caf::typed_actor<
  /// A `create_bout` command: makes the bout's actors and passes it on.
  caf::reacts_to<submit>,
  /// A BOUT's place in the list changed.
  caf::reacts_to<bout_changed>,
  /// The HUB needs the list again.
  caf::reacts_to<hub_started>,
  /// A page of the list as JSON.
  caf::replies_to<list_bouts>::with<text_answer>,
  /// Makes sure that the bout's actors run; the id, or not_found.
  caf::replies_to<wake_bout>::with<text_answer>>;

/// The JOURNAL, the only writer. Detached. `node/journal`
using journal_actor = caf::typed_actor<
  /// Appends in the next group commit.
  caf::replies_to<append>::with<append_answer>,
  /// Keeps a signed checkpoint.
  caf::reacts_to<keep_checkpoint>,
  /// Size, counters, and whether it can be written.
  caf::replies_to<get_journal_state>::with<journal_state>>;

/// The READER of the journal. Detached, so that recovery and history never
/// wait behind the writer. `node/reader`
using reader_actor
  = caf::typed_actor<caf::replies_to<read_bout>::with<entries_answer>,
                     caf::replies_to<read_entries>::with<entries_answer>,
                     caf::replies_to<read_tails>::with<tails_answer>,
                     caf::replies_to<read_leaves>::with<leaves_answer>>;

/// The AUDIT keeps the tree, signs checkpoints and makes proofs. `node/audit`
using audit_actor = caf::typed_actor<
  /// New leaves, from the JOURNAL.
  caf::reacts_to<leaves_committed>,
  /// The HUB needs the head again.
  caf::reacts_to<hub_started>,
  /// The latest checkpoint, a signed note.
  caf::replies_to<get_checkpoint>::with<text_answer>,
  /// A tlog-proof text.
  caf::replies_to<get_inclusion>::with<text_answer>,
  /// Base64 lines.
  caf::replies_to<get_consistency>::with<text_answer>,
  /// Bytes of a tile of hashes.
  caf::replies_to<get_tile>::with<text_answer>,
  /// Proofs for many entries.
  caf::replies_to<get_proofs>::with<proofs_answer>>;

/// The EVIDENCE of a bout, packed for somebody to check offline. Detached.
/// `node/evidence`
using evidence_actor
  = caf::typed_actor<caf::replies_to<get_bundle>::with<bundle_answer>>;

/// The HUB: topics, snapshots, deltas; the only way out. `node/hub`
using hub_actor = caf::typed_actor<
  /// Events of a bout, from its BOUT.
  caf::reacts_to<bout_news>,
  /// The state of a plain topic, from whoever owns it.
  caf::reacts_to<set_topic>,
  /// A FEED wants the deltas of a stream.
  caf::reacts_to<follow>,
  /// A FEED no longer wants them.
  caf::reacts_to<unfollow>,
  /// A FEED was slow: let the spectators' rounds be longer.
  caf::reacts_to<feed_took>,
  /// The start of a stream for one subscriber.
  caf::replies_to<join>::with<join_answer>>;

/// The ACCOUNTS: people, roles, tokens; a fold over the journal.
/// `node/accounts`
using accounts_actor
  = caf::typed_actor<caf::replies_to<create_account>::with<text_answer>,
                     caf::replies_to<issue_token>::with<text_answer>,
                     caf::replies_to<revoke_tokens>::with<text_answer>,
                     caf::replies_to<set_role>::with<text_answer>,
                     caf::replies_to<list_accounts>::with<text_answer>,
                     caf::replies_to<claim_admin>::with<text_answer>>;

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

/// HEALTH: every component by name, with reason. `node/health`
using health_actor
  = caf::typed_actor<caf::reacts_to<report_health>, caf::reacts_to<hub_started>,
                     caf::replies_to<get_health>::with<health_view>>;

/// The CLOCK: what is known of every device's clock, and steps of the wall
/// clock. `node/clock`
using clock_actor = caf::typed_actor<
  /// After every exchange with a device.
  caf::reacts_to<clock_reading>, caf::reacts_to<clock_gone>,
  /// All clocks, the worst first.
  caf::replies_to<get_clocks>::with<text_answer>>;

/// The SIMULATION runs invented and scripted bouts beside the real ones, one
/// at a time. `node/simulation`
using simulation_actor = caf::typed_actor<
  /// Queues a simulation; the answer is its record, or `rate_limited`.
  caf::replies_to<start_simulation>::with<text_answer>,
  /// The record of one, with its result when it is done.
  caf::replies_to<get_simulation>::with<text_answer>,
  /// All that are kept, the newest first.
  caf::replies_to<list_simulations>::with<text_answer>,
  /// Takes it out of the queue or stops it; the answer is its record.
  caf::replies_to<cancel_simulation>::with<text_answer>>;

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
  /// Events of the bout, from its BOUT: strikes that its
  /// operators log are reports, too.
  caf::reacts_to<bout_news>, caf::replies_to<get_fusion>::with<text_answer>>;

} // namespace ringside::protocol
