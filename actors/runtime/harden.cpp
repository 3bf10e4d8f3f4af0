#include "actors/runtime/harden.hpp"

#include "actors/protocol/runtime_messages.hpp"
#include "actors/runtime/caf_error.hpp"
#include "actors/runtime/probed.hpp"

#include <exception>
#include <utility>

#include <caf/all.hpp>

namespace ringside {

namespace {

struct guard {
  log_sink log;
  std::string name;
  trouble_counts counts;
};

using guard_ptr = std::shared_ptr<guard>;

void bump(std::atomic<std::uint64_t>& counter) {
  counter.fetch_add(1, std::memory_order_relaxed);
}

actor_status own_status(caf::scheduled_actor* self, const guard& g) {
  actor_status status;
  status.name = g.name;
  if (auto* metered = dynamic_cast<probed*>(self))
    status.probe = metered->probe_view();
  else
    status.probe.depth = self->mailbox().size();
  return status;
}

caf::result<caf::message> answer_rest(caf::scheduled_actor* self,
                                      caf::message_view& what, guard& g) {
  auto& content = what.content();
  auto request = self->current_message_id().is_request();
  if (request && content.match_elements<get_ready>())
    return caf::make_message(is_ready{});
  if (request && content.match_elements<get_status>())
    return caf::make_message(own_status(self, g));
  bump(g.counts.unexpected);
  log_to(g.log, severity::warning, g.name,
         "unexpected message " + content.stringify());
  if (request)
    return caf::make_error(caf::sec::unexpected_message);
  return caf::delegated<caf::message>{};
}

caf::error report(std::exception_ptr& what, guard& g) {
  std::string text = "unknown exception";
  try {
    std::rethrow_exception(what);
  } catch (const std::exception& e) {
    text = e.what();
  } catch (...) {
    // nop
  }
  bump(g.counts.exceptions);
  log_to(g.log, severity::error, g.name, "exception: " + text);
  return caf::make_error(caf::sec::runtime_error, text);
}

} // namespace

std::shared_ptr<const trouble_counts> harden(caf::scheduled_actor* self,
                                             log_sink log, std::string name,
                                             exit_hook on_exit) {
  auto g = std::make_shared<guard>();
  g->log = std::move(log);
  g->name = std::move(name);
  self->set_error_handler([g](caf::scheduled_actor*, caf::error& reason) {
    bump(g->counts.errors);
    log_to(g->log, severity::warning, g->name,
           "stray error: " + describe(reason));
  });
  self->set_default_handler(
    [g](caf::scheduled_actor* ptr, caf::message_view& what) {
      return answer_rest(ptr, what, *g);
    });
  self->set_down_handler([g](caf::scheduled_actor*, caf::down_msg& msg) {
    bump(g->counts.downs);
    log_to(g->log, severity::info, g->name,
           "unhandled down: " + describe(msg.reason));
  });
  self->set_exit_handler(
    [g, on_exit](caf::scheduled_actor* ptr, caf::exit_msg& msg) {
      if (!msg.reason)
        return;
      if (on_exit)
        on_exit(msg.reason);
      ptr->quit(std::move(msg.reason));
    });
  self->set_exception_handler(
    [g](caf::scheduled_actor*, std::exception_ptr& what) {
      return report(what, *g);
    });
  return {g, &g->counts};
}

} // namespace ringside
