#include "app/evaluate/degrade.hpp"

#include "app/evaluate/dice.hpp"

#include <array>

namespace ringside::evaluate {

namespace {

using scoring::column;
using scoring::round_tally;

constexpr std::int32_t whole_ppm = 1'000'000;
constexpr std::int64_t round_ms_usual = 300'000;

constexpr std::array<column, 4> targets{column::head, column::body, column::leg,
                                        column::unknown_target};
constexpr std::array<column, 4> positions{
  column::distance, column::clinch, column::ground, column::unknown_position};
constexpr std::array<column, 8> others{
  column::knockdowns,   column::other_landed, column::significant_missed,
  column::other_missed, column::takedowns,    column::takedowns_failed,
  column::submissions,  column::reversals};

/// Gives every event of a round its fate.
class feed {
public:
  feed(const faults& f, std::uint64_t seed) : f_(f), dice_(seed) {
    auto late = f.late_ms * whole_ppm / round_ms_usual;
    lost_ = static_cast<std::int32_t>(whole_ppm
                                      - (whole_ppm - late)
                                          * (whole_ppm - f.missing_ppm)
                                          / std::int64_t{whole_ppm});
  }

  round_tally run(const round_tally& t) {
    round_tally out;
    for (auto c : both_corners) {
      add_strikes(out, t.corners[c], c);
      for (auto what : others)
        for (int i = 0; i < t.corners[c][what]; ++i)
          if (auto by = fate(c))
            ++out.corners[*by][what];
      auto control = t.corners[c][column::control_minutes];
      auto kept = std::int64_t{control} * (whole_ppm - lost_) / whole_ppm;
      scoring::set_control(out, c, round_ms{kept});
    }
    return out;
  }

private:
  /// Nothing: the event is lost. Else the corner it was logged for.
  std::optional<corner> fate(corner c) {
    wrong_label_ = false;
    if (dice_.hits(lost_))
      return std::nullopt;
    if (!dice_.hits(f_.mislabelled_ppm))
      return c;
    if (dice_.below(2) == 0)
      return opponent(c);
    wrong_label_ = true;
    return c;
  }

  /// Significant strikes: target and position are handed out in order, since
  /// the file does not say which strike had which.
  void add_strikes(round_tally& out, const scoring::corner_tally& t, corner c) {
    std::size_t position = 0;
    auto left = t[positions[0]];
    for (auto target : targets)
      for (int i = 0; i < t[target]; ++i) {
        while (left == 0 && position + 1 < positions.size())
          left = t[positions[++position]];
        --left;
        if (auto by = fate(c))
          log_strike(out.corners[*by], target, positions[position]);
      }
  }

  void log_strike(scoring::corner_tally& t, column target, column position) {
    auto other = wrong_label_ ? dice_.below(targets.size()) : 0;
    if (wrong_label_ && targets[other] == column::unknown_target) {
      ++t[column::other_landed];
      return;
    }
    ++t[wrong_label_ ? targets[other] : target];
    ++t[position];
  }

  const faults& f_;
  dice dice_;
  std::int32_t lost_ = 0;
  bool wrong_label_ = false;
};

} // namespace

std::vector<faults> usual_faults() {
  return {
    {"5 % missing", 50'000, 0, 0},
    {"10 % missing", 100'000, 0, 0},
    {"15 % missing", 150'000, 0, 0},
    {"5 % mislabelled", 0, 50'000, 0},
    {"10 s late", 0, 0, 10'000},
    {"10 % missing, 5 % mislabelled, 10 s late", 100'000, 50'000, 10'000}};
}

std::vector<round_tally> degrade(const std::vector<fit::labelled_round>& rounds,
                                 const faults& f, std::uint64_t seed) {
  std::vector<round_tally> out;
  feed feed{f, seed};
  for (const auto& r : rounds)
    out.push_back(feed.run(r.tally));
  return out;
}

} // namespace ringside::evaluate
