#include "domain/vision/routing/work_router.hpp"

#include <algorithm>

/// Which worker a stream belongs to, by measured load.
namespace ringside::routing {

namespace {

/// What a camera brings as long as nothing was measured: one batch a second.
constexpr std::int64_t rate_guess_milli = 1'000;

} // namespace

std::int64_t work_router::service_of(const worker& w) const {
  if (w.service_us() > 0)
    return w.service_us();
  std::int64_t sum = 0;
  std::int64_t n = 0;
  for (const auto& [id, other] : workers_)
    if (other.service_us() > 0) {
      sum += other.service_us();
      ++n;
    }
  // As fast as the others, not infinitely fast.
  return n > 0 ? sum / n : settings_.service_guess_us;
}

std::int64_t work_router::demand_ppm(const stream& s, const worker& w) const {
  auto rate = s.rated ? s.rate_milli : rate_guess_milli;
  auto unfinished = static_cast<std::int64_t>(s.handed + s.waiting);
  auto backlog = std::max<std::int64_t>(unfinished - 1, 0);
  return service_of(w) * (rate + 1'000 * backlog) / 1'000;
}

std::int64_t work_router::load_ppm(const std::string& id) const {
  auto i = workers_.find(id);
  if (i == workers_.end())
    return 0;
  std::int64_t sum = 0;
  for (const auto& [camera, s] : streams_)
    if (s.home() == id)
      sum += demand_ppm(s, i->second);
  return std::max(sum, i->second.word().load_ppm);
}

const std::string* work_router::best_worker(const std::string& camera,
                                            const std::string& but) const {
  auto proven = [&](const auto& x) {
    return x.first != but && usable(x.second)
           && x.second.state() == worker_state::ready;
  };
  auto others = std::any_of(workers_.begin(), workers_.end(), proven);
  const std::string* best = nullptr;
  std::pair<std::int64_t, std::int64_t> least;
  for (const auto& [id, w] : workers_) {
    if (id == but || !usable(w))
      continue;
    auto streams = std::count_if(
      streams_.begin(), streams_.end(), [&, &name = id](const auto& x) {
        return x.first != camera && x.second.home() == name;
      });
    // One that is new proves itself with one stream.
    if (others && w.state() == worker_state::starting && streams > 0)
      continue;
    std::pair<std::int64_t, std::int64_t> here{load_ppm(id), streams};
    if (best != nullptr && here >= least)
      continue;
    best = &id;
    least = here;
  }
  return best;
}

void work_router::settle(stream& s, mono_us now) {
  if (s.next.empty() || s.handed > 0)
    return;
  if (!s.worker.empty()) {
    ++s.counters.moves;
    ++counters_.moves;
  }
  s.worker = s.next;
  s.next.clear();
  s.moved = now;
  s.ever_moved = true;
}

void work_router::place_one(const std::string& camera, stream& s, mono_us now) {
  settle(s, now);
  auto home = workers_.find(s.home());
  if (home != workers_.end() && usable(home->second))
    return;
  s.next.clear();
  if (const auto* other = best_worker(camera, s.worker))
    s.next = *other;
  else if (s.handed == 0)
    s.worker.clear();
  settle(s, now);
}

void work_router::place_streams(mono_us now) {
  for (auto& [camera, s] : streams_)
    place_one(camera, s, now);
}

void work_router::rate_streams(mono_us now) {
  auto span = elapsed(rated_, now).count;
  rated_ = now;
  for (auto& [camera, s] : streams_) {
    auto fresh = s.fresh * 1'000'000'000 / span;
    s.fresh = 0;
    s.rate_milli = s.rated ? s.rate_milli + (fresh - s.rate_milli) / 4 : fresh;
    s.rated = true;
  }
}

void work_router::rebalance(mono_us now) {
  const std::string* from = nullptr;
  std::int64_t most = 0;
  for (const auto& [id, w] : workers_)
    if (auto load = load_ppm(id); usable(w) && (!from || load > most)) {
      from = &id;
      most = load;
    }
  if (from == nullptr)
    return;
  const auto* to = best_worker({}, *from);
  if (to == nullptr)
    return;
  auto least = load_ppm(*to);
  stream* best = nullptr;
  auto best_after = most;
  for (auto& [camera, s] : streams_) {
    auto rests = s.ever_moved && elapsed(s.moved, now) < settings_.dwell;
    if (s.home() != *from || !s.next.empty() || rests)
      continue;
    auto there = demand_ppm(s, workers_.at(*to));
    auto after
      = std::max(most - demand_ppm(s, workers_.at(*from)), least + there);
    // Half a stream of difference is no reason to move one.
    if (after + there / 2 + settings_.margin_ppm < most && after < best_after) {
      best = &s;
      best_after = after;
    }
  }
  if (best == nullptr)
    return;
  best->next = *to;
  settle(*best, now);
}

} // namespace ringside::routing
