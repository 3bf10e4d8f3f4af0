#pragma once

#include "domain/base/error.hpp"
#include "domain/base/strong_id.hpp"
#include "domain/bout/event.hpp"
#include "domain/wire/audience.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

/// How news get from the bouts to the screens. The HUB serialises once per
/// stream; a FEED (one per network thread, or a simulated client) hands the
/// same bytes to all its sessions.
namespace ringside::protocol {

/// One row of subscribers that all get the same bytes: a topic as one
/// audience sees it. Plain topics (`bouts`, `ops/actors`, ...) have one
/// audience, `control`.
struct stream_key {
  std::string topic;
  wire::audience audience;

  friend auto operator<=>(const stream_key&, const stream_key&) = default;
};

using frame_text = std::shared_ptr<const std::string>;

/// The next delta of a stream, ready to be written to sockets. `seq` rises by
/// exactly one; numbers of an earlier run of the HUB are never used again.
struct feed_delta {
  stream_key stream;
  std::uint64_t seq = 0;
  frame_text frame;
};

/// The HUB (re)started and knows no followers: follow again, and give every
/// session a `reset` and a snapshot.
struct feed_reset {};

/// The HUB (re)started and knows no plain topic: whoever owns one says its
/// state again.
struct hub_started {};

/// Takes frames of followed streams.
using feed_sink
  = caf::typed_actor<caf::reacts_to<feed_delta>, caf::reacts_to<feed_reset>>;

/// From now on `sink` gets the deltas of the stream. Following twice is once.
struct follow {
  stream_key stream;
  feed_sink sink;
};

struct unfollow {
  stream_key stream;
  feed_sink sink;
};

/// A FEED was slow: it needed so long from getting a frame of this stream to
/// handing it to the last of its sessions.
struct feed_took {
  stream_key stream;
  std::chrono::microseconds span{0};
};

/// Asks for the start of a stream: the missing deltas if `after` is within
/// the kept window, otherwise a snapshot. Deltas sent to a follower after this
/// answer continue exactly where the answer ends.
struct join {
  stream_key stream;
  std::optional<std::uint64_t> after;
};

/// What a new subscriber is sent first.
struct joined {
  /// Sequence number the subscriber is at afterwards.
  std::uint64_t seq = 0;
  /// A snapshot frame, or the missing delta frames in order.
  std::vector<frame_text> frames;
};

struct join_answer {
  stream_key stream;
  std::variant<joined, error> outcome;
};

/// BOUT to HUB after every commit: the events, in order and without gaps. After
/// a load there are none: what an earlier incarnation made durable, but could
/// not tell any more, is known by the version.
struct bout_news {
  bout_id bout;
  /// Version of the bout after the events.
  bout::event_no version = 0;
  std::shared_ptr<const std::vector<bout::event>> events;
};

/// Whoever folds the news of a bout: its SCORER, its HARMONIZER.
using news_sink = caf::typed_actor<caf::reacts_to<bout_news>>;

/// Sets the state of a plain topic; subscribers get it as a delta.
struct set_topic {
  std::string topic;
  /// Canonical JSON object; its members are the changes.
  std::string state;
};

} // namespace ringside::protocol

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::feed_delta)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::feed_reset)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::hub_started)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::follow)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::unfollow)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::feed_took)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::join)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::join_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::bout_news)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::set_topic)
