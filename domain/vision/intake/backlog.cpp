#include "domain/vision/intake/backlog.hpp"

#include "domain/base/check.hpp"

#include <algorithm>
#include <utility>

namespace ringside::intake {

namespace {

template <class List>
auto place_of(List& batches, std::uint64_t seq) {
  return std::lower_bound(
    batches.begin(), batches.end(), seq,
    [](const unfinished_batch& b, std::uint64_t n) { return b.what.seq < n; });
}

bool plain(const json::value& v) noexcept {
  if (const auto* list = v.as_array())
    return std::all_of(list->begin(), list->end(), plain);
  const auto* fields = v.as_object();
  return fields == nullptr
         || std::all_of(fields->begin(), fields->end(), [](const auto& f) {
              return json::valid_key(f.first) && plain(f.second);
            });
}

} // namespace

bool can_be_handed_on(const json::array& items) noexcept {
  return std::all_of(items.begin(), items.end(), plain);
}

void backlog::add(const batch& what) {
  RINGSIDE_CHECK(!full());
  // A late one goes before those that overtook it.
  batches_.insert(place_of(batches_, what.seq), {what, std::nullopt});
}

bool backlog::finish(std::uint64_t seq, work_outcome what) {
  auto i = place_of(batches_, seq);
  if (i == batches_.end() || i->what.seq != seq || i->outcome)
    return false;
  i->outcome = std::move(what);
  return true;
}

std::optional<unfinished_batch> backlog::pop() {
  if (batches_.empty() || !batches_.front().outcome)
    return std::nullopt;
  auto first = std::move(batches_.front());
  batches_.erase(batches_.begin());
  return first;
}

} // namespace ringside::intake
