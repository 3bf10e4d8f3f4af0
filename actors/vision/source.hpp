#pragma once

#include "actors/protocol/router_actors.hpp"
#include "actors/protocol/vision_actors.hpp"
#include "actors/runtime/metered.hpp"
#include "actors/runtime/services.hpp"
#include "actors/runtime/ticker.hpp"
#include "actors/runtime/timeline.hpp"
#include "domain/vision/intake/source_book.hpp"
#include "domain/vision/vendor/mapper.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

namespace ringside {

/// All mappings of this node by their id; frozen at the start.
using mapper_table = std::map<std::string, vendor::mapper_ptr, std::less<>>;

/// Directory names.
inline constexpr const char* sources_name = "vision/sources";
std::string source_name(const std::string& id);

struct source_deps {
  services_ptr services;
  timeline time;
  std::shared_ptr<const mapper_table> mappers;
  std::string id;
};

using source_impl
  = protocol::source_actor::extend_with<protocol::worked_source_actor>::extend<
    caf::reacts_to<tick>, caf::replies_to<get_ready>::with<is_ready>>;

/// State of the SOURCE: one camera, worker or vendor's system.
///
/// What it knows is a value that it hands to the SOURCES before every answer,
/// and asks back for when it is started anew: a batch that was answered is
/// answered alike after a crash. Reports go to the HARMONIZER of the bout
/// before that, which takes each number once; so a crash in between neither
/// loses nor doubles one. Of a source of pictures that includes the analytics:
/// what they were in the middle of goes on, under numbers that go on.
///
/// Of a camera for vision workers (`workers`), batches are pictures: they stay
/// in the book until the ROUTER says what became of them, and are read in their
/// order. Of a worker, questions for work go on to the ROUTER.
///
/// On standby it takes, answers and measures as ever, but keeps its reports and
/// life signs from the HARMONIZER; the latest (`intake::standby`) it hands on
/// when its arena listens to it.
///
/// Life cycle: child of the supervisor `vision/pool`. Ready when it is told
/// what it is. Everything in it is bounded by `intake::source_book`; whoever
/// sends waits for answers, and the sessions in front bound how much.
struct source_state {
  using pointer
    = caf::stateful_actor<source_state, metered<source_impl::base>>*;
  using ready_promise = caf::typed_response_promise<is_ready>;
  using promise = caf::typed_response_promise<protocol::text_answer>;

  explicit source_state(pointer ptr) : self(ptr) {
    // nop
  }

  void init(source_deps what);
  ready_promise when_ready();
  protocol::text_answer take(const protocol::send_detections& x);
  protocol::text_answer beat(const protocol::source_heartbeat& x);
  void told(const protocol::source_is& x);
  void on_tick();

  // -- work (source_work.cpp) -------------------------------------------------

  promise ask_for_work(const protocol::get_work& x);
  protocol::work_noted take(const protocol::work_result& x);

  pointer self;
  source_deps deps;
  /// Nothing until the SOURCES said it.
  std::optional<intake::source_fact> fact;
  intake::source_book book;
  vendor::mapper_ptr how;
  /// Of a worker: what it said of itself last.
  std::int64_t load_ppm = -1;
  std::uint64_t run = 0;
  std::vector<ready_promise> waiting;
  ticker clock;

  static inline const char* name = "source";

private:
  void recall();
  void recalled(const protocol::source_recalled& x);
  void become(const intake::source_fact& f, bool active);
  void begin_standby();
  /// Ends what ran in pictures that stopped coming.
  void look_at_pictures(mono_us now);
  /// To the HARMONIZER; on standby, for later.
  void pass_on(std::vector<fusion::report> reports,
               std::vector<analytics::event_report> acts);
  /// Why nothing is taken from this account now.
  std::optional<error> closed_to(const std::string& account) const;
  void remember() const;
  routing::worker_word word() const;
  /// A life sign of this worker.
  void tell_router() const;
  void tell_drained(bool on) const;
  /// Tells the ROUTER of one unfinished batch, or of all of them.
  void offer(std::uint64_t seq) const;
  void offer_all() const;
  /// Sends to the HARMONIZER of its bout, if there is one.
  template <class Message>
  void tell_bout(Message what) const;
};

source_impl::behavior_type source_behavior(source_state::pointer self,
                                           source_deps deps);

} // namespace ringside
