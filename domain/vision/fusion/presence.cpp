#include "domain/vision/fusion/presence.hpp"

#include "domain/vision/fusion/block.hpp"

#include <algorithm>
#include <cmath>

namespace ringside::fusion {

namespace {

bool before_beat(mono_us t, const heartbeat& h) {
  return t < h.at;
}

bool holds(const heartbeat& h, mono_us t) {
  return h.in_view && t.count - h.at.count <= heartbeat_life_us;
}

} // namespace

bool presence::beat(const heartbeat& h) {
  if (h.src >= sources_max)
    return false;
  auto& beats = beats_[h.src];
  auto place = std::upper_bound(beats.begin(), beats.end(), h.at, before_beat);
  if (place == beats.begin() && beats.size() >= kept)
    return false;
  if (place != beats.begin() && std::prev(place)->at == h.at) {
    // Two answers for one moment: the careful one, whatever came first.
    std::prev(place)->in_view = std::prev(place)->in_view && h.in_view;
    return true;
  }
  beats.insert(place, h);
  // Half at once, so that it is not a move of all for each.
  if (beats.size() > kept)
    beats.erase(beats.begin(), beats.begin() + kept / 2);
  return true;
}

bool presence::in_view(source_index src, mono_us t) const noexcept {
  const auto& beats = beats_[src];
  auto next = std::upper_bound(beats.begin(), beats.end(), t, before_beat);
  return next != beats.begin() && holds(*std::prev(next), t);
}

void presence::during(mono_us from, mono_us to, std::size_t sources,
                      std::uint32_t& always,
                      std::uint32_t& sometimes) const noexcept {
  always = 0;
  sometimes = 0;
  for (std::size_t s = 0; s < sources; ++s) {
    const auto& beats = beats_[s];
    auto next = std::upper_bound(beats.begin(), beats.end(), from, before_beat);
    auto first = next == beats.begin() ? nullptr : &*std::prev(next);
    auto all = first != nullptr && first->in_view;
    auto any = all;
    auto since = first != nullptr ? first->at : from;
    for (; next != beats.end() && next->at <= to; ++next) {
      all = all && next->in_view
            && next->at.count - since.count <= heartbeat_life_us;
      any = any || next->in_view;
      since = next->at;
    }
    all = all && to.count - since.count <= heartbeat_life_us;
    if (all)
      always |= 1u << s;
    else if (any)
      sometimes |= 1u << s;
  }
}

std::optional<mono_us> presence::last(source_index src) const noexcept {
  if (beats_[src].empty())
    return std::nullopt;
  return beats_[src].back().at;
}

std::uint32_t block::expected(double t) const noexcept {
  auto mask = always;
  for (auto rest = sometimes; rest != 0; rest &= rest - 1) {
    auto s = static_cast<source_index>(__builtin_ctz(rest));
    auto at = origin.count + std::llround(t * 1e6);
    if (views->in_view(s, {at}))
      mask |= 1u << s;
  }
  for (auto rest = mask; rest != 0; rest &= rest - 1) {
    auto s = static_cast<std::size_t>(__builtin_ctz(rest));
    if (heard[s] < t + 2 * with->sources[s].sigma)
      mask &= ~(1u << s);
  }
  return mask;
}

} // namespace ringside::fusion
