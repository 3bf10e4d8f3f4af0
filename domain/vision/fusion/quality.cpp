#include "domain/vision/fusion/quality.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace ringside::fusion {

namespace {

constexpr std::size_t bins = 15;

struct candidate {
  std::int64_t off = 0;
  std::size_t event = 0;
  std::size_t strike = 0;

  auto key() const {
    return std::tuple{off, event, strike};
  }
};

double ratio(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0
                    : static_cast<double>(part) / static_cast<double>(whole);
}

/// The strikes near an event, of its corner: [first, last).
template <class Visit>
void near(const fused_event& e, std::span<const true_strike> truth,
          Visit visit) {
  auto from = std::lower_bound(
    truth.begin(), truth.end(), e.t.count - match_us,
    [](const true_strike& s, std::int64_t t) { return s.t.count < t; });
  for (; from != truth.end() && from->t.count <= e.t.count + match_us; ++from)
    if (e.corner == from->corner)
      visit(static_cast<std::size_t>(from - truth.begin()),
            std::abs(from->t.count - e.t.count));
}

} // namespace

std::vector<std::ptrdiff_t> match_truth(std::span<const fused_event> events,
                                        std::span<const true_strike> truth) {
  std::vector<candidate> all;
  for (std::size_t i = 0; i < events.size(); ++i)
    near(events[i], truth, [&](std::size_t strike, std::int64_t off) {
      all.push_back({off, i, strike});
    });
  std::sort(all.begin(), all.end(), [](const candidate& a, const candidate& b) {
    return a.key() < b.key();
  });
  std::vector<std::ptrdiff_t> of_event(events.size(), -1);
  std::vector<char> taken(truth.size(), 0);
  for (const auto& c : all) {
    if (of_event[c.event] >= 0 || taken[c.strike] != 0)
      continue;
    of_event[c.event] = static_cast<std::ptrdiff_t>(c.strike);
    taken[c.strike] = 1;
  }
  return of_event;
}

quality judge(std::span<const fused_event> events,
              std::span<const true_strike> truth, ppm shown_from) {
  std::vector<fused_event> shown;
  for (const auto& e : events)
    if (e.p >= shown_from)
      shown.push_back(e);
  quality q;
  q.truths = truth.size();
  q.shown = shown.size();
  auto strike_of = match_truth(shown, truth);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    if (strike_of[i] < 0) {
      auto beside = false;
      near(shown[i], truth, [&](std::size_t, std::int64_t) { beside = true; });
      q.doubled += beside ? 1 : 0;
      continue;
    }
    const auto& s = truth[static_cast<std::size_t>(strike_of[i])];
    ++q.right;
    q.kind_right += s.kind == shown[i].kind ? 1 : 0;
    q.off_us.push_back(std::abs(s.t.count - shown[i].t.count));
  }
  auto any = match_truth(events, truth);
  for (std::size_t i = 0; i < events.size(); ++i)
    q.judged.push_back({events[i].p.count, any[i] >= 0});
  return q;
}

void quality::add(const quality& other) {
  truths += other.truths;
  shown += other.shown;
  right += other.right;
  doubled += other.doubled;
  kind_right += other.kind_right;
  off_us.insert(off_us.end(), other.off_us.begin(), other.off_us.end());
  judged.insert(judged.end(), other.judged.begin(), other.judged.end());
}

double quality::precision() const {
  return ratio(right, shown);
}

double quality::recall() const {
  return ratio(right, truths);
}

double quality::f1() const {
  return ratio(2 * right, shown + truths);
}

double quality::double_rate() const {
  return ratio(doubled, truths);
}

double quality::label_accuracy() const {
  return ratio(kind_right, right);
}

double quality::precision_at(double recall) const {
  auto sorted = judged;
  std::sort(sorted.begin(), sorted.end(),
            [](const labelled& a, const labelled& b) {
              return a.score_ppm > b.score_ppm;
            });
  std::size_t hits = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    hits += sorted[i].truth ? 1 : 0;
    // Equal scores cannot be told apart: all of them or none.
    auto ends = i + 1 == sorted.size()
                || sorted[i + 1].score_ppm != sorted[i].score_ppm;
    if (ends && ratio(hits, truths) >= recall)
      return ratio(hits, i + 1);
  }
  return 0;
}

double quality::ece() const {
  auto sorted = judged;
  std::sort(sorted.begin(), sorted.end(),
            [](const labelled& a, const labelled& b) {
              return a.score_ppm < b.score_ppm;
            });
  // Equal scores share their mean: no order among them may help or hurt.
  std::array<double, bins> off{};
  for (std::size_t from = 0; from < sorted.size();) {
    auto to = from;
    double hits = 0;
    for (; to < sorted.size() && sorted[to].score_ppm == sorted[from].score_ppm;
         ++to)
      hits += sorted[to].truth ? 1 : 0;
    auto miss
      = sorted[from].score_ppm * 1e-6 - hits / static_cast<double>(to - from);
    for (; from < to; ++from)
      off[from * bins / sorted.size()] += miss;
  }
  double sum = 0;
  for (auto o : off)
    sum += std::abs(o);
  return judged.empty() ? 0 : sum / static_cast<double>(judged.size());
}

double quality::brier() const {
  double sum = 0;
  for (const auto& j : judged) {
    auto off = j.score_ppm * 1e-6 - (j.truth ? 1 : 0);
    sum += off * off;
  }
  return judged.empty() ? 0 : sum / static_cast<double>(judged.size());
}

double quality::off_ms(double q) const {
  if (off_us.empty())
    return 0;
  auto sorted = off_us;
  auto at = std::min(
    sorted.size() - 1,
    static_cast<std::size_t>(q * static_cast<double>(sorted.size())));
  auto nth = sorted.begin() + static_cast<std::ptrdiff_t>(at);
  std::nth_element(sorted.begin(), nth, sorted.end());
  return static_cast<double>(*nth) * 1e-3;
}

} // namespace ringside::fusion
