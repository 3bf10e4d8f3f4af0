#pragma once

#include "actors/runtime/metered.hpp"
#include "actors/runtime/services.hpp"
#include "actors/runtime/ticker.hpp"
#include "tests/sim/assessments.hpp"
#include "tests/sim/fight.hpp"
#include "tests/sim/invariants.hpp"

#include <memory>
#include <optional>
#include <string>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

namespace ringside::sim {

/// What a simulated screen works with. It outlives the screen.
struct screen_deps {
  services_ptr services;
  /// Directory name, `feed/<n>`.
  std::string name;
  /// The bout whose topic it follows once it exists, with this ending; null
  /// for a plain topic.
  std::shared_ptr<const fight> at;
  std::string topic;
  wire::audience who;
  rng* source = nullptr;
  run_log* log = nullptr;
  const truth* durable = nullptr;
  assessment_check* assessed = nullptr;
  const bool* closing = nullptr;
};

using screen_impl = protocol::feed_sink::extend<caf::reacts_to<tick>>;

/// A screen with the network behind it: follows one stream, replaces top-level
/// keys by what deltas say, checks that numbers rise by exactly one, loses its
/// connection now and then and resumes from where it was.
struct screen_state {
  using pointer
    = caf::stateful_actor<screen_state, metered<screen_impl::base>>*;

  explicit screen_state(pointer ptr) : self(ptr) {
    // nop
  }

  void init(screen_deps what);
  void on_tick();
  void take(const protocol::feed_delta& delta);
  void reset();

  /// The stream as it is known now; no topic before the bout exists.
  protocol::stream_key key() const;

  /// It follows the assessments of its bout.
  bool advice() const noexcept {
    return deps.topic == "assessment";
  }

  pointer self;
  screen_deps deps;
  bool joined = false;
  bool joining = false;
  /// Answers to earlier attempts are stale.
  std::uint64_t attempt = 0;
  std::optional<std::uint64_t> seq;
  json::object view;
  ticker clock;

  static inline const char* name = "screen";

private:
  void connect();
  void disconnect();
  void start(const protocol::joined& what);
  void apply(const std::string& frame);
  void fail(const std::string& what);
};

screen_impl::behavior_type screen_behavior(screen_state::pointer self,
                                           screen_deps deps);

} // namespace ringside::sim
