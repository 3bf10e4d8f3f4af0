#include "actors/protocol/metrics_actors.hpp"
#include "actors/protocol/router_actors.hpp"
#include "actors/protocol/vision_actors.hpp"
#include "domain/base/limits.hpp"
#include "domain/base/strong_id.hpp"
#include "domain/wire/field_reader.hpp"
#include "net/api.hpp"
#include "net/detections.hpp"
#include "net/request_body.hpp"

#include <algorithm>
#include <utility>

namespace ringside::net {

namespace {

constexpr const char* sources_name = "vision/sources";
/// Seconds after which a source has credit again.
constexpr std::int64_t credit_after = 1;
/// Fused events of one answer.
constexpr std::uint64_t fused_page_max = 500;

/// The SOURCE of the path. Answers the request if it is no id.
std::optional<std::string> source_of(const exchange_ptr& x) {
  const auto& id = x->param("source_id");
  if (valid_id_text(id))
    return "source/" + id;
  x->refused(refuse(ec::not_found, "there is no such source", "source_id"));
  return std::nullopt;
}

/// A bout that may be left out.
void read_bout(wire::field_reader& f, bout_id& to) {
  std::string id;
  f.optional_name("bout_id", id);
  if (!id.empty() && !valid_id_text(id))
    f.fail(refuse(ec::invalid_value, "this is no id", f.path_of("bout_id")));
  to = bout_id{std::move(id)};
}

void read_source(wire::field_reader& f, intake::source_fact& s) {
  f.name("name", s.name);
  f.word("kind", s.kind);
  f.word("mode", s.mode);
  f.optional_name("arena", s.arena);
  if (s.arena.empty())
    s.arena = intake::main_arena;
  f.optional_name("vendor", s.vendor);
  f.optional_name("mapping", s.mapping);
  if (s.mapping.empty())
    s.mapping = "ringside";
  f.integer_or("rate_hz", s.rate_hz, 10, 1, intake::rate_max);
  f.flag("workers", s.workers, false);
  f.optional_name("account", s.account);
  read_bout(f, s.bout);
}

/// Sends the answer of a SOURCE on; without credit it says when to come again.
on_text answer_source(const exchange_ptr& x) {
  return [x](const result<std::string>& text) {
    if (text)
      return x->finish(json_reply(*text));
    const auto& why = text.reason();
    x->finish(why.code == ec::rate_limited ? retry_later(why, credit_after)
                                           : problem_reply(why));
  };
}

} // namespace

void api::sources_list(const exchange_ptr& x) {
  if (check_query(x, {}))
    gate().ask_text<protocol::sources_actor>(
      sources_name, protocol::list_sources{}, pass_on(x));
}

void api::source_show(const exchange_ptr& x) {
  if (check_query(x, {}))
    gate().ask_text<protocol::sources_actor>(
      sources_name, protocol::get_source{x->param("source_id")}, pass_on(x));
}

void api::sources_create(const exchange_ptr& x) {
  protocol::create_source what;
  what.by = {x->who.role, x->who.account};
  if (read_body(x, [&](auto& f) { read_source(f, what.wanted); }))
    gate().ask_text<protocol::sources_actor>(sources_name, std::move(what),
                                             pass_on(x, 201));
}

void api::source_assign(const exchange_ptr& x) {
  protocol::assign_source what;
  what.by = {x->who.role, x->who.account};
  what.source = x->param("source_id");
  if (read_body(x, [&](auto& f) { read_bout(f, what.bout); }))
    gate().ask_text<protocol::sources_actor>(sources_name, std::move(what),
                                             pass_on(x));
}

void api::source_detections(const exchange_ptr& x) {
  protocol::send_detections what;
  what.account = x->who.account;
  auto to = source_of(x);
  if (!to
      || !read_body(
        x, [&](auto& f) { read_batch(f, what.what); }, limits::source_bytes_max,
        true))
    return;
  what.what.arrived = ctx_.now();
  gate().ask_text<protocol::source_actor>(*to, std::move(what),
                                          answer_source(x));
}

void api::source_heartbeat(const exchange_ptr& x) {
  protocol::source_heartbeat what;
  what.account = x->who.account;
  auto to = source_of(x);
  if (!to
      || !read_body(x, [&](auto& f) { f.flag("in_view", what.in_view, true); }))
    return;
  what.arrived = ctx_.now();
  gate().ask_text<protocol::source_actor>(*to, std::move(what),
                                          answer_source(x));
}

void api::vision_metrics(const exchange_ptr& x) {
  if (check_query(x, {}))
    gate().ask_text<protocol::vision_metrics_actor>(
      sources_name, protocol::get_vision_metrics{}, pass_on(x));
}

void api::source_work(const exchange_ptr& x) {
  protocol::get_work what;
  what.account = x->who.account;
  auto to = source_of(x);
  if (!to
      || !read_body(
        x, [&](auto& f) { read_work(f, what); }, limits::source_bytes_max,
        true))
    return;
  what.arrived = ctx_.now();
  gate().ask_text<protocol::worked_source_actor>(*to, std::move(what),
                                                 answer_source(x));
}

void api::source_drain(const exchange_ptr& x) {
  protocol::drain_source what;
  what.by = {x->who.role, x->who.account};
  what.source = x->param("source_id");
  if (read_body(x, [&](auto& f) { f.flag("on", what.on, true); }))
    gate().ask_text<protocol::sources_actor>(sources_name, std::move(what),
                                             pass_on(x));
}

void api::vision_router(const exchange_ptr& x) {
  if (check_query(x, {}))
    gate().ask_text<protocol::router_actor>(
      "vision/router", protocol::get_routing{}, pass_on(x));
}

void api::harmonizer_stats(const exchange_ptr& x) {
  if (!check_query(x, {"bout_id"}))
    return;
  const auto* bout = x->target.find("bout_id");
  if (bout == nullptr)
    return gate().ask_text<protocol::sources_actor>(
      sources_name, protocol::list_fusions{}, pass_on(x));
  if (!valid_id_text(*bout))
    return x->refused(
      refuse(ec::not_found, "there is no such bout", "bout_id"));
  gate().ask_text<protocol::harmonizer_actor>(
    "bout/" + std::string{*bout} + "/harmonizer", protocol::get_fusion{},
    pass_on(x));
}

void api::bout_fused(const exchange_ptr& x) {
  const auto& id = x->param("bout_id");
  if (!valid_id_text(id))
    return x->refused(
      refuse(ec::not_found, "there is no such bout", "bout_id"));
  if (!check_query(x, {"after", "limit"}))
    return;
  auto after = query_number(x, "after", 0, limits::bout_events_max);
  if (!after)
    return;
  auto limit = query_number(x, "limit", 100, fused_page_max);
  if (!limit)
    return;
  gate().ask_text<protocol::harmonizer_actor>(
    "bout/" + id + "/harmonizer",
    protocol::get_fused{static_cast<std::uint32_t>(*after),
                        std::max<std::size_t>(*limit, 1)},
    pass_on(x));
}

} // namespace ringside::net
