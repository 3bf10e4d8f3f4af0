#include "domain/vision/routing/work_router.hpp"

#include "domain/vision/intake/backlog.hpp"

#include <algorithm>
#include <utility>

namespace ringside::routing {

work_router::work_router(std::uint64_t first_id, const settings& s)
  : settings_(s), next_id_(first_id) {
  // nop
}

// -- cameras ------------------------------------------------------------------

void work_router::offer(const std::string& camera,
                        const std::vector<offered_batch>& batches, bool all,
                        mono_us now) {
  if (!streams_.contains(camera) && streams_.size() >= intake::sources_max)
    return;
  auto& s = streams_[camera];
  if (all)
    forget_others(s, batches);
  for (const auto& b : batches) {
    if (s.jobs.size() >= intake::backlog::batches_max)
      break;
    auto [at, fresh] = s.jobs.try_emplace(b.seq);
    if (!fresh)
      continue;
    at->second.what = b;
    ++s.waiting;
    ++s.fresh;
    ++s.counters.offered;
    ++counters_.offered;
  }
  place_one(camera, s, now);
}

void work_router::forget_others(stream& s,
                                const std::vector<offered_batch>& batches) {
  for (auto i = s.jobs.begin(); i != s.jobs.end();) {
    auto& j = i->second;
    if (std::any_of(batches.begin(), batches.end(),
                    [&](const auto& b) { return b.seq == i->first; })) {
      ++i;
      continue;
    }
    take_back(s, j);
    if (j.is == job::state::waiting)
      --s.waiting;
    i = s.jobs.erase(i);
  }
}

std::vector<told_outcome> work_router::take_outcomes() {
  std::vector<told_outcome> out;
  for (auto& [camera, s] : streams_)
    for (auto& [seq, j] : s.jobs)
      if (j.is == job::state::finished && !std::exchange(j.told, true))
        out.push_back({camera, seq, j.seen, j.why});
  return out;
}

void work_router::heard(const std::string& camera, std::uint64_t seq,
                        bool well) {
  auto s = streams_.find(camera);
  if (s == streams_.end())
    return;
  auto j = s->second.jobs.find(seq);
  if (j == s->second.jobs.end() || j->second.is != job::state::finished)
    return;
  if (well)
    s->second.jobs.erase(j);
  else
    j->second.told = false;
}

// -- one batch ----------------------------------------------------------------

handed_job work_router::hand(const std::string& camera, stream& s, job& j,
                             const std::string& to, mono_us now) {
  j.is = job::state::handed;
  j.id = next_id_++;
  j.handed = now;
  --s.waiting;
  ++s.handed;
  ++counters_.handed;
  workers_.at(to).held.insert(j.id);
  handed_.emplace(j.id, place{camera, j.what.seq, to});
  return {j.id, camera, j.what.seq, j.what.items, false};
}

void work_router::take_back(stream& s, job& j) {
  if (j.is != job::state::handed)
    return;
  auto p = handed_.find(j.id);
  workers_.at(p->second.worker).held.erase(j.id);
  handed_.erase(p);
  j.is = job::state::waiting;
  --s.handed;
  ++s.waiting;
}

void work_router::done(stream& s, job& j, items_ptr seen) {
  take_back(s, j);
  --s.waiting;
  j.is = job::state::finished;
  j.seen = std::move(seen);
}

void work_router::fail(const std::string& camera, stream& s, job& j,
                       std::string why, mono_us now) {
  take_back(s, j);
  ++j.tries;
  ++s.counters.retried;
  ++counters_.retried;
  s.careful = true;
  j.why = std::move(why);
  if (j.tries >= settings_.tries_max)
    give_up(camera, s, j, j.why, now);
}

void work_router::give_up(const std::string& camera, stream& s, job& j,
                          std::string why, mono_us now) {
  j.why = std::move(why);
  done(s, j, nullptr);
  ++s.counters.dead_letters;
  ++counters_.dead_letters;
  dead_letters_.push_back({camera, j.what.seq, j.tries, j.why, now});
  if (dead_letters_.size() > settings_.dead_letters_kept)
    dead_letters_.pop_front();
}

// -- workers ------------------------------------------------------------------

bool work_router::hear(const worker_word& word, mono_us now) {
  auto i = workers_.find(word.id);
  if (i == workers_.end()) {
    if (workers_.size() >= intake::sources_max)
      return false;
    i = workers_.emplace(word.id, worker{settings_}).first;
  }
  auto& w = i->second;
  if (w.starts_anew(word) && w.state() != worker_state::dead)
    bury(word.id, w, "its worker was started anew", now);
  w.heard(word, now);
  place_streams(now);
  return true;
}

void work_router::drain(const std::string& id, bool on, mono_us now) {
  auto w = workers_.find(id);
  if (w == workers_.end())
    return;
  w->second.drain(on);
  place_streams(now);
}

bool work_router::usable(const worker& w) noexcept {
  auto works
    = w.state() == worker_state::starting || w.state() == worker_state::ready;
  return works && !w.word().draining;
}

void work_router::finish(const std::string& id,
                         const std::vector<finished_job>& done_jobs,
                         mono_us now) {
  auto w = workers_.find(id);
  if (w == workers_.end())
    return;
  std::int64_t well = 0;
  auto first = now;
  for (const auto& f : done_jobs) {
    auto p = handed_.find(f.id);
    if (p == handed_.end() || !w->second.held.contains(f.id) || !f.items)
      continue;
    ++well;
    first = std::min(
      first, streams_.at(p->second.camera).jobs.at(p->second.seq).handed);
  }
  w->second.measure(well, first, now);
  for (const auto& f : done_jobs)
    finish_one(id, w->second, f, now);
  place_streams(now);
}

void work_router::finish_one(const std::string& id, worker& w,
                             const finished_job& f, mono_us now) {
  if (w.trial != 0 && f.id == w.trial)
    return w.note_trial(f.items != nullptr, now);
  if (!w.held.contains(f.id)) {
    ++counters_.stale;
    return;
  }
  if (!f.items)
    return blame(id, w, f.id, f.error, now);
  if (f.items->size() > intake::items_max)
    return blame(id, w, f.id, "more results than a batch may have", now);
  auto at = handed_.at(f.id);
  auto& s = streams_.at(at.camera);
  auto& j = s.jobs.at(at.seq);
  sample_ = j.what;
  sample_camera_ = at.camera;
  done(s, j, f.items);
  s.careful = false;
  ++s.counters.done;
  ++counters_.done;
  w.note(true, now);
}

void work_router::blame(const std::string& id, worker& w, std::uint64_t job_id,
                        std::string why, mono_us now) {
  auto at = handed_.at(job_id);
  auto& s = streams_.at(at.camera);
  auto& j = s.jobs.at(at.seq);
  // Where others failed before, the batch is to blame.
  auto first = j.tries == 0;
  fail(at.camera, s, j, std::move(why), now);
  if (first && w.note(false, now))
    return strip(id, w, std::nullopt, now);
  if (j.is == job::state::finished || !s.next.empty())
    return;
  if (const auto* other = best_worker(at.camera, id))
    s.next = *other;
}

void work_router::strip(const std::string& id, worker& w,
                        std::optional<std::string> why, mono_us now) {
  for (auto job_id : std::set<std::uint64_t>{w.held}) {
    auto at = handed_.at(job_id);
    auto& s = streams_.at(at.camera);
    auto& j = s.jobs.at(at.seq);
    if (why)
      fail(at.camera, s, j, *why, now);
    else
      take_back(s, j);
  }
  for (auto& [camera, s] : streams_)
    if (s.worker == id)
      s.worker.clear();
}

void work_router::bury(const std::string& id, worker& w, std::string why,
                       mono_us now) {
  w.die();
  ++counters_.deaths;
  strip(id, w, std::move(why), now);
  place_streams(now);
}

std::size_t work_router::room_of(const worker& w) const noexcept {
  if (w.state() != worker_state::ready)
    return 1;
  // A slow one gets no more than it can do in half of the time it has.
  auto each = std::max<std::int64_t>(w.service_us(), 1);
  return static_cast<std::size_t>(std::clamp<std::int64_t>(
    settings_.work_max.count / 2 / each, 1,
    static_cast<std::int64_t>(settings_.worker_jobs_max)));
}

work_router::choice work_router::next_for(const std::string& id) {
  choice best;
  for (auto& [camera, s] : streams_) {
    auto room = s.careful ? 1 : settings_.camera_jobs_max;
    if (s.worker != id || !s.next.empty() || s.waiting == 0 || s.handed >= room)
      continue;
    auto head = std::find_if(s.jobs.begin(), s.jobs.end(), [](const auto& x) {
      return x.second.is == job::state::waiting;
    });
    auto& j = head->second;
    if (best.what == nullptr || j.what.arrived < best.what->what.arrived)
      best = {&camera, &s, &j};
  }
  return best;
}

std::vector<handed_job> work_router::hand_out(const std::string& id,
                                              std::size_t want, mono_us now) {
  std::vector<handed_job> out;
  auto i = workers_.find(id);
  if (i == workers_.end())
    return out;
  auto& w = i->second;
  if (auto copy = trial_for(w, now))
    out.push_back(std::move(*copy));
  if (!usable(w))
    return out;
  auto most = room_of(w);
  want = std::min(want, settings_.answer_jobs_max);
  while (out.size() < want && w.held.size() < most) {
    auto next = next_for(id);
    if (next.what == nullptr)
      break;
    out.push_back(hand(*next.camera, *next.from, *next.what, id, now));
  }
  return out;
}

std::optional<handed_job> work_router::trial_for(worker& w, mono_us now) {
  if (!w.trial_due(now) || w.word().draining)
    return std::nullopt;
  // Without one that went well, one that waits will do: it stays where it is.
  auto from = sample_camera_;
  auto what = sample_;
  for (auto i = streams_.begin(); !what && i != streams_.end(); ++i)
    for (const auto& [seq, j] : i->second.jobs)
      if (j.is == job::state::waiting) {
        what = j.what;
        from = i->first;
        break;
      }
  if (!what)
    return std::nullopt;
  w.trial = next_id_++;
  w.trial_handed = now;
  return handed_job{w.trial, from, what->seq, what->items, true};
}

// -- the time -----------------------------------------------------------------

void work_router::look_at_workers(mono_us now) {
  for (auto& [id, w] : workers_) {
    if (w.trial != 0 && elapsed(w.trial_handed, now) > settings_.work_max)
      w.note_trial(false, now);
    if (!w.silent(now) || w.state() == worker_state::dead
        || w.state() == worker_state::quarantined)
      continue;
    bury(id, w, "its worker died", now);
  }
}

void work_router::look_at_batches(mono_us now) {
  std::vector<std::uint64_t> overdue;
  for (auto& [camera, s] : streams_)
    for (auto& [seq, j] : s.jobs) {
      if (j.is == job::state::handed
          && elapsed(j.handed, now) > settings_.work_max)
        overdue.push_back(j.id);
      if (j.is == job::state::waiting
          && elapsed(j.what.arrived, now) > settings_.age_max)
        give_up(camera, s, j, j.why.empty() ? "no worker had time" : j.why,
                now);
    }
  for (auto id : overdue)
    // A quarantine on the way may have taken it back already.
    if (auto p = handed_.find(id); p != handed_.end()) {
      auto who = p->second.worker;
      blame(who, workers_.at(who), id, "it took too long", now);
    }
}

void work_router::look(mono_us now) {
  look_at_workers(now);
  look_at_batches(now);
  place_streams(now);
  if (!rating_) {
    rating_ = true;
    rated_ = now;
  }
  if (elapsed(rated_, now) < seconds(1))
    return;
  rate_streams(now);
  rebalance(now);
}

} // namespace ringside::routing
