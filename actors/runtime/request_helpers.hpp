#pragma once

#include "actors/runtime/caf_error.hpp"
#include "domain/base/check.hpp"
#include "domain/base/error.hpp"

#include <chrono>
#include <utility>

#include <caf/duration.hpp>
#include <caf/error.hpp>
#include <caf/message_priority.hpp>

namespace ringside {

/// How long a request may take. An unanswered request ends in no other way,
/// so there is no "infinite"; keep it at 2 s or less where requests are many,
/// since an answered one is remembered until its timeout.
using request_timeout = std::chrono::milliseconds;

/// Sends `what` and calls exactly one of the two callbacks later, in `self`.
/// @param on_reply takes the reply, by const reference.
/// @param on_error takes a `const ringside::error&`; `timeout`, `unavailable`
///        (receiver died) or what the receiver said.
template <class Self, class Handle, class Message, class OnReply, class OnError>
void ask(Self* self, const Handle& dest, request_timeout timeout, Message what,
         OnReply on_reply, OnError on_error) {
  RINGSIDE_CHECK(timeout.count() > 0);
  self->request(dest, caf::duration{timeout}, std::move(what))
    .then(std::move(on_reply),
          [f = std::move(on_error)](caf::error& reason) mutable {
            f(from_caf(reason));
          });
}

/// Like `ask`, but overtakes ordinary messages in the receiver's mailbox. Only
/// for status, shutdown and stopping a bout. (CAF's overload for chrono
/// durations silently loses the priority.)
template <class Self, class Handle, class Message, class OnReply, class OnError>
void request_urgent(Self* self, const Handle& dest, request_timeout timeout,
                    Message what, OnReply on_reply, OnError on_error) {
  RINGSIDE_CHECK(timeout.count() > 0);
  self
    ->template request<caf::message_priority::high>(
      dest, caf::duration{timeout}, std::move(what))
    .then(std::move(on_reply),
          [f = std::move(on_error)](caf::error& reason) mutable {
            f(from_caf(reason));
          });
}

} // namespace ringside
