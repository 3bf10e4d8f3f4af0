#include "actors/protocol/interfaces.hpp"
#include "actors/protocol/runtime_messages.hpp"
#include "domain/audit/json.hpp"
#include "domain/audit/tiles.hpp"
#include "net/api.hpp"

#include <utility>

namespace ringside::net {

namespace {

constexpr const char* audit_name = "node/audit";
constexpr const char* root_name = "node";

using status_actor
  = caf::typed_actor<caf::replies_to<get_status>::with<actor_status>>;
using restart_actor
  = caf::typed_actor<caf::replies_to<restart_child>::with<child_done>>;

json::value latency_json(const latency_view& x) {
  return json::object{{"count", x.count},
                      {"p50_ns", x.p50_ns},
                      {"p95_ns", x.p95_ns},
                      {"p99_ns", x.p99_ns},
                      {"max_ns", x.max_ns}};
}

json::value status_json(const actor_status& x) {
  json::array children;
  for (const auto& child : x.children)
    children.push_back(status_json(child));
  return json::object{{"name", x.name},
                      {"state", text_of(x.state)},
                      {"supervisor", x.supervisor},
                      {"restarts", x.restarts},
                      {"last_failure", x.last_failure},
                      {"depth", x.probe.depth},
                      {"depth_max", x.probe.depth_max},
                      {"handled", x.probe.handled},
                      {"busy_ns", x.probe.busy_ns},
                      {"queue_wait", latency_json(x.probe.queue_wait)},
                      {"handler", latency_json(x.probe.handler)},
                      {"children", std::move(children)}};
}

} // namespace

// -- actors -------------------------------------------------------------------

void api::actors(const exchange_ptr& x) {
  gate().ask<status_actor, actor_status>(
    root_name, get_status{}, [x](const result<actor_status>& tree) {
      if (!tree)
        return x->refused(tree.reason());
      x->finish(json_reply(json::to_text(status_json(*tree))));
    });
}

void api::actor_restart(const exchange_ptr& x) {
  const auto& name = x->param("name");
  if (!valid_actor_name(name))
    return x->refused(refuse(ec::not_found, "there is no such actor", "name"));
  gate().ask<restart_actor, child_done>(
    root_name, restart_child{name}, [x](const result<child_done>& done) {
      if (!done)
        return x->refused(done.reason());
      x->finish(
        json_reply(json::to_text(json::object{{"restarted", done->name}})));
    });
}

// -- audit --------------------------------------------------------------------

void api::audit_checkpoint(const exchange_ptr& x) {
  if (check_query(x, {}))
    gate().ask_text<protocol::audit_actor>(
      audit_name, protocol::get_checkpoint{},
      pass_on(x, 200, "text/plain; charset=utf-8"));
}

void api::audit_tile(const exchange_ptr& x) {
  auto tile = audit::parse_tile_path("tile/" + x->param("path"));
  if (!tile)
    return x->refused(refuse(ec::not_found, "there is no such tile", "path"));
  // Hashes are for everybody, the entries below them are not.
  if (!tile->level && !check_right(x, bout::operation::read_journal))
    return;
  protocol::get_tile what;
  what.level = tile->level ? static_cast<int>(*tile->level) : -1;
  what.index = tile->index;
  what.width = tile->width == audit::tile_width ? 0 : tile->width;
  auto full = what.width == 0;
  gate().ask_text<protocol::audit_actor>(
    audit_name, what, [x, full](const result<std::string>& bytes) {
      if (!bytes)
        return x->refused(bytes.reason());
      auto out = json_reply(*bytes);
      out.content_type = "application/octet-stream";
      // What a path stands for never changes; a partial tile ends one day.
      out.headers.emplace_back("Cache-Control",
                               full ? "private, max-age=31536000, immutable"
                                    : "private, max-age=60");
      x->finish(std::move(out));
    });
}

void api::audit_inclusion(const exchange_ptr& x) {
  constexpr auto max = static_cast<std::uint64_t>(json::integer_max);
  if (!check_query(x, {"index", "size"}))
    return;
  if (x->target.find("index") == nullptr)
    return x->refused(refuse(ec::malformed, "which entry?", "index"));
  auto index = query_number(x, "index", 0, max);
  if (!index)
    return;
  auto size = query_number(x, "size", 0, max);
  if (!size)
    return;
  gate().ask_text<protocol::audit_actor>(
    audit_name, protocol::get_inclusion{*index, *size},
    pass_on(x, 200, "text/plain; charset=utf-8"));
}

void api::audit_consistency(const exchange_ptr& x) {
  constexpr auto max = static_cast<std::uint64_t>(json::integer_max);
  if (!check_query(x, {"from", "to"}))
    return;
  for (const auto* key : {"from", "to"})
    if (x->target.find(key) == nullptr)
      return x->refused(refuse(ec::malformed, "between which sizes?", key));
  auto from = query_number(x, "from", 0, max);
  if (!from)
    return;
  auto to = query_number(x, "to", 0, max);
  if (!to)
    return;
  gate().ask_text<protocol::audit_actor>(
    audit_name, protocol::get_consistency{*from, *to},
    pass_on(x, 200, "text/plain; charset=utf-8"));
}

} // namespace ringside::net
