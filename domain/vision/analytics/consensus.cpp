#include "domain/vision/analytics/consensus.hpp"

#include <algorithm>
#include <string>

namespace ringside::analytics {

position_consensus::position_consensus(consensus_settings by) : by_(by) {
  // nop
}

result<std::optional<position_interval>>
position_consensus::take(std::size_t index, const position_vote& vote) {
  if (index >= cameras_max)
    return refuse(ec::invalid_value,
                  "camera " + std::to_string(index) + " is not below 32",
                  "camera");
  if (vote.view.count < 0 || vote.view.count > 1'000'000)
    return refuse(ec::invalid_value,
                  "view " + std::to_string(vote.view.count)
                    + " is not within 0 to 1000000",
                  "view");
  if (vote.at.count < 0 || vote.at.count > time_max_us)
    return refuse(ec::invalid_value,
                  std::to_string(vote.at.count) + " is no time", "at");
  auto& mine = votes_[index];
  if (mine && vote.at < mine->at)
    return refuse(ec::invalid_value, "a vote from before the last one", "at");
  mine = vote;
  if (mine->position.phase != phase_kind::hold)
    mine->position = {mine->position.phase};
  if (!now_)
    began_ = now_ = vote.at;
  // A camera that lags adds its vote, but no time passes by it.
  auto dt = std::clamp<std::int64_t>(elapsed(*now_, vote.at).count, 0,
                                     by_.vote_life_us);
  now_ = std::max(*now_, vote.at);
  auto won = majority();
  if (!won)
    return std::optional<position_interval>{};
  if (*won == current_) {
    support_us_ = std::max<std::int64_t>(support_us_ - dt, 0);
    return std::optional<position_interval>{};
  }
  if (support_us_ == 0 || *won != challenger_) {
    // Another way to hold by the same fighter takes over the time he has.
    auto akin = support_us_ > 0 && won->phase == challenger_.phase
                && won->holder == challenger_.holder;
    challenger_ = *won;
    if (!akin) {
      challenged_at_ = *now_;
      support_us_ = 0;
    }
  }
  support_us_ += std::max<std::int64_t>(dt, 1);
  if (support_us_ < by_.dwell_us)
    return std::optional<position_interval>{};
  return change(challenger_, challenged_at_);
}

std::optional<position_interval> position_consensus::running(mono_us at) const {
  if (!began_)
    return std::nullopt;
  return position_interval{current_, *began_, std::max(at, *began_)};
}

std::optional<position_interval> position_consensus::finish(mono_us at) {
  auto whole = running(at);
  if (!whole)
    return std::nullopt;
  votes_ = {};
  began_.reset();
  now_.reset();
  current_ = {};
  support_us_ = 0;
  return whole;
}

std::optional<position> position_consensus::majority() const {
  std::array<tally, cameras_max> counts;
  std::size_t kinds = 0;
  std::int64_t all = 0;
  for (const auto& vote : votes_) {
    if (!vote || elapsed(vote->at, *now_).count > by_.vote_life_us)
      continue;
    auto end = counts.begin() + static_cast<std::ptrdiff_t>(kinds);
    auto same = std::find_if(counts.begin(), end, [&](const tally& t) {
      return t.position == vote->position;
    });
    if (same == end)
      counts[kinds++] = {vote->position, 0};
    same->view += vote->view.count;
    all += vote->view.count;
  }
  auto end = counts.begin() + static_cast<std::ptrdiff_t>(kinds);
  auto most
    = std::max_element(counts.begin(), end, [](const tally& a, const tally& b) {
        return a.view < b.view;
      });
  if (most == end || all < by_.view_min_ppm || most->view * 2 <= all)
    return std::nullopt;
  return most->position;
}

std::optional<position_interval> position_consensus::change(const position& to,
                                                            mono_us at) {
  position_interval whole{current_, *began_, at};
  current_ = to;
  began_ = at;
  support_us_ = 0;
  if (whole.end <= whole.start)
    return std::nullopt;
  return whole;
}

} // namespace ringside::analytics
