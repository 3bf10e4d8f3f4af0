#pragma once

#include "domain/vision/analytics/event_report.hpp"
#include "domain/vision/intake/source_fact.hpp"

#include <memory>
#include <vector>

#include <caf/allowed_unsafe_message_type.hpp>

/// What is not fused as a strike: knockdowns, takedowns, submissions, control.
namespace ringside::protocol {

/// SOURCE to the HARMONIZER of the bout it watches. An act may come again
/// under its number with a higher revision.
struct source_acts {
  intake::source_fact from;
  std::shared_ptr<const std::vector<analytics::event_report>> acts;
};

} // namespace ringside::protocol

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::protocol::source_acts)
