#pragma once

#include <cstddef>
#include <cstdint>

/// Every cap in one place. A queue, a body, a list or a retry without a line
/// here does not exist. Values come from the security and measurement
/// references; relations that must hold are asserted below.
namespace ringside::limits {

// -- requests -----------------------------------------------------------------

/// Biggest HTTP body and WebSocket message from an official.
inline constexpr std::size_t request_bytes_max = 16 * 1024;
/// Biggest WebSocket message from a source or vendor.
inline constexpr std::size_t source_bytes_max = 64 * 1024;
/// Deepest nesting of a request, checked before parsing.
inline constexpr std::size_t json_depth_max = 16;
/// Longest free text (reason, note, name) in bytes.
inline constexpr std::size_t text_bytes_max = 2'000;
/// Longest name of a person, arena or event in bytes.
inline constexpr std::size_t name_bytes_max = 120;

// -- the journal --------------------------------------------------------------

/// Biggest canonical entry; the bundle format allows 65'535.
inline constexpr std::size_t entry_bytes_max = 16 * 1024;
/// Deepest nesting of an entry.
inline constexpr std::size_t entry_depth_max = 8;
/// Entries in one transaction of the journal.
inline constexpr std::size_t commit_entries_max = 4'096;
/// Bytes of the files of one evidence bundle, unpacked.
inline constexpr std::size_t bundle_bytes_max = 64 * 1024 * 1024;
/// Bundles asked for that wait until the one before is made.
inline constexpr std::size_t bundle_queue_max = 8;
/// Appends waiting for the journal before it answers `overloaded`.
inline constexpr std::size_t journal_queue_max = 65'536;

// -- a bout -------------------------------------------------------------------

inline constexpr int rounds_max = 30;
inline constexpr int seats_max = 5;
/// Events in one bout; a bout that needs more is not a bout.
inline constexpr std::uint32_t bout_events_max = 200'000;
/// Commands of one bout waiting for durability.
inline constexpr std::size_t bout_pending_max = 4'096;
/// Bouts that one node keeps live.
inline constexpr std::size_t bouts_live_max = 512;

/// Reports of cameras and people that one round of hybrid scoring keeps.
inline constexpr std::size_t hybrid_evidence_max = 4'096;
/// Messages of camera evidence of one bout that wait for the journal.
inline constexpr std::size_t evidence_waiting_max = 256;

// -- sessions -----------------------------------------------------------------

inline constexpr std::size_t connections_max = 4'000;
inline constexpr std::size_t connections_per_address_max = 64;
/// Commands of one session that wait for an answer.
inline constexpr std::size_t session_in_flight_max = 64;
/// Outgoing messages and bytes of one official's session.
inline constexpr std::size_t session_queue_max = 256;
inline constexpr std::size_t session_queue_bytes_max = 1024 * 1024;
/// Topics one session may follow.
inline constexpr std::size_t session_topics_max = 32;
/// Deltas kept per topic for resuming clients.
inline constexpr std::size_t topic_window_max = 1'024;

// -- simulations --------------------------------------------------------------

/// Simulations that wait for the one that runs.
inline constexpr std::size_t simulations_waiting_max = 8;
/// Simulations whose records are kept, running and waiting ones included.
inline constexpr std::size_t simulations_kept_max = 100;
/// Bouts of one simulation.
inline constexpr std::uint64_t simulation_bouts_max = 1'000'000;
/// Of them, those that are played through the node, too.
inline constexpr std::uint64_t simulation_live_max = 100;
/// Longest script in bytes; it has to fit into a request.
inline constexpr std::size_t script_bytes_max = 12 * 1024;

// -- actors -------------------------------------------------------------------

/// Outstanding requests of one actor (they are searched linearly).
inline constexpr std::size_t actor_requests_max = 256;
/// Messages a name holds while its actor restarts.
inline constexpr std::size_t restart_hold_max = 4'096;

static_assert(entry_bytes_max <= 65'535);
static_assert(session_in_flight_max <= actor_requests_max);
static_assert(bout_pending_max <= journal_queue_max);
static_assert(script_bytes_max < request_bytes_max);
static_assert(simulations_waiting_max < simulations_kept_max);
static_assert(text_bytes_max * 4 < entry_bytes_max);

} // namespace ringside::limits
