#include "actors/vision/sources.hpp"
#include "domain/vision/intake/source_status.hpp"

#include <algorithm>
#include <vector>

/// The SOURCES as the FAILOVER sees them: how the modes of an arena do, and
/// which of them is listened to.
namespace ringside {

namespace {

/// Of those that say anything, the one in the middle.
std::optional<std::int64_t> median(std::vector<std::int64_t> all) {
  if (all.empty())
    return std::nullopt;
  auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  std::nth_element(all.begin(), middle, all.end());
  return *middle;
}

/// A source that sends no life signs is known by its reports alone, and says
/// nothing between strikes.
constexpr span_us reports_only = seconds(60);

std::optional<mono_us> heard_of(const intake::source_book& b, mono_us now) {
  if (!b.heard() || b.held() != intake::quarantine::none)
    return std::nullopt;
  auto beats = b.counters().heartbeats > 0;
  return beats || elapsed(*b.heard(), now) > reports_only ? b.heard() : now;
}

/// A worker that only looks at the pictures of other sources; their mode is
/// what counts.
bool looks_for_others(const intake::source_fact& fact,
                      const protocol::source_book_ptr& book) {
  return fact.kind == intake::source_kind::worker
         && (!book || book->counters().batches == 0);
}

} // namespace

bool sources_state::active(const intake::source_fact& f) const {
  // People are always listened to.
  if (f.mode == intake::source_mode::manual)
    return true;
  auto found = modes.find(f.arena);
  return found == modes.end() || found->second.mode == f.mode;
}

void sources_state::listen(const protocol::mode_is& what) {
  auto& held = modes.try_emplace(what.arena).first->second;
  if (what.version <= held.version)
    return;
  auto first = held.version == 0;
  auto before = held.mode;
  held = what;
  if (!first && before == what.mode)
    return;
  // Those that are listened to no more go first, so that the fusion does not
  // take the silence of the dead for evidence against what is handed over.
  for (auto turn : {false, true})
    for (const auto& [id, fact] : known)
      if (fact.arena == what.arena && active(fact) == turn)
        tell(id);
}

void sources_state::add_fusion(const std::string& id,
                               failover::mode_sample& to) const {
  auto by = source_name(id);
  for (const auto& told : fused)
    for (const auto& s : told.sources)
      if (s.source == by) {
        to.judged += s.judged;
        to.doubted += s.doubted;
      }
}

failover::mode_sample sources_state::sample_of(std::string_view arena,
                                               intake::source_mode mode,
                                               mono_us now) const {
  failover::mode_sample out;
  std::vector<std::int64_t> ways;
  for (const auto& [id, fact] : known) {
    if (fact.arena != arena || fact.mode != mode)
      continue;
    auto found = books.find(id);
    if (looks_for_others(fact, found != books.end() ? found->second : nullptr))
      continue;
    ++out.sources;
    add_fusion(id, out);
    if (found == books.end())
      continue;
    const auto& b = *found->second;
    out.batches += b.counters().batches;
    out.missing += b.counters().missing;
    auto heard = heard_of(b, now);
    if (!heard)
      continue;
    out.heard = std::max(out.heard.value_or(*heard), *heard);
    if (elapsed(*heard, now).count <= intake::silent_us
        && b.latency_max_us() > 0)
      ways.push_back(b.latency_us());
  }
  out.latency_us = median(std::move(ways));
  return out;
}

protocol::mode_health sources_state::health() const {
  auto now = deps.time.at(self->clock().now());
  std::set<std::string, std::less<>> arenas;
  for (const auto& [id, fact] : known)
    arenas.insert(fact.arena);
  protocol::mode_health out;
  for (const auto& arena : arenas) {
    protocol::arena_health one{arena, {}, 0};
    for (auto mode : failover::ranked)
      one.sample.of(mode) = sample_of(arena, mode, now);
    if (auto held = modes.find(arena); held != modes.end())
      one.version = held->second.version;
    out.arenas.push_back(std::move(one));
  }
  return out;
}

} // namespace ringside
