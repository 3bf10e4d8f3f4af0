#pragma once

#include "domain/base/error.hpp"
#include "domain/bout/command.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <utility>

namespace ringside {

/// What may leave a BOUT only when everything it speaks of is durable: answers,
/// news, views. Released strictly in order. Bounded by its owner.
class release_queue {
public:
  /// Runs on release; the argument is empty, or the reason why it will never
  /// be durable.
  using action = std::function<void(const error*)>;

  /// Holds `run` until version `up_to` is durable.
  void hold(bout::event_no up_to, action run) {
    items_.push_back({up_to, std::move(run)});
  }

  /// Everything up to `version` is durable now.
  void release(bout::event_no version) {
    while (!items_.empty() && items_.front().up_to <= version)
      pop(nullptr);
  }

  /// Nothing of what waits will become durable as it was decided.
  void fail(const error& reason) {
    while (!items_.empty())
      pop(&reason);
  }

  std::size_t size() const noexcept {
    return items_.size();
  }

private:
  struct item {
    bout::event_no up_to = 0;
    action run;
  };

  void pop(const error* reason) {
    auto first = std::move(items_.front());
    items_.pop_front();
    first.run(reason);
  }

  std::deque<item> items_;
};

} // namespace ringside
