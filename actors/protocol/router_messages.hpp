#pragma once

#include "domain/vision/intake/source_fact.hpp"
#include "domain/vision/routing/job.hpp"
#include "domain/vision/routing/worker.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include <caf/allowed_unsafe_message_type.hpp>

/// Pictures of cameras on their way to vision workers, and what these see.
/// Answers that go to a client are a `text_answer`.
namespace ringside::protocol {

// -- for clients, to the SOURCE of a worker -----------------------------------

/// A worker says what it finished and asks for more.
struct get_work {
  std::string account;
  /// Batches it takes now; 0: none, it only says something.
  std::size_t want = 1;
  /// How busy it is by its own account; negative: it does not say.
  std::int64_t load_ppm = -1;
  /// Differs whenever its program was started anew; 0: it does not say.
  std::uint64_t run = 0;
  std::vector<routing::finished_job> done;
  mono_us arrived;
};

// -- for clients, to the ROUTER -----------------------------------------------

/// Asks for workers, streams, load, and what was given up.
struct get_routing {};

// -- between SOURCE and ROUTER ------------------------------------------------

/// SOURCE of a worker to the ROUTER, which answers the worker: at once if there
/// is work or none is wanted, else within about a second.
struct worker_asks {
  routing::worker_word word;
  std::size_t want = 1;
  std::vector<routing::finished_job> done;
};

/// A life sign of a worker.
struct worker_beats {
  routing::worker_word word;
};

/// It gets no new work from now on, or gets it again. No life sign.
struct worker_drains {
  std::string worker;
  bool on = true;
};

/// SOURCE of a camera to the ROUTER: these batches are unfinished. What the
/// ROUTER knows already changes nothing.
struct work_offered {
  std::string camera;
  std::vector<routing::offered_batch> batches;
  /// There are no others.
  bool all = false;
};

/// ROUTER to the SOURCE of a camera; said again until it is answered.
struct work_result {
  std::uint64_t seq = 0;
  /// Null: it was given up.
  routing::items_ptr items;
  std::string why;
};

/// The SOURCE knows it, whatever happens to it from now on.
struct work_noted {
  /// False: it is starting; say it again.
  bool well = true;
};

} // namespace ringside::protocol

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_work)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_routing)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::worker_asks)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::worker_beats)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::worker_drains)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::work_offered)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::work_result)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::work_noted)
