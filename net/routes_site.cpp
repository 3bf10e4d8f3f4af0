#include "actors/protocol/metrics_actors.hpp"
#include "actors/protocol/ops_actors.hpp"
#include "domain/audit/json.hpp"
#include "net/api.hpp"

#include <memory>
#include <utility>

namespace ringside::net {

namespace {

reply text_reply(std::string text, std::string type) {
  auto out = json_reply(std::move(text));
  out.content_type = std::move(type);
  return out;
}

std::string text_or_nothing(const result<std::string>& text) {
  return text ? *text : std::string{};
}

std::string health_json(const protocol::health_view& view) {
  json::array components;
  for (const auto& c : view.components)
    components.emplace_back(json::object{{"component", c.component},
                                         {"level", text_of(c.level)},
                                         {"reason", c.reason},
                                         {"since_ms", c.since_ms}});
  return json::to_text(
    json::object{{"ready", view.ready}, {"components", std::move(components)}});
}

} // namespace

void api::healthz(const exchange_ptr& x) {
  x->finish(json_reply("{\"status\":\"alive\"}"));
}

void api::readyz(const exchange_ptr& x) {
  gate().ask<protocol::health_actor, protocol::health_view>(
    "node/health", protocol::get_health{},
    [x](const result<protocol::health_view>& view) {
      if (!view)
        return x->refused(view.reason(), 503);
      x->finish(json_reply(health_json(*view), view->ready ? 200 : 503));
    });
}

/// For the machine itself and for those who run the node: the numbers tell
/// an outsider too much.
void api::metrics(const exchange_ptr& x) {
  if (!x->from.loopback && !check_right(x, bout::operation::read_operations))
    return;
  auto text = metrics_text(ctx_.counters);
  if (ctx_.options.metrics)
    text += ctx_.options.metrics();
  // Who does not answer is left out; the rest is worth having.
  gate().ask_text<protocol::series_actor>(
    "vision/sources", protocol::get_series{},
    [this, x, text = std::move(text)](const result<std::string>& sources) {
      gate().ask_text<protocol::series_actor>(
        "vision/router", protocol::get_series{},
        [x, text = text + text_or_nothing(sources)](
          const result<std::string>& router) {
          x->finish(text_reply(text + text_or_nothing(router),
                               "text/plain; version=0.0.4"));
        });
    });
}

void api::openapi(const exchange_ptr& x) {
  if (ctx_.options.openapi_json.empty())
    return not_here(x);
  x->finish(json_reply(ctx_.options.openapi_json));
}

void api::asyncapi(const exchange_ptr& x) {
  if (ctx_.options.asyncapi_json.empty())
    return not_here(x);
  x->finish(json_reply(ctx_.options.asyncapi_json));
}

void api::stream_without_upgrade(const exchange_ptr& x) {
  auto out
    = problem_reply(refuse(ec::malformed, "the stream is a WebSocket"), 426);
  out.headers.emplace_back("Upgrade", "websocket");
  x->finish(std::move(out));
}

void api::file(const exchange_ptr& x) {
  const auto& files = ctx_.options.files;
  auto found = files.find(x->target.path);
  if (found == files.end())
    return not_here(x);
  const auto& f = found->second;
  reply out;
  out.headers.emplace_back("ETag", f.etag);
  out.headers.emplace_back("Cache-Control",
                           f.immutable ? "public, max-age=31536000, immutable"
                                       : "no-cache");
  if (!f.etag.empty() && x->header(http::field::if_none_match) == f.etag) {
    out.status = 304;
    return x->finish(std::move(out));
  }
  out.content_type = f.content_type;
  out.body = f.body;
  x->finish(std::move(out));
}

} // namespace ringside::net
