#pragma once

#include "actors/runtime/caf_error.hpp"
#include "actors/runtime/delivery_hook.hpp"
#include "actors/runtime/log_sink.hpp"
#include "actors/runtime/services.hpp"
#include "actors/runtime/settings.hpp"
#include "domain/base/result.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <caf/all.hpp>
#include <gtest/gtest.h>

namespace ringside::test {

/// Keeps what actors write to the log. Thread-safe.
class log_book {
public:
  log_sink sink() {
    return [this](const log_event& line) {
      std::lock_guard guard{mutex_};
      lines_.push_back(line);
    };
  }

  std::size_t count(severity level) const {
    std::lock_guard guard{mutex_};
    std::size_t n = 0;
    for (auto& line : lines_)
      n += line.level == level;
    return n;
  }

  bool contains(std::string_view text) const {
    std::lock_guard guard{mutex_};
    for (auto& line : lines_)
      if (line.text.find(text) != std::string::npos)
        return true;
    return false;
  }

  std::string dump() const {
    std::lock_guard guard{mutex_};
    std::string text;
    for (auto& line : lines_)
      text += line.actor + ": " + line.text + '\n';
    return text;
  }

private:
  mutable std::mutex mutex_;
  std::vector<log_event> lines_;
};

/// One deterministic actor system per test: nothing runs unless `run` or
/// `advance` says so, and time moves only in `advance`. Everything a test
/// spawns itself has to pass `track`, so that TearDown can kill it; children
/// of supervisors die with them.
class actor_fixture : public ::testing::Test {
protected:
  explicit actor_fixture(delivery_hook* hook = nullptr);

  void TearDown() override;

  /// Handles messages until none is left. Bounded, so that two actors which
  /// feed each other fail the test instead of hanging it.
  std::size_t run(std::size_t max = 1'000'000);

  /// Moves the clock in steps, since a timer that re-arms itself fires once
  /// per step. Everything due is handled.
  void advance(std::chrono::nanoseconds span,
               std::chrono::nanoseconds step = std::chrono::milliseconds{10});

  template <class Handle>
  Handle track(Handle who) {
    tracked_.push_back(caf::actor_cast<caf::actor>(who));
    return who;
  }

  /// A request on its way; `reply` is set when it was answered.
  template <class Reply>
  using pending = std::shared_ptr<std::optional<result<Reply>>>;

  /// Sends a request without running anything. The virtual timeout is long.
  template <class Reply, class Handle, class... Ts>
  pending<Reply> send_request(const Handle& dest, Ts... xs) {
    return send_message<Reply>(caf::actor_cast<caf::actor>(dest),
                               caf::make_message(std::move(xs)...));
  }

  /// Asks and handles all messages, without moving the clock. An unanswered
  /// request gives `timeout`.
  template <class Reply, class Handle, class... Ts>
  result<Reply> ask(const Handle& dest, Ts... xs) {
    auto slot = send_request<Reply>(dest, std::move(xs)...);
    run();
    if (!*slot)
      return refuse(ec::timeout, "not answered");
    return **slot;
  }

  log_book book;
  hooked_config cfg;
  std::unique_ptr<caf::actor_system> sys;
  caf::scheduler::test_coordinator* sched = nullptr;
  services_ptr services;

private:
  template <class Reply>
  pending<Reply> send_message(const caf::actor& dest, caf::message what) {
    auto slot = std::make_shared<std::optional<result<Reply>>>();
    auto client = [](caf::event_based_actor* self, caf::actor to,
                     pending<Reply> out, caf::message msg) -> caf::behavior {
      self->request(to, caf::duration{std::chrono::minutes{10}}, msg)
        .then([out](const Reply& reply) { out->emplace(reply); },
              [out](caf::error& reason) { out->emplace(from_caf(reason)); });
      return {};
    };
    track(sys->spawn(client, dest, slot, std::move(what)));
    return slot;
  }

  std::vector<caf::actor> tracked_;
};

} // namespace ringside::test
