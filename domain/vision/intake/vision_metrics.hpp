#pragma once

#include "domain/audit/json.hpp"
#include "domain/base/strong_id.hpp"
#include "domain/vision/intake/source_book.hpp"
#include "domain/vision/intake/watched_bout.hpp"

#include <map>
#include <span>
#include <string>

namespace ringside::intake {

/// A source and what came from it; null: nothing yet.
struct known_source {
  const source_fact* fact = nullptr;
  const source_book* book = nullptr;
};

using watched_bouts = std::map<bout_id, watched_bout>;

/// `GET /vision/metrics`: `sources` with rate, latency, loss, quarantine and
/// analytics, `totals` over them, and `bouts` with the position that their
/// cameras agree on.
json::object metrics_json(std::span<const known_source> all,
                          const watched_bouts& bouts, mono_us now);

/// The totals as Prometheus reads them: `ringside_vision_*`.
std::string metrics_series(std::span<const known_source> all, mono_us now);

} // namespace ringside::intake
