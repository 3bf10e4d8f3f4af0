#include "domain/vision/trust/tally.hpp"

#include <algorithm>

namespace ringside::trust {

namespace {

/// From here on an event happened, and is sure; a corner and a kind are beyond
/// doubt.
constexpr ppm happened{500'000};
constexpr ppm sure{900'000};
constexpr std::int32_t named_ppm = 800'000;
/// None judges itself, and two that contradict each other prove nothing.
constexpr int others_min = 2;

/// The label that a source is to give a strike of this kind.
fusion::kind_index label_of(const fusion::source_parameters& with,
                            std::size_t kinds, fusion::kind_index kind) {
  auto labels = with.confusion.size() / kinds;
  auto row
    = with.confusion.begin() + static_cast<std::ptrdiff_t>(kind * labels);
  auto end = row + static_cast<std::ptrdiff_t>(labels);
  return static_cast<fusion::kind_index>(std::max_element(row, end) - row);
}

} // namespace

void tally::heard(const fusion::report& r) {
  auto& of = said_[r.src];
  of.push_back({r.seq, r.corner, r.kind});
  if (of.size() > reports_kept)
    of.pop_front();
}

void tally::beat(fusion::source_index src, mono_us at, bool in_view,
                 span_us reach) {
  auto& seen = seen_[src];
  if (seen && *seen < at)
    counts_[src].view_ms += std::min(elapsed(*seen, at), reach).count / 1'000;
  if (!in_view)
    seen.reset();
  else if (!seen || *seen < at)
    seen = at;
}

const tally::said* tally::find(const fusion::report_key& key) const noexcept {
  const auto& of = said_[key.src];
  auto found = std::find_if(of.rbegin(), of.rend(),
                            [&key](const said& s) { return s.seq == key.seq; });
  return found != of.rend() ? &*found : nullptr;
}

void tally::decided(const fusion::fused_event& e, std::uint32_t in_view,
                    const fusion::source_table& with, std::size_t kinds) {
  std::uint32_t used = 0;
  for (const auto& v : e.sources)
    if (!v.late) {
      used |= 1u << v.from.src;
      if (e.p < happened)
        ++counts_[v.from.src].false_alarms;
    }
  if (e.p < happened)
    return;
  auto enough = [used](std::size_t src) {
    return __builtin_popcount(used & ~(1u << src)) >= others_min;
  };
  for (const auto& v : e.sources)
    if (!v.late && enough(v.from.src))
      match(e, v, with[v.from.src], kinds);
  for (std::size_t src = 0; src < with.size(); ++src)
    if ((in_view & ~used & 1u << src) != 0 && enough(src))
      ++counts_[src].missed;
}

void tally::match(const fusion::fused_event& e, const fusion::evidence& v,
                  const fusion::source_parameters& with, std::size_t kinds) {
  auto& to = counts_[v.from.src];
  ++to.matched;
  if (e.p >= sure) {
    ++to.timed;
    to.latency_us += v.dt_us + with.bias_us;
  }
  const auto* what = find(v.from);
  if (what == nullptr)
    return;
  if (what->corner && e.corner && e.corner_p >= sure)
    ++(*what->corner == *e.corner ? to.corner_right : to.corner_wrong);
  if (what->kind && e.kind_ppm[e.kind] >= named_ppm)
    ++(*what->kind == label_of(with, kinds, e.kind) ? to.kind_right
                                                    : to.kind_wrong);
}

} // namespace ringside::trust
