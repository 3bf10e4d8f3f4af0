#pragma once

#include "domain/vision/intake/source_book.hpp"
#include "domain/wire/field_reader.hpp"

namespace ringside::net {

/// Reads `seq` and `items` of a batch. What is in the items is the source's
/// own format and read by its SOURCE.
void read_batch(wire::field_reader& f, intake::batch& to);

/// True for a message of the stream that brings a batch.
bool is_detections(const json::value& frame) noexcept;

} // namespace ringside::net
