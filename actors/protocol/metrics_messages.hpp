#pragma once

#include <caf/allowed_unsafe_message_type.hpp>

/// What is seen over all sources of a node.
namespace ringside::protocol {

/// Asks the SOURCES for everything at once. Answered by a `text_answer`.
struct get_vision_metrics {};

/// Asks for numbers in the text format of Prometheus.
struct get_series {};

} // namespace ringside::protocol

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_vision_metrics)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::get_series)
