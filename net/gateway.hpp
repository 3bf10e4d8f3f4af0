#pragma once

#include "actors/protocol/ops_actors.hpp"
#include "actors/runtime/metered.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "net/asio_actor.hpp"
#include "net/command_desk.hpp"
#include "net/shard.hpp"

#include <functional>
#include <string>
#include <utility>
#include <variant>

#include <caf/typed_event_based_actor.hpp>

namespace ringside::net {

/// The GATEWAY of one network thread: where sessions and requests meet the
/// actors. It runs on that thread, so both sides call each other directly.
using gateway_actor = caf::typed_actor<
  /// The answer to a command that was passed on.
  caf::reacts_to<protocol::command_answer>,
  /// The next frame of a followed stream.
  caf::reacts_to<protocol::feed_delta>,
  /// The HUB restarted.
  caf::reacts_to<protocol::feed_reset>>;

using on_text = std::function<void(const result<std::string>&)>;

class gateway final : public asio_actor<metered<gateway_actor::base, 16>> {
public:
  using super = asio_actor<metered<gateway_actor::base, 16>>;

  gateway(caf::actor_config& cfg, asio_unit& unit, net_context& ctx,
          std::string name, std::function<void(std::function<void()>)> post);

  // All of these belong to the network thread.

  /// Passes a command on; `then` is called exactly once.
  void submit(const bout_id& bout, command_ptr what, on_command then);

  /// Asks the actor of a name. A bout that rests is woken up first.
  /// @param then gets a `result<Reply>`, exactly once.
  template <class Handle, class Reply, class Message>
  void ask(const std::string& name, Message what,
           std::function<void(const result<Reply>&)> then) {
    auto dest = names().template resolve<Handle>(name);
    if (dest)
      return request_from<Reply>(dest, std::move(what), std::move(then),
                                 ctx_.options.limits.query_timeout);
    wake(name, [this, name, what = std::move(what),
                then = std::move(then)](const result<unit>& awake) {
      if (!awake)
        return then(awake.reason());
      auto found = names().template resolve<Handle>(name);
      if (!found)
        return then(nobody(name));
      request_from<Reply>(found, what, then, ctx_.options.limits.query_timeout);
    });
  }

  /// Asks for the evidence bundle of a bout; it takes longer than questions.
  void
  ask_bundle(protocol::get_bundle what,
             std::function<void(const result<protocol::bundle_answer>&)> then);

  /// The same for questions that are answered with a text.
  template <class Handle, class Message>
  void ask_text(const std::string& name, Message what, on_text then) {
    ask<Handle, protocol::text_answer>(
      name, std::move(what),
      [then = std::move(then)](const result<protocol::text_answer>& x) {
        if (!x)
          return then(x.reason());
        if (const auto* why = std::get_if<error>(&x->outcome))
          return then(*why);
        then(std::get<std::string>(x->outcome));
      });
  }

  /// Tells a seat or desk who is there; nobody there, nobody told.
  void contact(const std::string& door, protocol::contact what);

  /// Tells the CLOCK of a device; a CLOCK that restarts misses it and hears of
  /// the next exchange.
  template <class Message>
  void tell_clock(Message what) {
    if (closed_)
      return;
    if (auto dest
        = names().template resolve<protocol::clock_actor>("node/clock"))
      send(dest, std::move(what));
  }

  shard& feeds() noexcept {
    return shard_;
  }

  /// Does what is due; about ten times a second.
  void tick();

  const char* name() const override {
    return "gateway";
  }

protected:
  behavior_type make_behavior() override;

private:
  const directory& names() const {
    return ctx_.services->names;
  }

  static error nobody(const std::string& name);

  /// Wakes the bout that a name belongs to.
  void wake(const std::string& name,
            std::function<void(const result<unit>&)> then);

  template <class Reply, class Handle, class Message>
  void request_from(const Handle& dest, Message what,
                    std::function<void(const result<Reply>&)> then,
                    request_timeout timeout) {
    if (asked_ >= limits::actor_requests_max / 2)
      return then(refuse(ec::overloaded, "too many questions at once"));
    ++asked_;
    ringside::ask(
      this, dest, timeout, std::move(what),
      [this, then](const Reply& x) {
        --asked_;
        then(x);
      },
      [this, then](const error& why) {
        --asked_;
        then(why);
      });
  }

  void deliver(const std::string& door, protocol::submit what);

  shard::links shard_links(std::function<void(std::function<void()>)> post);

  net_context& ctx_;
  std::string name_;
  command_desk desk_;
  shard shard_;
  std::size_t asked_ = 0;
  bool closed_ = false;
};

} // namespace ringside::net
