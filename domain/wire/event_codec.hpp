#pragma once

#include "domain/audit/json.hpp"
#include "domain/base/result.hpp"
#include "domain/bout/event.hpp"
#include "domain/wire/ids.hpp"

#include <string_view>
#include <vector>

/// How events look in JSON: in the journal, on the stream and in answers. The
/// only place that knows; `schemas/` is checked against it.
namespace ringside::wire {

/// The kind of an event, past tense in snake_case: `round_opened`. A logged
/// fact has its own kind: `strike_logged`, `point_deducted`, ...
std::string_view kind_of(const bout::event_body& body) noexcept;

/// All kinds, in the order of the variants; for schemas and tests.
std::vector<std::string_view> all_kinds();

/// The fields of an event. Times are `at_us` (server timeline) and `round_ms`,
/// scores are `_x10`, other events are `e12`. What is empty or has its usual
/// value is left out, so that one event has one form.
json::value data_of(const bout::event& e);

/// The exact inverse of `data_of`. An unknown kind or field, a missing field
/// or a value of another type is an error.
/// @pre `no` and `issuer` come from the entry around the data.
result<bout::event> event_from(std::string_view kind, const json::value& data,
                               bout::event_no no, issuer by);

/// A result as in `result_derived`: {kind, winner?, cards?, panel?, tuple?,
/// explanation?}.
json::value outcome_json(const rules::outcome& result);

/// The inverse of `outcome_json`.
result<rules::outcome> outcome_from(const json::value& v);

} // namespace ringside::wire
