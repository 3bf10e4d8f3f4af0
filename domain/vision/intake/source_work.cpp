#include "domain/vision/intake/source_book.hpp"

#include <utility>

/// How a source is read whose pictures vision workers look at.
namespace ringside::intake {

void source_book::queue(const batch& what, reading& to) {
  to.queued = 0;
  // A flood costs no worker's time. Collapsed labels are still looked at: only
  // so they can differ again.
  if (held_ == quarantine::flood) {
    counters_.held_back += what.items->size();
    return;
  }
  to.queued = static_cast<std::int64_t>(what.items->size());
  backlog_.add(what);
}

std::optional<intake_result> source_book::read_worked(const source_fact& fact,
                                                      const vendor::mapper& how,
                                                      mono_us now) {
  auto next = backlog_.pop();
  if (!next)
    return std::nullopt;
  reading done;
  if (!next->outcome->items) {
    ++counters_.dead_letters;
    return std::move(done.out);
  }
  ++counters_.worked;
  auto what = std::move(next->what);
  what.items = next->outcome->items;
  what.arrived = now;
  read_items(fact, how, what, done);
  return std::move(done.out);
}

} // namespace ringside::intake
