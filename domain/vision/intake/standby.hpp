#pragma once

#include "domain/vision/analytics/event_report.hpp"
#include "domain/vision/fusion/report.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <utility>
#include <vector>

namespace ringside::intake {

/// What a source saw that nobody listened to. The latest of it is kept, because
/// it takes some seconds to notice that the sources of another mode are dead,
/// and is handed on when the source is listened to again. Bounded: six seconds
/// of at most `reports_max` reports and `acts_max` acts; the oldest go first
/// and are counted.
class standby {
public:
  static constexpr span_us kept_for = seconds(6);
  /// More than any number of strikes a source can see in that time.
  static constexpr std::size_t reports_max = 1'200;
  static constexpr std::size_t acts_max = 128;

  struct kept {
    /// Marked as handed over.
    std::vector<fusion::report> reports;
    std::vector<analytics::event_report> acts;
  };

  bool on() const noexcept {
    return on_;
  }

  void begin() noexcept {
    on_ = true;
  }

  /// @pre on()
  void keep(std::vector<fusion::report> reports,
            std::vector<analytics::event_report> acts, mono_us now) {
    add(reports_, std::move(reports), reports_max, now);
    add(acts_, std::move(acts), acts_max, now);
  }

  /// What was kept is not wanted any more; it stays on standby.
  void forget() noexcept {
    reports_.clear();
    acts_.clear();
  }

  /// The source is listened to; what is to be handed on, oldest first.
  kept end(mono_us now) {
    kept out;
    drop_old(reports_, now);
    drop_old(acts_, now);
    for (auto& x : reports_) {
      x.what.handed_over = true;
      out.reports.push_back(x.what);
    }
    for (auto& x : acts_)
      out.acts.push_back(x.what);
    forget();
    on_ = false;
    return out;
  }

  /// Reports that are kept, and those that went.
  std::size_t reports() const noexcept {
    return reports_.size();
  }
  std::uint64_t dropped() const noexcept {
    return dropped_;
  }

private:
  template <class T>
  struct arrived {
    mono_us at;
    T what;
  };

  template <class T>
  void drop_old(std::deque<arrived<T>>& from, mono_us now) {
    while (!from.empty() && elapsed(from.front().at, now) > kept_for) {
      from.pop_front();
      ++dropped_;
    }
  }

  template <class T>
  void add(std::deque<arrived<T>>& to, std::vector<T> what, std::size_t most,
           mono_us now) {
    drop_old(to, now);
    for (auto& x : what)
      to.push_back({now, std::move(x)});
    for (; to.size() > most; ++dropped_)
      to.pop_front();
  }

  bool on_ = false;
  std::deque<arrived<fusion::report>> reports_;
  std::deque<arrived<analytics::event_report>> acts_;
  std::uint64_t dropped_ = 0;
};

} // namespace ringside::intake
