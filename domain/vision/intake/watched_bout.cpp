#include "domain/vision/intake/watched_bout.hpp"

#include "domain/vision/intake/camera_book.hpp"

#include <algorithm>

namespace ringside::intake {

watched_bout::seat* watched_bout::seat_of(std::string_view source) {
  auto found = std::find_if(seats_.begin(), seats_.end(),
                            [&](const seat& s) { return s.source == source; });
  if (found != seats_.end())
    return &*found;
  if (seats_.size() >= analytics::cameras_max)
    return nullptr;
  return &seats_.emplace_back(seat{std::string{source}});
}

void watched_bout::take(std::string_view source,
                        std::span<const analytics::position_vote> votes) {
  auto* mine = votes.empty() ? nullptr : seat_of(source);
  if (mine == nullptr)
    return;
  auto index = static_cast<std::size_t>(mine - seats_.data());
  for (const auto& v : votes) {
    if (v.at <= mine->last)
      continue;
    mine->last = v.at;
    now_ = std::max(now_, v.at);
    if (auto ended = position_.take(index, v); ended && *ended)
      control_.take(**ended);
  }
}

json::object watched_bout::consensus_json() const {
  auto o = position_json(position_.current());
  auto control = control_;
  if (auto i = position_.running(now_))
    control.take(*i);
  o["cameras"] = static_cast<std::int64_t>(seats_.size());
  for (auto c : both_corners) {
    auto f = control.figures(c, 0);
    o[std::string{to_string(c)}] = json::object{
      {"control_ms", f.control_us / 1'000}, {"clinch_ms", f.clinch_us / 1'000}};
  }
  return o;
}

} // namespace ringside::intake
