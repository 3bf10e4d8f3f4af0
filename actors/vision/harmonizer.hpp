#pragma once

#include "actors/protocol/vision_actors.hpp"
#include "actors/runtime/metered.hpp"
#include "actors/runtime/services.hpp"
#include "actors/runtime/ticker.hpp"
#include "actors/runtime/timeline.hpp"
#include "domain/vision/desk/fusion_desk.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

namespace ringside {

struct harmonizer_deps {
  services_ptr services;
  timeline time;
  bout_id id;
  std::shared_ptr<const fusion::fusion_plan> plan;
};

using harmonizer_impl
  = protocol::harmonizer_actor::extend<caf::reacts_to<tick>>;

/// State of the HARMONIZER: what the sources of one bout report and what its
/// operators log, fused. Advice: it changes no official's score, and a crash
/// costs the view of what was fused, nothing else.
///
/// Life cycle: child of the bout's advisers. It ticks only while something
/// comes in, so that a bout without cameras costs nothing.
struct harmonizer_state {
  using pointer
    = caf::stateful_actor<harmonizer_state, metered<harmonizer_impl::base>>*;

  explicit harmonizer_state(pointer ptr) : self(ptr) {
    // nop
  }

  void init(harmonizer_deps what);
  void take(const protocol::source_reports& x);
  void take(const protocol::source_beat& x);
  void take(const protocol::source_acts& x);
  void take(const protocol::bout_news& x);
  protocol::text_answer stats() const;
  void on_tick();

  pointer self;
  harmonizer_deps deps;
  std::optional<desk::fusion_desk> table;
  /// What is no strike, so far.
  std::uint64_t acts = 0;
  ticker clock;
  mono_us heard;
  /// When SOURCES was told last.
  mono_us told;

  static inline const char* name = "harmonizer";

private:
  mono_us now() const;
  /// Something came in.
  void wake();
  void tell_sources();
};

harmonizer_impl::behavior_type
harmonizer_behavior(harmonizer_state::pointer self, harmonizer_deps deps);

} // namespace ringside
