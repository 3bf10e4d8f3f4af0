#include "actors/protocol/failover_actors.hpp"
#include "net/api.hpp"
#include "net/request_body.hpp"

#include <utility>

namespace ringside::net {

namespace {

constexpr const char* failover_name = "vision/failover";

/// Either a mode, or the end of the one that was said.
void read_word(wire::field_reader& f, protocol::set_failover& to) {
  auto release = false;
  f.optional_name("arena", to.arena);
  f.optional_word("mode", to.mode);
  f.flag("release", release, false);
  f.name("reason", to.reason);
  if (to.arena.empty())
    to.arena = intake::main_arena;
  if (release == to.mode.has_value())
    f.fail(refuse(ec::invalid_value, "say either a mode or release",
                  f.path_of("mode")));
}

} // namespace

void api::failover_show(const exchange_ptr& x) {
  if (check_query(x, {}))
    gate().ask_text<protocol::failover_actor>(
      failover_name, protocol::get_failover{}, pass_on(x));
}

void api::failover_set(const exchange_ptr& x) {
  protocol::set_failover what;
  what.by = {x->who.role, x->who.account};
  if (read_body(x, [&](auto& f) { read_word(f, what); }))
    gate().ask_text<protocol::failover_actor>(failover_name, std::move(what),
                                              pass_on(x));
}

} // namespace ringside::net
