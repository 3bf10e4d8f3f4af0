#pragma once

#include "actors/protocol/feed_messages.hpp"
#include "domain/base/error.hpp"
#include "net/context.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace ringside::net {

struct subscription;
using subscription_ptr = std::shared_ptr<subscription>;

/// A session as the shard sees it.
class subscriber {
public:
  virtual ~subscriber() = default;

  /// Takes the next frame of a stream. False: the queue is full, and frames of
  /// this stream are lost.
  virtual bool deliver(subscription& sub, const protocol::frame_text& frame)
    = 0;

  /// Frames were lost; ask for `resync` when there is room again.
  virtual void fell_behind(const subscription_ptr& sub) = 0;

  /// A snapshot comes next, whatever was seen before.
  virtual void starts_over(const subscription& sub) = 0;

  /// The subscription ended before it began.
  virtual void turned_away(const subscription_ptr& sub, const error& why) = 0;
};

/// One session's place in one stream. Shared by the session and the shard;
/// belongs to one network thread.
struct subscription {
  enum class phase : std::uint8_t {
    /// Waits for the start; deltas that come earlier are kept.
    joining,
    live,
    /// Lost frames; gets none until `resync`.
    lagging,
  };

  protocol::stream_key stream;
  /// Null once it has left.
  subscriber* who = nullptr;
  phase state = phase::joining;
  /// The last number the session was given.
  std::uint64_t seq = 0;
  /// Answers to an earlier `join` are recognised by it.
  std::uint64_t round = 0;
  std::deque<std::pair<std::uint64_t, protocol::frame_text>> early;
};

/// Hands the deltas of the HUB to the sessions of one network thread. The
/// first subscriber of a stream makes it follow the stream, the last one ends
/// that. Every queue has a cap; beyond it sessions start over with a snapshot,
/// so nobody misses anything without being told.
class shard {
public:
  using join_outcome = std::variant<protocol::joined, error>;

  /// How the shard reaches the HUB and its own thread.
  struct links {
    std::function<void(const protocol::stream_key&)> follow;
    std::function<void(const protocol::stream_key&)> unfollow;
    /// Asks for the start of a stream; the callback is called once.
    std::function<void(const protocol::join&,
                       std::function<void(join_outcome)>)>
      join;
    /// The last frame took long to reach everybody; may be left out.
    std::function<void(const protocol::stream_key&, span_us)> took;
    /// Runs something soon, after other work of the thread.
    std::function<void(std::function<void()>)> post;
  };

  shard(net_context& ctx, links to);

  void subscribe(const subscription_ptr& sub,
                 std::optional<std::uint64_t> after);

  void unsubscribe(const subscription_ptr& sub);

  /// Starts over: `starts_over`, then a snapshot.
  void resync(const subscription_ptr& sub);

  /// Frames of this subscription were dropped by its session.
  void lose(const subscription_ptr& sub);

  void delta(const protocol::feed_delta& d);

  /// The HUB restarted: follow everything again, everybody starts over.
  void reset();

  /// Joins again what could not be joined; call it about ten times a second.
  void tick(mono_us now);

  /// The number of the last delta of a stream, 0 if it is not followed.
  std::uint64_t head(const protocol::stream_key& key) const;

  std::size_t streams() const noexcept {
    return streams_.size();
  }

private:
  struct waiting_frame {
    std::uint64_t seq = 0;
    protocol::frame_text frame;
    mono_us since;
  };

  struct stream {
    protocol::stream_key key;
    std::vector<subscription_ptr> members;
    std::size_t present = 0;
    std::uint64_t head = 0;
    std::deque<waiting_frame> backlog;
    /// The next member to get the front of the backlog.
    std::size_t cursor = 0;
    bool working = false;
    bool scheduled = false;
    /// Who shares the answer of the snapshot that is asked for.
    std::vector<std::pair<subscription_ptr, std::uint64_t>> newcomers;
  };
  using stream_ptr = std::shared_ptr<stream>;

  stream_ptr find(const protocol::stream_key& key) const;

  void join(const subscription_ptr& sub, std::optional<std::uint64_t> after);

  void rejoin(const subscription_ptr& sub);

  void ask(protocol::join what, std::function<void(join_outcome)> done);

  void admitted(const subscription_ptr& sub, std::uint64_t round,
                const join_outcome& outcome);

  void begin(const subscription_ptr& sub, const protocol::joined& start);

  void hand(const subscription_ptr& sub, std::uint64_t seq,
            const protocol::frame_text& frame);

  void work(const stream_ptr& s);

  /// The front of the backlog reached everybody.
  void finish_frame(stream& s);

  net_context& ctx_;
  links to_;
  std::map<protocol::stream_key, stream_ptr> streams_;
  std::size_t asked_ = 0;
  std::deque<std::function<void()>> waiting_;
  std::vector<std::pair<mono_us, subscription_ptr>> retries_;
};

} // namespace ringside::net
