#include "domain/scoring/peer/v3.hpp"

#include <algorithm>
#include <cmath>

namespace ringside::scoring::peer {

namespace {

using k = v3_key;

constexpr std::size_t index(v3_key key) noexcept {
  return static_cast<std::size_t>(key);
}

bool between(v3_key key, v3_key first, v3_key last) noexcept {
  return key >= first && key <= last;
}

bool is_significant(v3_key key) noexcept {
  return between(key, k::ss_jab, k::ss_knee);
}

/// The fourteen strike keys and both kinds of ground and pound.
bool is_strike(v3_key key) noexcept {
  return between(key, k::jab, k::ss_knee)
         || between(key, k::gnp_light, k::gnp_hard);
}

bool is_control_key(v3_key key) noexcept {
  return between(key, k::cage_control, k::back_control);
}

/// The kinds that lock a round or widen a card, weakest lock first.
constexpr std::array impact_kinds{k::rocked, k::sub_nf, k::kd_flash, k::kd_hard,
                                  k::kd_nf};

/// A table of multipliers by running count that simply ends at 1000.
double by_count(int n, int full, int reduced) noexcept {
  if (n <= full || n >= 1'000)
    return 1;
  return n <= reduced ? 0.75 : 0.5;
}

/// One fighter in one round.
class fighter {
public:
  explicit fighter(const v3_config& config) : config_(config) {
    // nop
  }

  void take(v3_key key, const log_event& e) {
    auto paid = is_control_key(key) ? control(key, e) : act(key);
    raw += paid;
    if (is_control_key(key))
      control_points_ += paid;
    if (is_strike(key))
      strike_points_ += paid;
    if (key == k::gnp_hard)
      hard_ground_points_ += paid;
    if (between(key, k::sub_light, k::sub_nf))
      has_submission_ = true;
    auto at = std::find(impact_kinds.begin(), impact_kinds.end(), key);
    if (at != impact_kinds.end())
      kinds_[static_cast<std::size_t>(at - impact_kinds.begin())] = true;
  }

  /// Control without work counts three quarters, once the round is over.
  void close() {
    auto worked
      = strike_points_ >= 10 || has_submission_ || hard_ground_points_ >= 10;
    discounted = control_points_ >= 20 && !worked;
    if (discounted)
      raw -= control_points_ * 0.25;
  }

  /// How many kinds of impact; two of one kind are one.
  int impact() const noexcept {
    return static_cast<int>(std::count(kinds_.begin(), kinds_.end(), true));
  }

  /// Index into `impact_kinds` of the strongest lock, 0 for none.
  std::size_t lock() const noexcept {
    for (auto i = kinds_.size() - 1; i > 0; --i)
      if (kinds_[i])
        return i;
    return 0;
  }

  double raw = 0;
  bool discounted = false;

private:
  double act(v3_key key) {
    auto n = ++counts_[index(key)];
    auto factor = config_.points[index(key)];
    if (is_strike(key))
      factor *= by_count(n, 10, 20);
    if (is_significant(key))
      factor *= by_count(++significant_, 8, 14);
    if (key == k::takedown_stuffed && n > 3)
      factor *= 0.5;
    return factor;
  }

  double control(v3_key key, const log_event& e) {
    auto seconds = e.duration_s.value_or(10);
    auto buckets = std::max(1.0, std::trunc(seconds / 10));
    auto& run = streaks_[index(key) - index(k::cage_control)];
    if (e.at_ms - run.last_ms > 15'000)
      run.seconds = 0;
    // Tested before this segment counts, so that the one that crosses the
    // minute is paid in full.
    auto factor = run.seconds > 60 ? 0.5 : 1.0;
    run.seconds += seconds;
    run.last_ms = e.at_ms;
    return config_.points[index(key)] * buckets * factor;
  }

  struct streak {
    double seconds = 0;
    std::int64_t last_ms = 0;
  };

  const v3_config& config_;
  std::array<int, v3_keys> counts_{};
  std::array<streak, 3> streaks_{};
  std::array<bool, impact_kinds.size()> kinds_{};
  int significant_ = 0;
  double control_points_ = 0;
  double strike_points_ = 0;
  double hard_ground_points_ = 0;
  bool has_submission_ = false;
};

struct outcome {
  std::optional<corner> winner;
  std::string reason = "points";
};

/// @param lock Index into `impact_kinds`.
outcome apply_lock(const v3_config& config, std::optional<corner> leader,
                   double delta, corner holder, std::size_t lock) {
  if (leader == holder)
    return {leader, "points"};
  auto submission = impact_kinds[lock] == k::sub_nf;
  auto limit = submission ? config.lock_submission.value_or(0)
                          : config.lock_knockdown[lock - 2];
  if (leader && delta >= limit)
    return {leader, "points"};
  if (submission && !config.lock_submission)
    return {holder, "impact_lock"};
  return {holder, "impact_lock_" + std::string{text_of(impact_kinds[lock])}};
}

outcome decide(const v3_config& config, const fighter& red, const fighter& blue,
               double delta) {
  std::optional<corner> leader;
  if (red.raw != blue.raw)
    leader = red.raw > blue.raw ? corner::red : corner::blue;
  if (red.lock() == blue.lock())
    return {leader, "points"};
  auto holder = red.lock() > blue.lock() ? corner::red : corner::blue;
  return apply_lock(config, leader, delta, holder,
                    std::max(red.lock(), blue.lock()));
}

int loser_points(const v3_config& config, int impact, double delta) noexcept {
  if (impact >= 3 || delta >= config.wider_delta)
    return 7;
  return impact >= 2 || delta >= config.wide_delta ? 8 : 9;
}

constexpr v3_config code_config{
  {1,   3,   3,   3,   3, 3, 3, 2.25, 4.5, 4.5, 4.5, 5.5, 5.5, 5.5, 50,
   100, 150, 200, 7.5, 2, 1, 3, 1,    1,   3,   5,   10,  20,  50},
  {50, 100, 200},
  std::nullopt,
  1'000,
  1'500};

constexpr v3_config prd_config{{1, 3, 3, 3, 3,  4,   4,   2,   6,  6,
                                6, 6, 6, 6, 60, 100, 150, 210, 10, 5,
                                1, 3, 0, 1, 3,  5,   12,  28,  60},
                               {50, 110, 150},
                               90,
                               100,
                               200};

} // namespace

const v3_config& v3_code() noexcept {
  return code_config;
}

const v3_config& v3_prd() noexcept {
  return prd_config;
}

v3_report score_v3(const v3_config& config, std::span<const log_event> log) {
  per_corner<fighter> fighters{fighter{config}, fighter{config}};
  v3_report report;
  for (const auto& e : log) {
    ++report.events;
    if (auto key = v3_key_of(e))
      fighters[e.corner].take(*key, e);
  }
  for (auto c : both_corners) {
    fighters[c].close();
    report.raw[c] = fighters[c].raw;
    report.discounted[c] = fighters[c].discounted;
  }
  report.delta = std::abs(report.raw.red - report.raw.blue);
  auto done = decide(config, fighters.red, fighters.blue, report.delta);
  report.winner = done.winner;
  report.reason = std::move(done.reason);
  report.card = {10, 10};
  if (report.winner)
    report.card[opponent(*report.winner)]
      = loser_points(config, fighters[*report.winner].impact(), report.delta);
  return report;
}

} // namespace ringside::scoring::peer
