#include "net/gateway.hpp"

#include "actors/protocol/bout_actors.hpp"
#include "actors/protocol/feed_actors.hpp"
#include "actors/protocol/records_actors.hpp"
#include "actors/runtime/harden.hpp"

#include <string_view>

#include <caf/actor_cast.hpp>
#include <caf/all.hpp>

namespace ringside::net {

namespace {

constexpr const char* hub_name = "node/hub";

/// The id in `bout/<id>/...`, or empty.
std::string_view bout_in(std::string_view name) noexcept {
  if (!name.starts_with("bout/"))
    return {};
  name.remove_prefix(5);
  return name.substr(0, name.find('/'));
}

} // namespace

gateway::gateway(caf::actor_config& cfg, asio_unit& unit, net_context& ctx,
                 std::string name,
                 std::function<void(std::function<void()>)> post)
  : super(cfg, unit), ctx_(ctx), name_(std::move(name)),
    desk_(ctx,
          [this](const std::string& door, protocol::submit what) {
            deliver(door, std::move(what));
          }),
    shard_(ctx, shard_links(std::move(post))) {
  // nop
}

gateway::behavior_type gateway::make_behavior() {
  harden(this, ctx_.services->log, name_, [this](const caf::error&) {
    closed_ = true;
    desk_.close();
  });
  return {
    [this](const protocol::command_answer& x) {
      desk_.answer(x.tag, x.outcome);
    },
    [this](const protocol::feed_delta& x) { shard_.delta(x); },
    [this](const protocol::feed_reset&) { shard_.reset(); },
  };
}

// -- commands -----------------------------------------------------------------

void gateway::submit(const bout_id& bout, command_ptr what, on_command then) {
  if (closed_)
    return then(refuse(ec::unavailable, "the node is stopping"));
  auto me
    = caf::actor_cast<protocol::answer_sink>(caf::strong_actor_ptr{ctrl()});
  desk_.submit(me, bout, std::move(what), std::move(then));
}

void gateway::deliver(const std::string& door, protocol::submit what) {
  // Seats, desks and the BOUTS have the same first handler.
  using door_actor = caf::typed_actor<caf::reacts_to<protocol::submit>>;
  if (auto dest = names().resolve<door_actor>(door)) {
    send(dest, std::move(what));
    return;
  }
  auto tag = what.tag;
  wake(door,
       [this, door, tag, what = std::move(what)](const result<unit>& awake) {
         if (!awake)
           return desk_.answer(tag, awake.reason());
         auto found = names().resolve<door_actor>(door);
         if (!found)
           return desk_.answer(tag, nobody(door));
         send(found, what);
       });
}

error gateway::nobody(const std::string& name) {
  if (name.starts_with("source/"))
    return refuse(ec::not_found, "there is no such source", "source_id");
  if (bout_in(name).empty())
    return refuse(ec::unavailable, name + " is not running");
  if (name.find("/seat/") != std::string::npos)
    return refuse(ec::not_found, "the bout has no such seat", "seat");
  return refuse(ec::not_found, "nobody is at " + name);
}

void gateway::wake(const std::string& name,
                   std::function<void(const result<unit>&)> then) {
  auto id = bout_in(name);
  if (id.empty())
    return then(nobody(name));
  auto bouts = names().resolve<protocol::bouts_actor>("bouts");
  if (!bouts)
    return then(refuse(ec::unavailable, "the node is starting"));
  request_from<protocol::text_answer>(
    bouts, protocol::wake_bout{bout_id{std::string{id}}},
    [then = std::move(then)](const result<protocol::text_answer>& x) {
      if (!x)
        return then(x.reason());
      if (const auto* why = std::get_if<error>(&x->outcome))
        return then(*why);
      then(unit{});
    },
    ctx_.options.limits.query_timeout);
}

void gateway::ask_bundle(
  protocol::get_bundle what,
  std::function<void(const result<protocol::bundle_answer>&)> then) {
  auto dest = names().resolve<protocol::evidence_actor>("node/evidence");
  if (!dest)
    return then(refuse(ec::unavailable, "the node is starting"));
  request_from<protocol::bundle_answer>(dest, std::move(what), std::move(then),
                                        ctx_.options.limits.bundle_timeout);
}

void gateway::contact(const std::string& door, protocol::contact what) {
  if (closed_)
    return;
  if (auto dest = names().resolve<protocol::seat_actor>(door))
    send(dest, std::move(what));
}

// -- streams ------------------------------------------------------------------

shard::links
gateway::shard_links(std::function<void(std::function<void()>)> post) {
  auto sink = [this] {
    return caf::actor_cast<protocol::feed_sink>(caf::strong_actor_ptr{ctrl()});
  };
  shard::links to;
  to.post = std::move(post);
  to.follow = [this, sink](const protocol::stream_key& key) {
    if (auto hub = names().resolve<protocol::hub_actor>(hub_name))
      send(hub, protocol::follow{key, sink()});
  };
  to.unfollow = [this, sink](const protocol::stream_key& key) {
    if (closed_)
      return;
    if (auto hub = names().resolve<protocol::hub_actor>(hub_name))
      send(hub, protocol::unfollow{key, sink()});
  };
  to.took = [this](const protocol::stream_key& key, span_us span) {
    if (auto hub = names().resolve<protocol::hub_actor>(hub_name))
      send(hub,
           protocol::feed_took{key, std::chrono::microseconds{span.count}});
  };
  to.join = [this](const protocol::join& what,
                   std::function<void(shard::join_outcome)> then) {
    auto hub = names().resolve<protocol::hub_actor>(hub_name);
    if (!hub || closed_)
      return then(refuse(ec::unavailable, "the node is starting"));
    ringside::ask(
      this, hub, ctx_.options.limits.query_timeout, what,
      [then](const protocol::join_answer& x) { then(x.outcome); },
      [then](const error& why) { then(why); });
  };
  return to;
}

void gateway::tick() {
  if (closed_)
    return;
  auto now = ctx_.now();
  desk_.tick(now);
  shard_.tick(now);
}

} // namespace ringside::net
