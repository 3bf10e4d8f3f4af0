#include "domain/bout/control.hpp"

#include <algorithm>
#include <utility>

namespace ringside::bout {

namespace {

using mark = control_log::mark;

bool earlier(const mark& a, const mark& b) noexcept {
  return a.moment != b.moment ? a.moment < b.moment : a.no < b.no;
}

/// Calls `closed(start, to)` for every interval of control up to `until`.
template <class Closed>
void each_interval(const std::vector<mark>& marks, round_ms until,
                   Closed closed) {
  const mark* running = nullptr;
  auto close = [&](round_ms at) {
    if (running != nullptr && std::min(at, until) > running->at)
      closed(*running, std::min(at, until));
    running = nullptr;
  };
  for (const auto& m : marks) {
    if (m.start) {
      close(m.at);
      running = &m;
    } else if (running != nullptr && running->corner == m.corner) {
      close(m.at);
    }
  }
  close(until);
}

} // namespace

void control_log::add(mark m) {
  if (marks_.empty() || earlier(marks_.back(), m)) {
    marks_.push_back(std::move(m));
    step(marks_.size() - 1);
    return;
  }
  marks_.insert(std::upper_bound(marks_.begin(), marks_.end(), m, earlier),
                std::move(m));
  recount();
}

void control_log::remove(event_no no) {
  std::erase_if(marks_, [no](const mark& m) { return m.no == no; });
  recount();
}

const control_log::mark* control_log::open() const noexcept {
  return open_ == 0 ? nullptr : &marks_[open_ - 1];
}

round_ms control_log::total(ringside::corner c, round_ms until) const noexcept {
  if (marks_.empty() || marks_.back().at <= until) {
    auto sum = closed_[c];
    if (const auto* m = open(); m != nullptr && m->corner == c)
      sum += until - m->at;
    return sum;
  }
  // A question about the past of the round.
  round_ms sum;
  each_interval(marks_, until, [&sum, c](const mark& m, round_ms to) {
    if (m.corner == c)
      sum += to - m.at;
  });
  return sum;
}

std::vector<control_log::interval>
control_log::intervals(round_ms until) const {
  std::vector<interval> all;
  each_interval(marks_, until, [&all](const mark& m, round_ms to) {
    auto again = !all.empty() && all.back().corner == m.corner
                 && all.back().kind == m.kind && all.back().to == m.at;
    if (again)
      all.back().to = to;
    else
      all.push_back({m.corner, m.kind, m.at, to});
  });
  return all;
}

void control_log::step(std::size_t i) noexcept {
  const auto& m = marks_[i];
  const auto* running = open();
  if (!m.start && (running == nullptr || running->corner != m.corner))
    return;
  if (running != nullptr)
    closed_[running->corner] += m.at - running->at;
  open_ = m.start ? i + 1 : 0;
}

void control_log::recount() noexcept {
  closed_ = {};
  open_ = 0;
  for (std::size_t i = 0; i < marks_.size(); ++i)
    step(i);
}

} // namespace ringside::bout
