#pragma once

#include "actors/ops/stream.hpp"
#include "actors/protocol/feed_actors.hpp"
#include "actors/protocol/records_actors.hpp"
#include "actors/runtime/metered.hpp"
#include "actors/runtime/services.hpp"
#include "actors/runtime/ticker.hpp"
#include "actors/runtime/timeline.hpp"
#include "domain/bout/apply.hpp"
#include "domain/bout/state.hpp"

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

namespace ringside {

/// What the HUB needs.
struct hub_deps {
  services_ptr services;
  std::shared_ptr<const bout::ruleset_lookup> rulesets;
  timeline time;
  /// How far the public board of every bout lags behind.
  std::chrono::milliseconds board_delay{0};
  /// Spectators get news about once in this time at most, all of it at once.
  /// Shorter than the 20 ms between strikes that come 50 times a second: at
  /// exactly their rate a delay once made would never be made up for.
  std::chrono::milliseconds spectator_round{15};
};

namespace hub_msg {

/// INTERNAL: a spectators' stream is due.
struct flush {
  protocol::stream_key stream;
};

/// INTERNAL: delayed news of a bout are due.
struct release {
  bout_id bout;
};

/// INTERNAL: a bout that could not be read is tried again.
struct retry {
  bout_id bout;
};

} // namespace hub_msg

using hub_impl = protocol::hub_actor::extend<
  caf::reacts_to<hub_msg::flush>, caf::reacts_to<hub_msg::release>,
  caf::reacts_to<hub_msg::retry>, caf::reacts_to<tick>>;

/// State of the HUB: the only way out to screens.
///
/// For every bout somebody follows it folds the same events as the BOUT, so it
/// can render any audience's view by itself, exactly at the position of that
/// audience's stream; the delayed board is a second fold that lags. Officials
/// get every delta at once, spectators in rounds. A stream's numbers begin at
/// the microseconds of the server's timeline, which outruns any stream, so
/// numbers of an earlier run are never met again and resuming with one gives a
/// snapshot.
///
/// Life cycle: child of the node's supervisor. After a restart it tells every
/// FEED (`feed/...` in the directory) to follow again and every owner of a
/// plain topic to say it again. Loses nothing: what it misses it reads from the
/// journal. Limits: `topic_window_max` deltas kept;
/// a stream nobody uses is dropped after two minutes.
struct hub_state {
  using pointer = caf::stateful_actor<hub_state, metered<hub_impl::base, 16>>*;
  using join_promise = caf::typed_response_promise<protocol::join_answer>;

  explicit hub_state(pointer ptr) : self(ptr) {
    // nop
  }

  void init(hub_deps what);

  // -- transitions ------------------------------------------------------------

  void take(const protocol::bout_news& news);
  void set(const protocol::set_topic& what);
  void follow(const protocol::follow& what);
  void unfollow(const protocol::unfollow& what);
  void pace_by(const protocol::feed_took& what);
  join_promise join(const protocol::join& what);
  void flush(const protocol::stream_key& key);
  void release(const bout_id& id);
  void retry(const bout_id& id);
  void on_tick();

  // -- data members -----------------------------------------------------------

  /// A join that waits until its bout is folded.
  struct waiting_join {
    protocol::join what;
    join_promise promise;
  };

  struct delayed_event {
    caf::actor_clock::time_point due;
    bout::event what;
  };

  struct bout_fold {
    bout::state now;
    /// The public board: the same events, later.
    bout::state board;
    std::deque<delayed_event> delayed;
    bool loading = false;
    /// Read once to its end. Before that nobody has a start to continue from,
    /// and no deltas are made of its history.
    bool shown = false;
    /// Newest version heard of; the fold catches up with it.
    bout::event_no latest = 0;
    std::vector<waiting_join> joins;
  };

  pointer self;
  hub_deps deps;
  std::map<bout_id, bout_fold> bouts;
  /// Plain topics: their whole state.
  std::map<std::string, json::object, std::less<>> plain;
  std::map<protocol::stream_key, stream> streams;
  protocol::reader_actor reader;
  ticker clock;

  static inline const char* name = "hub";

private:
  // -- folding (hub_fold.cpp) -------------------------------------------------

  void catch_up(const bout_id& id);
  void take_page(const bout_id& id, const protocol::entries_answer& page);
  void catch_up_failed(const bout_id& id, const error& reason);
  void settle_joins(const bout_id& id);
  /// @param wait until the board may show it.
  void fold(const bout_id& id, bout_fold& f, const bout::event& e,
            std::chrono::nanoseconds wait);
  std::chrono::nanoseconds board_wait(const bout::event& e) const;
  void fold_board(const bout_id& id, bout_fold& f, const bout::event& e);
  void notify(const bout_id& id, const bout::state& after, const bout::event& e,
              bool board);

  // -- streams (hub.cpp) ------------------------------------------------------

  stream& stream_of(const protocol::stream_key& key);
  void flush_soon(const protocol::stream_key& key, stream& s);
  void seal(const protocol::stream_key& key, stream& s);
  protocol::join_answer start_of(const protocol::join& what);
  json::object changes_of(const protocol::stream_key& key,
                          wire::section_set wanted) const;
};

hub_impl::behavior_type hub_behavior(hub_state::pointer self, hub_deps deps);

/// What a topic name stands for.
struct topic_name {
  /// Empty for a plain topic.
  bout_id bout;
  bool board = false;
};

/// `bout/<id>` and `bout/<id>/board` are bout topics, the rest is plain.
topic_name parse_topic(const std::string& topic);

} // namespace ringside

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::hub_msg::flush)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::hub_msg::release)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::hub_msg::retry)
