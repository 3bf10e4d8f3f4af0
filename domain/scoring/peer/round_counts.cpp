#include "domain/scoring/peer/round_counts.hpp"

#include <algorithm>
#include <string_view>

namespace ringside::scoring::peer {

namespace {

constexpr std::int32_t segment_s = 60;

class spreader {
public:
  spreader(std::vector<log_event>& out, round_ms length)
    : out_(out), length_(length) {
    // nop
  }

  void put(corner c, std::string_view word, std::int32_t n) {
    for (std::int32_t i = 0; i < n; ++i)
      out_.push_back(at(c, word, i, n));
  }

  void control(corner c, std::int32_t seconds) {
    auto n = (seconds + segment_s - 1) / segment_s;
    for (std::int32_t i = 0; i < n; ++i) {
      auto e = at(c, "Top Control", i, n);
      e.duration_s = std::min(segment_s, seconds - i * segment_s);
      out_.push_back(std::move(e));
    }
  }

private:
  /// The middle of the i-th of n equal parts of the round.
  log_event at(corner c, std::string_view word, std::int32_t i,
               std::int32_t n) const {
    log_event e;
    e.corner = c;
    e.type = word;
    e.at_ms = length_.count * (2LL * i + 1) / (2LL * n);
    return e;
  }

  std::vector<log_event>& out_;
  round_ms length_;
};

void put_strikes(spreader& to, corner c, const bout::box_score& box) {
  auto ground = std::min(box.ground.landed, box.significant.landed);
  auto legs = std::min(box.leg.landed, box.significant.landed);
  auto bodies = std::min(box.body.landed, box.significant.landed - legs);
  auto heads = box.significant.landed - legs - bodies;
  auto left = ground;
  for (auto* part : {&heads, &bodies, &legs}) {
    auto taken = std::min(*part, left);
    *part -= taken;
    left -= taken;
  }
  to.put(c, "GnP Hard", ground);
  to.put(c, "SS Cross", heads);
  to.put(c, "SS Hook", bodies);
  to.put(c, "SS Kick", legs);
  to.put(c, "Jab", box.total.landed - box.significant.landed);
}

} // namespace

std::vector<log_event> from_counts(const per_corner<round_counts>& counts,
                                   round_ms length) {
  std::vector<log_event> out;
  spreader to{out, length};
  for (auto c : both_corners) {
    const auto& box = counts[c].box;
    put_strikes(to, c, box);
    to.put(c, "KD", box.knockdowns);
    to.put(c, "Takedown", box.takedowns.landed);
    to.put(opponent(c), "TD Stuffed",
           box.takedowns.attempted - box.takedowns.landed);
    to.put(c, "Sub Light", box.submission_attempts);
    to.put(c, "Sweep/Reversal", box.reversals);
    to.control(c, counts[c].control_s);
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    return a.at_ms < b.at_ms;
  });
  return out;
}

} // namespace ringside::scoring::peer
