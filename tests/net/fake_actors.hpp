#pragma once

#include "actors/protocol/command_messages.hpp"
#include "actors/protocol/feed_messages.hpp"
#include "actors/protocol/runtime_messages.hpp"
#include "actors/runtime/services.hpp"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <caf/actor.hpp>

namespace ringside::net {

/// What the fake actors saw and how they shall behave; shared by their threads
/// and the test.
struct stage {
  struct seen_command {
    std::string door;
    protocol::submit what;
  };

  struct seen_contact {
    std::string door;
    protocol::contact what;
  };

  std::mutex mutex;
  std::condition_variable changed;
  std::vector<seen_command> commands;
  std::vector<seen_contact> contacts;
  std::vector<std::string> questions;
  std::vector<protocol::stream_key> follows;
  std::vector<protocol::stream_key> unfollows;
  std::size_t joins = 0;
  /// Commands that get no answer before any is answered.
  int swallow = 0;
  /// The answer to commands; accepted if empty.
  std::optional<error> refusal;
  /// The text every question about a bout is answered with.
  std::string bout_text = "{\"seats\":[]}";
  std::string last_audience;
  /// Bouts that `wake_bout` finds.
  std::vector<std::string> resting;
  /// Answers by command_id, for repeats.
  std::map<uuid, protocol::accepted> answered;
  std::uint32_t version = 0;
  /// Joins are answered so much later, milliseconds.
  int join_delay_ms = 0;

  /// Waits until `what` holds; false after five seconds.
  template <class Condition>
  bool wait(Condition what) {
    std::unique_lock guard{mutex};
    return changed.wait_for(guard, std::chrono::seconds{5}, what);
  }
};

using stage_ptr = std::shared_ptr<stage>;

/// Asks the fake HUB to publish `count` deltas of a stream; each carries
/// `padding` bytes.
struct publish {
  std::string topic;
  std::size_t count = 1;
  std::size_t padding = 0;
};

caf::actor spawn_fake_door(const services_ptr& s, const stage_ptr& at,
                           const std::string& name);
caf::actor spawn_fake_bout(const services_ptr& s, const stage_ptr& at,
                           const std::string& name);
caf::actor spawn_fake_bouts(const services_ptr& s, const stage_ptr& at);
caf::actor spawn_fake_hub(const services_ptr& s, const stage_ptr& at,
                          std::uint64_t first_seq);
caf::actor spawn_fake_accounts(const services_ptr& s, const stage_ptr& at);
caf::actor spawn_fake_audit(const services_ptr& s, const stage_ptr& at);
caf::actor spawn_fake_evidence(const services_ptr& s, const stage_ptr& at);
caf::actor spawn_fake_health(const services_ptr& s, const stage_ptr& at);
caf::actor spawn_fake_harmonizer(const services_ptr& s,
                                 const std::string& name);
caf::actor spawn_fake_root(const services_ptr& s, const stage_ptr& at);

} // namespace ringside::net

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(ringside::net::publish)
