#pragma once

#include "domain/audit/json.hpp"
#include "domain/vision/intake/source_book.hpp"

#include <cstdint>

namespace ringside::intake {

/// A silent source is called silent after this.
inline constexpr std::int64_t silent_us = 3'000'000;

/// One source as `GET /sources` and the topic `sources` show it: what it is,
/// `state` (`new`, `live`, `silent` or `quarantined`), load, latency, loss,
/// clock bound and quality; of pictures, what they add up to (`analytics`).
/// @param book What came from it; null: nothing yet.
json::object status_json(const source_fact& fact, const source_book* book,
                         mono_us now);

} // namespace ringside::intake
