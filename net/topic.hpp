#pragma once

#include "actors/protocol/feed_messages.hpp"
#include "domain/base/result.hpp"
#include "domain/bout/rights.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ringside::net {

/// What the name of a topic means.
struct topic_info {
  bout::operation right = bout::operation::read_board;
  /// The bout of `bout/<id>`, whose state depends on who looks.
  std::optional<bout_id> bout;
  /// `bout/<id>/board`: always what the public sees.
  bool board = false;
};

/// `not_found` for a topic that this node does not have.
result<topic_info> parse_topic(std::string_view topic);

/// The stream that somebody gets for a topic. `seat` matters for judges.
protocol::stream_key stream_of(std::string_view topic, const topic_info& info,
                               role who, int seat);

} // namespace ringside::net
