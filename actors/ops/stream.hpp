#pragma once

#include "actors/ops/pace.hpp"
#include "actors/protocol/feed_messages.hpp"
#include "domain/audit/json.hpp"
#include "domain/wire/sections.hpp"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include <caf/actor_clock.hpp>

namespace ringside {

/// One stream of the HUB: its sequence, the deltas that resuming clients may
/// still ask for, and what waits for the next delta. Plain data with the
/// operations that keep it consistent; the HUB decides when.
class stream {
public:
  /// @param first_seq greater than any number this stream ever had.
  /// @param round Least time between two rounds, if this stream has rounds.
  stream(std::uint64_t first_seq, pace::duration round)
    : rounds(round), seq_(first_seq) {
    // nop
  }

  std::uint64_t seq() const noexcept {
    return seq_;
  }

  // -- what waits for the next delta ------------------------------------------

  void add(std::optional<json::value> event, wire::section_set touched);

  bool dirty() const noexcept {
    return !events_.empty() || !touched_.empty();
  }

  wire::section_set touched() const noexcept {
    return touched_;
  }

  /// Makes the next delta frame out of what waited and `changes`, keeps it in
  /// the window and returns it.
  protocol::frame_text seal(const std::string& topic, json::object changes);

  // -- what subscribers start from --------------------------------------------

  /// The frames after `seq`, if all of them are still kept.
  std::optional<std::vector<protocol::frame_text>>
  since(std::uint64_t after) const;

  /// A snapshot frame of `state` at the present position.
  protocol::frame_text snapshot(const std::string& topic,
                                json::object state) const;

  // -- bookkeeping of the HUB -------------------------------------------------

  std::vector<protocol::feed_sink> followers;
  pace rounds;
  caf::actor_clock::time_point last_used{};
  bool flush_scheduled = false;
  /// The snapshot made last, valid while the position stays the same.
  protocol::frame_text cached_snapshot;

private:
  std::uint64_t seq_;
  std::deque<protocol::frame_text> window_;
  json::array events_;
  wire::section_set touched_;
};

} // namespace ringside
