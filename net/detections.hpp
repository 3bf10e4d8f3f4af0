#pragma once

#include "actors/protocol/router_messages.hpp"
#include "domain/vision/intake/source_book.hpp"
#include "domain/wire/field_reader.hpp"

namespace ringside::net {

/// Reads `seq` and `items` of a batch. What is in the items is the source's
/// own format and read by its SOURCE.
void read_batch(wire::field_reader& f, intake::batch& to);

/// Reads what a vision worker finished and how much it wants: `want`,
/// `load_ppm`, `run`, `done`.
void read_work(wire::field_reader& f, protocol::get_work& to);

/// True for a message of the stream that brings something in the source's own
/// format: a batch, or what a worker saw.
bool is_detections(const json::value& frame) noexcept;

} // namespace ringside::net
