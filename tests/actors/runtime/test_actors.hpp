#pragma once

#include "actors/runtime/child_spec.hpp"
#include "actors/runtime/harden.hpp"
#include "actors/runtime/metered.hpp"
#include "actors/runtime/supervisor.hpp"
#include "actors/runtime/ticker.hpp"

#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <caf/all.hpp>

namespace ringside::test {

// -- messages -----------------------------------------------------------------

/// Answered with the same number.
struct echo {
  int n = 0;
};

/// Written into the diary; no answer.
struct note {
  int n = 0;
};

/// Throws.
struct crash {
  std::string text = "boom";
};

/// Ends normally.
struct leave {};

/// Tells which incarnation is there.
struct whoami {};

// -- diary --------------------------------------------------------------------

/// What the actors of a test did, in order. Thread-safe.
class diary {
public:
  void add(std::string line) {
    std::lock_guard guard{mutex_};
    lines_.push_back(std::move(line));
  }

  std::vector<std::string> take() {
    std::lock_guard guard{mutex_};
    return std::exchange(lines_, {});
  }

private:
  std::mutex mutex_;
  std::vector<std::string> lines_;
};

using diary_ptr = std::shared_ptr<diary>;

// -- the worker ---------------------------------------------------------------

struct worker_options {
  diary_ptr book = std::make_shared<diary>();
  /// Throws in the behaviour function in the first incarnations.
  std::uint64_t bad_starts = 0;
  /// Keeps `get_ready` unanswered in the first incarnations.
  std::uint64_t mute_starts = 0;
  /// Ignores exit messages; only kill helps.
  bool stubborn = false;
};

using metered_actor = metered<caf::event_based_actor>;

/// Does what the messages above say.
inline caf::behavior worker(metered_actor* self, const child_context& context,
                            const worker_options& options) {
  auto book = options.book;
  auto name = context.name;
  auto id = context.incarnation;
  harden(self, context.services->log, name);
  book->add("+" + name);
  if (id <= options.bad_starts)
    throw std::runtime_error("bad start");
  if (options.stubborn)
    self->set_exit_handler([](caf::scheduled_actor*, caf::exit_msg&) {
      // nop
    });
  self->attach_functor([book, name] { book->add("-" + name); });
  auto promise = std::make_shared<caf::response_promise>();
  auto mute = id <= options.mute_starts;
  return {
    [=](const get_ready&) -> caf::result<is_ready> {
      if (!mute)
        return is_ready{};
      *promise = self->make_response_promise();
      return caf::delegated<is_ready>{};
    },
    [](const echo& x) { return x.n; },
    [=](const note& x) { book->add(name + "=" + std::to_string(x.n)); },
    [](const crash& x) { throw std::runtime_error(x.text); },
    [=](const leave&) { self->quit(); },
    [=](const whoami&) { return static_cast<int>(id); },
  };
}

inline child_spec worker_child(std::string name, worker_options options = {},
                               restart_policy restart
                               = restart_policy::permanent) {
  child_spec spec;
  spec.name = std::move(name);
  spec.restart = restart;
  spec.spawn = [options](const child_context& context) -> caf::actor {
    return context.services->system.spawn(worker, context, options);
  };
  return spec;
}

} // namespace ringside::test

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::test::echo)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::test::note)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::test::crash)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::test::leave)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::test::whoami)
