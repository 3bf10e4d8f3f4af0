#pragma once

#include "domain/bout/command.hpp"
#include "domain/wire/field_reader.hpp"
#include "domain/wire/field_writer.hpp"

#include <vector>

/// INTERNAL to this room: a card as a judge sends it, one form at a time:
/// {red, blue} in whole points, {red_x10, blue_x10}, {pick} or {criteria}.
namespace ringside::wire {

/// Reads the card's fields; no form or two of them is an error. A pick of
/// `none` is an even card of the whole bout. Where criteria come out even a
/// pick may stand beside them.
bout::card_entry read_card(field_reader& f);

/// Writes what `read_card` reads.
void write_card(field_writer& f, const bout::card_entry& entry);

/// {id: "red" | "blue" | "none"}.
json::object criteria_json(const std::vector<bout::criterion_pick>& criteria);

} // namespace ringside::wire
