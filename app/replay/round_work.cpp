#include "app/replay/round_work.hpp"

#include "domain/bout/box_score.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <utility>

namespace ringside::replay {

namespace {

using officials::ack;
using officials::clock;
using officials::desk;
using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr milliseconds turn_wait{1};

/// One mark of control as the operator lived it.
struct mark_time {
  ringside::corner corner = ringside::corner::red;
  bool start = false;
  round_ms at;
  clock::time_point sent;
  clock::time_point answered;
};

/// What the threads of one round share.
struct shared_round {
  const bout_id& bout;
  const pace& speed;
  clock::time_point began;
  /// By number of the mark, from 1; written by the thread that owns the mark,
  /// read by others only after `marks_done` says so.
  std::vector<mark_time> marks;
  std::atomic<int> marks_done{0};
  std::atomic<bool> failed{false};
  std::mutex guard;
  result<unit> outcome{unit{}};

  void fail(const error& reason) {
    std::lock_guard lock{guard};
    if (outcome)
      outcome = reason;
    failed = true;
  }
};

/// Fills in the mark, waits for its turn and for as long as it has to last,
/// sends it and waits for its answer: marks must not overtake each other.
void send_mark(desk& d, const planned& p, shared_round& s) {
  auto& mark = s.marks[static_cast<std::size_t>(p.mark)];
  const auto* start = std::get_if<bout::control_start>(&p.what);
  mark.start = start != nullptr;
  mark.corner = bout::corner_of(p.what);
  mark.at = p.at;
  while (s.marks_done < p.mark - 1 && !s.failed)
    d.pump(clock::now() + turn_wait, true);
  if (s.failed)
    return;
  if (!mark.start && s.speed.speed <= 0) {
    const auto& from = s.marks[static_cast<std::size_t>(p.mark) - 1];
    d.pump(from.sent + microseconds{s.speed.us(p.at - from.at)}, true);
  }
  d.post(s.bout, bout::log_fact{p.what, {}}, [&](const result<ack>& x) {
    if (!x)
      return s.fail(x.reason());
    mark.sent = x->sent;
    mark.answered = x->answered;
    s.marks_done = p.mark;
  });
  while (s.marks_done < p.mark && !s.failed)
    d.pump(clock::now() + turn_wait, false);
}

void work(desk& d, const std::vector<planned>& todo, shared_round& s) {
  for (const auto& p : todo) {
    if (s.failed)
      break;
    if (s.speed.speed > 0)
      d.pump(s.began + microseconds{s.speed.us(p.at)}, true);
    if (p.mark > 0)
      send_mark(d, p, s);
    else
      d.post(s.bout, bout::log_fact{p.what, {}});
  }
  if (auto ok = d.drain(); !ok)
    s.fail(ok.reason());
}

per_corner<control_bounds> bounds_of(const std::vector<mark_time>& marks) {
  per_corner<control_bounds> all;
  for (std::size_t i = 1; i + 1 < marks.size(); i += 2) {
    const auto& from = marks[i];
    const auto& to = marks[i + 1];
    auto& b = all[from.corner];
    auto low = duration_cast<microseconds>(to.sent - from.answered).count();
    b.low_us += std::max<std::int64_t>(low, 0);
    b.high_us += duration_cast<microseconds>(to.answered - from.sent).count();
    ++b.intervals;
  }
  return all;
}

} // namespace

result<per_corner<control_bounds>>
log_round(officials::crew& crew, const bout_id& bout, const round_plan& plan,
          const pace& speed, officials::clock::time_point began) {
  shared_round s{bout, speed, began, {}, {}, {}, {}, unit{}};
  s.marks.resize(static_cast<std::size_t>(plan.marks) + 1);
  {
    std::vector<std::jthread> desks;
    for (auto c : both_corners)
      desks.emplace_back(
        [&, c] { work(crew.operator_of(c), plan.desks[c], s); });
    work(crew.supervisor(), plan.referee, s);
  }
  if (!s.outcome)
    return s.outcome.reason();
  return bounds_of(s.marks);
}

} // namespace ringside::replay
