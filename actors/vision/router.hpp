#pragma once

#include "actors/protocol/metrics_actors.hpp"
#include "actors/protocol/router_actors.hpp"
#include "actors/runtime/metered.hpp"
#include "actors/runtime/services.hpp"
#include "actors/runtime/ticker.hpp"
#include "actors/runtime/timeline.hpp"
#include "domain/vision/routing/work_router.hpp"

#include <map>
#include <optional>
#include <string>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

namespace ringside {

/// Directory name.
inline constexpr const char* router_name = "vision/router";

struct router_deps {
  services_ptr services;
  timeline time;
};

using router_impl = protocol::router_actor::extend_with<
  protocol::series_actor>::extend<caf::reacts_to<tick>>;

/// State of the ROUTER: gives the pictures of cameras to vision workers and
/// tells the cameras' SOURCEs what these see. What it decides is
/// `routing::work_router`.
///
/// It keeps nothing that is not known elsewhere: the SOURCE of a camera keeps
/// its unfinished batches and says them all once a second, so a ROUTER that
/// crashed has them again a moment later. Its worker's results come too late
/// then, and are made again: none is lost, none is taken twice.
///
/// Life cycle: child of the supervisor `vision`, the last one.
/// Limits: one question of each worker waits, for about a second; the rest is
/// bounded by `routing::work_router`.
struct router_state {
  using pointer
    = caf::stateful_actor<router_state, metered<router_impl::base>>*;
  using promise = caf::typed_response_promise<protocol::text_answer>;

  explicit router_state(pointer ptr) : self(ptr) {
    // nop
  }

  void init(router_deps what);
  promise take(const protocol::worker_asks& x);
  void take(const protocol::worker_beats& x);
  void take(const protocol::worker_drains& x);
  void take(const protocol::work_offered& x);
  protocol::text_answer show() const;
  protocol::text_answer series() const;
  void on_tick();
  /// The HUB forgot everything.
  void say_again();

  pointer self;
  router_deps deps;
  std::optional<routing::work_router> table;
  ticker clock;

  static inline const char* name = "router";

private:
  /// A worker that waits for work.
  struct question {
    promise answer;
    std::size_t want = 1;
    mono_us until;
  };

  mono_us now() const;
  /// After anything happened: tells cameras, answers workers.
  void pass_on();
  void tell(const routing::told_outcome& x);
  void answer_workers();
  void shut_old_questions();
  void say();

  std::map<std::string, question> questions_;
  mono_us said_;
  std::string last_said_;
};

router_impl::behavior_type router_behavior(router_state::pointer self,
                                           router_deps deps);

} // namespace ringside
