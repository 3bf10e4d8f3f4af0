#pragma once

#include "actors/protocol/feed_messages.hpp"
#include "net/shard.hpp"

#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

namespace ringside::net {

/// What waits to be written to one session: answers to it, and frames of its
/// streams. Frames of streams may be dropped, since a snapshot makes up for
/// them; answers never are.
class outbox {
public:
  outbox(std::size_t frames_max, std::size_t bytes_max)
    : frames_max_(frames_max), bytes_max_(bytes_max) {
    // nop
  }

  void resize(std::size_t frames_max, std::size_t bytes_max) noexcept {
    frames_max_ = frames_max;
    bytes_max_ = bytes_max;
  }

  /// Queues an answer. False: the client asks but does not read, so the
  /// session has to end.
  bool push_answer(protocol::frame_text frame);

  /// Queues a frame of a stream. False: full, nothing queued. An empty box
  /// takes a frame of any size, or a big snapshot could never be sent.
  bool push_frame(protocol::frame_text frame, const subscription* from);

  /// The next one to be written, or null.
  protocol::frame_text pop();

  /// Drops the frames of all streams.
  /// @returns the streams that lost some.
  std::vector<const subscription*> drop_frames();

  /// Forgets the frames of a stream that was left.
  void forget(const subscription* from);

  bool empty() const noexcept {
    return items_.empty();
  }

  std::size_t bytes() const noexcept {
    return bytes_;
  }

  std::size_t size() const noexcept {
    return items_.size();
  }

private:
  struct item {
    protocol::frame_text frame;
    /// Null for an answer.
    const subscription* from;
  };

  bool fits(std::size_t bytes) const noexcept;

  std::size_t frames_max_;
  std::size_t bytes_max_;
  std::deque<item> items_;
  std::size_t bytes_ = 0;
};

} // namespace ringside::net
