#include "domain/synthetic/observed.hpp"

#include <algorithm>
#include <cmath>

namespace ringside::synthetic {

namespace {

constexpr auto head = static_cast<std::size_t>(target::head);
constexpr auto body = static_cast<std::size_t>(target::body);
constexpr auto leg = static_cast<std::size_t>(target::leg);
constexpr auto control = static_cast<std::size_t>(stat::control_s);

int at_target(const strike_table& t, std::size_t where) noexcept {
  return t[0][where] + t[1][where] + t[2][where];
}

/// Sums of products of two stats, over the pairs in which both are known.
class products {
public:
  void add(double x, double y) noexcept {
    n_ += 1;
    x_ += x;
    y_ += y;
    xy_ += x * y;
    xx_ += x * x;
    yy_ += y * y;
  }

  double correlation() const noexcept {
    if (n_ < 2)
      return 0;
    auto vx = xx_ / n_ - x_ / n_ * (x_ / n_);
    auto vy = yy_ / n_ - y_ / n_ * (y_ / n_);
    auto c = xy_ / n_ - x_ / n_ * (y_ / n_);
    return vx > 0 && vy > 0 ? c / std::sqrt(vx * vy) : 0;
  }

private:
  double n_ = 0;
  double x_ = 0;
  double y_ = 0;
  double xy_ = 0;
  double xx_ = 0;
  double yy_ = 0;
};

using product_table = per_stat<per_stat<products>>;

bool known(const observed_round& r, std::size_t i) noexcept {
  return i != control || r.control_known;
}

/// Pairs the stats of fighter `a` in `ra` with those of `b` in `rb`.
void pair_up(product_table& into, const observed_round& ra, corner a,
             const observed_round& rb, corner b) {
  for (std::size_t i = 0; i < stat_count; ++i)
    for (std::size_t j = 0; j < stat_count; ++j)
      if (known(ra, i) && known(rb, j))
        into[i][j].add(ra.lines[a].counts[i], rb.lines[b].counts[j]);
}

matrix correlations_of(const product_table& t) {
  matrix m{};
  for (std::size_t i = 0; i < stat_count; ++i)
    for (std::size_t j = 0; j < stat_count; ++j)
      m[i][j] = (t[i][j].correlation() + t[j][i].correlation()) / 2;
  return m;
}

void describe_pairs(figures& f, std::span<const observed_bout> bouts) {
  product_table own;
  product_table other;
  product_table own_later;
  product_table other_later;
  for (const auto& b : bouts)
    for (std::size_t s = 0; s < b.rounds.size(); ++s)
      for (auto c : both_corners) {
        pair_up(own, b.rounds[s], c, b.rounds[s], c);
        pair_up(other, b.rounds[s], c, b.rounds[s], opponent(c));
        for (std::size_t t = 0; t < b.rounds.size(); ++t)
          if (t != s) {
            pair_up(own_later, b.rounds[s], c, b.rounds[t], c);
            pair_up(other_later, b.rounds[s], c, b.rounds[t], opponent(c));
          }
      }
  f.own = correlations_of(own);
  f.other = correlations_of(other);
  f.own_later = correlations_of(own_later);
  f.other_later = correlations_of(other_later);
}

spread spread_of(std::vector<int>& values) {
  spread s;
  if (values.empty())
    return s;
  std::sort(values.begin(), values.end());
  auto n = static_cast<double>(values.size());
  double sum = 0;
  double squares = 0;
  for (auto v : values) {
    sum += v;
    squares += static_cast<double>(v) * v;
  }
  auto quantile = [&values](std::size_t percent) {
    return values[(values.size() - 1) * percent / 100];
  };
  s.mean = sum / n;
  s.sd = std::sqrt(std::max(squares / n - s.mean * s.mean, 0.0));
  s.median = quantile(50);
  s.q90 = quantile(90);
  s.q99 = quantile(99);
  return s;
}

void describe_stats(figures& f, std::span<const observed_bout> bouts) {
  for (std::size_t i = 0; i < stat_count; ++i) {
    std::vector<int> values;
    for (const auto& b : bouts)
      for (const auto& r : b.rounds)
        if (known(r, i))
          for (auto c : both_corners)
            values.push_back(r.lines[c].counts[i]);
    f.stats[i] = spread_of(values);
  }
}

void describe_targets(figures& f, std::span<const observed_bout> bouts) {
  double all = 0;
  double legs = 0;
  double bodies = 0;
  double none = 0;
  for (const auto& b : bouts)
    for (const auto& r : b.rounds)
      for (auto c : both_corners) {
        const auto& x = r.lines[c];
        auto landed = x.of(stat::distance_landed) + x.of(stat::clinch_landed)
                      + x.of(stat::ground_landed);
        all += landed;
        legs += x.legs_landed;
        bodies += x.body_landed;
        none += landed == 0 ? 1 : 0;
      }
  if (f.rounds == 0 || all <= 0)
    return;
  f.leg_share = legs / all;
  f.body_share = bodies / all;
  f.without_strike = none / (2 * static_cast<double>(f.rounds));
}

/// -1, 0 or 1, and whether it is by two points or more.
std::pair<int, bool> verdict_of(const rules::round_score& s) noexcept {
  auto margin = s.raw.red.count - s.raw.blue.count;
  return {margin > 0 ? 1 : margin < 0 ? -1 : 0, std::abs(margin) >= 20};
}

void describe_cards(figures& f, std::span<const observed_bout> bouts) {
  constexpr std::size_t judges = 3;
  double agree = 0;
  double unanimous = 0;
  double wide = 0;
  double most_wide = 0;
  double even = 0;
  for (const auto& b : bouts)
    for (const auto& r : b.rounds) {
      if (r.cards.size() != judges)
        continue;
      ++f.judged;
      auto wides = 0;
      auto same = 0;
      for (std::size_t i = 0; i < judges; ++i) {
        auto [who, far] = verdict_of(r.cards[i]);
        wides += far ? 1 : 0;
        even += who == 0 ? 1 : 0;
        for (std::size_t j = 0; j < i; ++j)
          same += verdict_of(r.cards[j]).first == who ? 1 : 0;
      }
      agree += same;
      unanimous += same == 3 && verdict_of(r.cards[0]).first != 0 ? 1 : 0;
      wide += wides;
      most_wide += wides >= 2 ? 1 : 0;
    }
  if (f.judged == 0)
    return;
  auto n = static_cast<double>(f.judged);
  f.pair_agreement = agree / (3 * n);
  f.unanimous = unanimous / n;
  f.wide_cards = wide / (3 * n);
  f.wide_majority = most_wide / n;
  f.even_cards = even / (3 * n);
}

} // namespace

observed_line observed(const corner_line& line) {
  static_assert(head == 0);
  observed_line x;
  x.counts = line.counts;
  x.legs_landed = at_target(line.landed, leg);
  x.legs_missed = at_target(line.missed, leg);
  x.body_landed = at_target(line.landed, body);
  x.body_missed = at_target(line.missed, body);
  x.points_taken = line.deduction ? 1 : 0;
  return x;
}

figures describe(std::span<const observed_bout> bouts) {
  figures f;
  f.bouts = static_cast<std::int64_t>(bouts.size());
  for (const auto& b : bouts)
    f.rounds += static_cast<std::int64_t>(b.rounds.size());
  describe_stats(f, bouts);
  describe_pairs(f, bouts);
  describe_targets(f, bouts);
  describe_cards(f, bouts);
  return f;
}

} // namespace ringside::synthetic
