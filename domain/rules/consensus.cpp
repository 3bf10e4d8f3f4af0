#include "domain/rules/consensus.hpp"

#include "domain/rules/ruleset.hpp"

#include <algorithm>

namespace ringside::rules {

namespace {

using seat_list = std::vector<int>;

bool contains(const seat_list& seats, int seat) {
  return std::find(seats.begin(), seats.end(), seat) != seats.end();
}

/// Finds the points of one corner; presses come in the order of time.
class corner_counter {
public:
  corner_counter(corner side, const consensus_plan& plan)
    : side_(side), plan_(plan) {
    // nop
  }

  void add(const press& one) {
    if (join_scored(one))
      return;
    open_.push_back(one);
    std::erase_if(open_, [&](const press& old) {
      return one.at_ms - old.at_ms > plan_.window_ms;
    });
    score(one.at_ms);
  }

  std::vector<scored_point> take() {
    return std::move(points_);
  }

private:
  bool join_scored(const press& one) {
    for (auto& point : points_)
      if (one.at_ms - point.opened_ms <= plan_.window_ms
          && !contains(point.seats, one.seat)) {
        point.seats.push_back(one.seat);
        return true;
      }
    return false;
  }

  /// The earliest press of each judge, in order; the rest are later blows.
  std::vector<press> first_by_seat() const {
    std::vector<press> first;
    seat_list seats;
    for (const auto& one : open_)
      if (!contains(seats, one.seat)) {
        seats.push_back(one.seat);
        first.push_back(one);
      }
    return first;
  }

  void score(std::int64_t now) {
    auto used = first_by_seat();
    if (std::ssize(used) < plan_.judges_needed)
      return;
    scored_point point{side_, used.front().at_ms, now, {}};
    for (const auto& one : used) {
      point.seats.push_back(one.seat);
      open_.erase(std::find(open_.begin(), open_.end(), one));
    }
    points_.push_back(std::move(point));
  }

  corner side_;
  const consensus_plan& plan_;
  /// Presses that belong to no point, none older than the window.
  std::vector<press> open_;
  std::vector<scored_point> points_;
};

} // namespace

std::vector<scored_point> consensus_hits(std::span<const press> presses,
                                         const consensus_plan& plan) {
  std::vector<press> sorted(presses.begin(), presses.end());
  std::stable_sort(
    sorted.begin(), sorted.end(), [](const press& a, const press& b) {
      return a.at_ms < b.at_ms || (a.at_ms == b.at_ms && a.seat < b.seat);
    });
  std::vector<scored_point> out;
  for (auto side : both_corners) {
    corner_counter counter{side, plan};
    for (const auto& one : sorted)
      if (one.side == side)
        counter.add(one);
    auto found = counter.take();
    out.insert(out.end(), found.begin(), found.end());
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const scored_point& a, const scored_point& b) {
                     return a.scored_ms < b.scored_ms;
                   });
  return out;
}

consensus_tally tally_of(std::span<const press> presses,
                         std::span<const scored_point> points, int seats) {
  consensus_tally tally;
  tally.presses_by_seat.resize(static_cast<std::size_t>(seats));
  for (const auto& point : points)
    ++tally.points[point.side];
  for (const auto& one : presses)
    if (one.seat >= 1 && one.seat <= seats)
      ++tally.presses_by_seat[static_cast<std::size_t>(one.seat - 1)][one.side];
  return tally;
}

namespace {

int sign(const per_corner<int>& count) {
  return (count.red > count.blue) - (count.red < count.blue);
}

} // namespace

consensus_report report_of(std::span<const press> presses,
                           std::span<const scored_point> points, int seats) {
  auto tally = tally_of(presses, points, seats);
  std::vector<int> used(static_cast<std::size_t>(seats));
  for (const auto& point : points)
    for (auto seat : point.seats)
      if (seat >= 1 && seat <= seats)
        ++used[static_cast<std::size_t>(seat - 1)];
  consensus_report report;
  report.points = static_cast<int>(points.size());
  for (std::size_t i = 0; i < used.size(); ++i) {
    const auto& own = tally.presses_by_seat[i];
    auto pushed = own.red + own.blue;
    report.presses += pushed;
    report.used.push_back(pushed == 0
                            ? std::optional<ppm>{}
                            : ppm{static_cast<std::int32_t>(
                              std::int64_t{1'000'000} * used[i] / pushed)});
    report.agrees.push_back(sign(own) == sign(tally.points));
    report.consistency += report.agrees.back();
  }
  if (report.points > 0)
    report.presses_per_point_milli
      = std::int64_t{1'000} * report.presses / report.points;
  return report;
}

} // namespace ringside::rules
