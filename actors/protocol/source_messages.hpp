#pragma once

#include "domain/base/role.hpp"
#include "domain/base/strong_id.hpp"
#include "domain/vision/fusion/report.hpp"
#include "domain/vision/intake/source_book.hpp"
#include "domain/vision/intake/source_fact.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <caf/allowed_unsafe_message_type.hpp>

/// Cameras, vision workers and vendors. Answers that go to a client are a
/// `text_answer`.
namespace ringside::protocol {

// -- for clients --------------------------------------------------------------

/// Makes a source; its id is the SOURCES' to give. The answer has `source_id`.
struct create_source {
  issuer by;
  intake::source_fact wanted;
};

/// Says which bout a source watches from now on; an empty one: none.
struct assign_source {
  issuer by;
  std::string source;
  bout_id bout;
};

/// A vision worker gets no new work from now on, or gets it again. The answer
/// is the source.
struct drain_source {
  issuer by;
  std::string source;
  bool on = true;
};

struct list_sources {};

struct get_source {
  std::string source;
};

/// A batch of detections, to its SOURCE.
struct send_detections {
  /// Who sends it.
  std::string account;
  intake::batch what;
};

/// A life sign, to its SOURCE. The answer has `next_seq` and `credit`.
struct source_heartbeat {
  std::string account;
  bool in_view = true;
  mono_us arrived;
};

// -- between SOURCE and SOURCES -----------------------------------------------

using source_book_ptr = std::shared_ptr<const intake::source_book>;

/// SOURCE to SOURCES before every answer: what is to be known by the next
/// incarnation of the SOURCE.
struct remember_source {
  std::string source;
  source_book_ptr book;
};

/// A SOURCE that starts asks what it is and what it knew.
struct recall_source {
  std::string source;
};

struct source_recalled {
  std::optional<intake::source_fact> fact;
  /// Null: nothing came from it since the node started.
  source_book_ptr book;
  /// Its arena listens to it; else it is on standby.
  bool active = true;
};

/// SOURCES to SOURCE: this is true from now on. Answered by `remember_source`.
struct source_is {
  intake::source_fact fact;
  /// Its arena listens to it; else it is on standby.
  bool active = true;
};

/// SOURCE to the HARMONIZER of the bout it watches.
struct source_reports {
  intake::source_fact from;
  std::shared_ptr<const std::vector<fusion::report>> reports;
};

/// The same for a life sign.
struct source_beat {
  intake::source_fact from;
  mono_us at;
  bool in_view = true;
};

// -- fusion -------------------------------------------------------------------

/// Asks a HARMONIZER what it fused: counters, sources and the latest events.
struct get_fusion {};

/// What the fusion made of the reports of one source, so far.
struct source_tally {
  /// `source/<id>` or `account/<id>`.
  std::string source;
  std::uint64_t judged = 0;
  /// Of them, those it made nothing of, or an event that is not shown.
  std::uint64_t doubted = 0;
};

/// HARMONIZER to SOURCES, once a second while something comes in.
struct fusion_told {
  bout_id bout;
  /// JSON object: as the answer to `get_fusion`, without the events.
  std::string stats;
  std::vector<source_tally> sources;
};

/// Asks the SOURCES what they were told.
struct list_fusions {};

} // namespace ringside::protocol

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::create_source)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::assign_source)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::drain_source)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::list_sources)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_source)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::send_detections)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::source_heartbeat)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::remember_source)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::recall_source)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::source_recalled)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::source_is)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::source_reports)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::source_beat)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_fusion)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::fusion_told)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::list_fusions)
