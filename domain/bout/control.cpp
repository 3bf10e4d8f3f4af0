#include "domain/bout/control.hpp"

#include <algorithm>

namespace ringside::bout {

namespace {

bool earlier(const control_log::mark& a, const control_log::mark& b) noexcept {
  return a.at != b.at ? a.at < b.at : a.no < b.no;
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
  auto sum = closed_[c];
  if (const auto* m = open(); m != nullptr && m->corner == c)
    sum += std::max(until - m->at, round_ms{0});
  return sum;
}

std::vector<control_log::interval>
control_log::intervals(round_ms until) const {
  std::vector<interval> all;
  const mark* running = nullptr;
  auto close = [&](round_ms at) {
    if (running != nullptr && at > running->at)
      all.push_back({running->corner, running->kind, running->at, at});
    running = nullptr;
  };
  for (const auto& m : marks_) {
    if (m.start) {
      close(m.at);
      running = &m;
    } else if (running != nullptr && running->corner == m.corner) {
      close(m.at);
    }
  }
  close(until);
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
