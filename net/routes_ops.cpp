#include "actors/protocol/ops_actors.hpp"
#include "actors/protocol/records_actors.hpp"
#include "actors/protocol/runtime_messages.hpp"
#include "actors/runtime/status_json.hpp"
#include "domain/audit/entry.hpp"
#include "domain/audit/json.hpp"
#include "domain/audit/tiles.hpp"
#include "net/api.hpp"

#include <algorithm>
#include <utility>

namespace ringside::net {

namespace {

constexpr const char* audit_name = "node/audit";
constexpr const char* root_name = "node";

using status_actor
  = caf::typed_actor<caf::replies_to<get_status>::with<actor_status>>;
using restart_actor
  = caf::typed_actor<caf::replies_to<restart_child>::with<child_done>>;

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

// -- clocks -------------------------------------------------------------------

void api::timesync(const exchange_ptr& x) {
  if (check_query(x, {}))
    gate().ask_text<protocol::clock_actor>("node/clock", protocol::get_clocks{},
                                           pass_on(x));
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

void api::audit_bundle(const exchange_ptr& x) {
  constexpr std::string_view suffix = ".zip";
  std::string_view file = x->param("file");
  auto id = file.substr(0, file.size() - std::min(file.size(), suffix.size()));
  // Entries of no bout name people, tokens and shadow cards, and are nobody's
  // evidence.
  if (!file.ends_with(suffix) || !valid_id_text(id)
      || audit::is_system_chain(id))
    return x->refused(refuse(ec::not_found, "there is no such bundle", "file",
                             "the path is /api/v1/audit/bout/{bout_id}.zip"));
  if (!check_query(x, {}))
    return;
  bout_id bout{std::string{id}};
  gate().ask_bundle(
    {bout, wire::audience_for(x->who.role, 0)},
    [x, bout](const result<protocol::bundle_answer>& made) {
      if (!made)
        return x->refused(made.reason());
      if (const auto* why = std::get_if<error>(&made->outcome))
        return x->refused(*why);
      reply out;
      out.body = std::get<std::shared_ptr<const std::string>>(made->outcome);
      out.content_type = "application/zip";
      out.headers.emplace_back("Content-Disposition", "attachment; filename=\""
                                                        + bout.str()
                                                        + ".zip\"");
      x->finish(std::move(out));
    });
}

} // namespace ringside::net
