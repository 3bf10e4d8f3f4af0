#include "net/api.hpp"

#include "net/command_text.hpp"

#include <algorithm>
#include <utility>

namespace ringside::net {

namespace {

constexpr std::string_view stream_path = "/api/v1/stream";
constexpr std::string_view stream_protocol = "ringside.v1";

bool changes_nothing(http::verb method) noexcept {
  return method == http::verb::get || method == http::verb::head;
}

std::string_view cookie_name(const peer& from) noexcept {
  return from.secure ? "__Host-rsid" : "rsid";
}

bool is_api(std::string_view path) noexcept {
  return path.starts_with("/api/") || path == "/metrics";
}

/// True if a comma-separated header names `wanted`.
bool offers(std::string_view list, std::string_view wanted) noexcept {
  while (!list.empty()) {
    auto end = list.find(',');
    auto item = list.substr(0, end);
    auto first = item.find_first_not_of(" \t");
    if (first != std::string_view::npos
        && item.substr(first, item.find_last_not_of(" \t") - first + 1)
             == wanted)
      return true;
    if (end == std::string_view::npos)
      break;
    list.remove_prefix(end + 1);
  }
  return false;
}

} // namespace

api::api(net_context& ctx, lane& where)
  : ctx_(ctx), where_(where), writes_(ctx.options.limits.http_writes),
    failures_(ctx.options.limits.failures) {
  // nop
}

void api::handle(const exchange_ptr& x) {
  ++ctx_.counters.requests;
  if (check_request(x))
    dispatch(x);
}

// -- the checks of every request ----------------------------------------------

bool api::check_request(const exchange_ptr& x) {
  auto hosts = x->request.count(http::field::host);
  auto host = x->header(http::field::host);
  if (hosts != 1 || host.empty())
    return x->refused(refuse(ec::malformed, "exactly one Host is needed")),
           false;
  if (!ctx_.hosts.host_allowed(host, x->from.local_address))
    return x->refused(refuse(ec::forbidden, "this server has another name", {},
                             "add the name to the allowed hosts"),
                      421),
           false;
  auto method = x->request.method();
  if (method == http::verb::trace || method == http::verb::connect
      || method == http::verb::unknown)
    return x->refused(refuse(ec::malformed, "this method is not served"), 405),
           false;
  auto raw = x->request.target();
  auto target = parse_target({raw.data(), raw.size()});
  if (!target)
    return x->refused(target.reason()), false;
  x->target = std::move(*target);
  return check_origin(x) && check_identity(x);
}

bool api::check_origin(const exchange_ptr& x) {
  if (changes_nothing(x->request.method()))
    return true;
  auto origin = x->header(http::field::origin);
  auto known
    = !origin.empty()
      && ctx_.hosts.origin_allowed(origin, x->header(http::field::host));
  auto site = x->request["Sec-Fetch-Site"];
  auto foreign = !site.empty() && site != "same-origin" && site != "none";
  if (known || (origin.empty() && !foreign))
    return true;
  return x->refused(refuse(ec::forbidden, "not from a page of another site")),
         false;
}

bool api::check_identity(const exchange_ptr& x) {
  if (!is_api(x->target.path))
    return true;
  auto authorization = x->header(http::field::authorization);
  std::optional<std::string_view> token;
  if (!authorization.empty()) {
    token = bearer_token(authorization);
  } else if (x->from.secure || x->from.loopback || ctx_.options.plain_cookies) {
    token = cookie_value(x->header(http::field::cookie), cookie_name(x->from));
    if (token && !valid_token(*token))
      token.reset();
  }
  if (token) {
    x->token = digest_of(*token);
    if (auto who = ctx_.identify(*x->token)) {
      x->who = std::move(*who);
      x->authenticated = true;
      return true;
    }
    x->token.reset();
  }
  // A stale cookie is a visitor; a stale token is a mistake worth telling.
  if (authorization.empty())
    return true;
  failed(x);
  return false;
}

void api::failed(const exchange_ptr& x) {
  if (auto why = ctx_.identities->trouble())
    return x->refused(*why);
  auto& bucket = failures_.of(x->from.address);
  if (bucket.take(ctx_.now()))
    return x->refused(refuse(ec::unauthenticated, "the token is not valid"));
  ++ctx_.counters.rate_limited;
  x->finish(retry_later(refuse(ec::rate_limited, "too many failed proofs"),
                        bucket.retry_after_s()));
}

bool api::check_right(const exchange_ptr& x, bout::operation right) {
  if (bout::allowed(x->who.role, right))
    return true;
  if (x->authenticated)
    x->refused(not_allowed(x->who.role, right));
  else
    needs_token(x);
  return false;
}

void api::needs_token(const exchange_ptr& x) {
  auto why = ctx_.identities->trouble();
  x->refused(why ? *why : refuse(ec::unauthenticated, "this needs a token"));
}

bool api::check_body(const exchange_ptr& x, body_kind kind) {
  if (kind == body_kind::none) {
    if (x->request.body().empty())
      return true;
    return x->refused(refuse(ec::malformed, "this request takes no body")),
           false;
  }
  auto type = x->header(http::field::content_type);
  auto end = type.find(';');
  auto essence = type.substr(0, end);
  while (essence.ends_with(' '))
    essence.remove_suffix(1);
  if (beast::iequals({essence.data(), essence.size()}, "application/json"))
    return true;
  return x->refused(refuse(ec::malformed, "the body has to be "
                                          "application/json"),
                    415),
         false;
}

bool api::check_write_rate(const exchange_ptr& x) {
  auto& bucket = writes_.of(x->from.address);
  if (bucket.take(ctx_.now()))
    return true;
  ++ctx_.counters.rate_limited;
  x->finish(retry_later(refuse(ec::rate_limited, "too many requests"),
                        bucket.retry_after_s()));
  return false;
}

bool api::check_query(const exchange_ptr& x,
                      std::initializer_list<std::string_view> known) {
  for (const auto& [key, value] : x->target.query)
    if (std::find(known.begin(), known.end(), key) == known.end())
      return x->refused(
               refuse(ec::malformed, "there is no such parameter", key)),
             false;
  return true;
}

// -- routes -------------------------------------------------------------------

void api::dispatch(const exchange_ptr& x) {
  auto method = x->request.method();
  auto wanted = method == http::verb::head ? http::verb::get : method;
  std::string allow;
  for (const auto& r : all_routes()) {
    auto params = match_pattern(r.pattern, x->target.segments);
    if (!params)
      continue;
    if (r.method != wanted) {
      auto name = http::to_string(r.method);
      allow += (allow.empty() ? "" : ", ") + std::string{name};
      continue;
    }
    x->params = std::move(*params);
    if (r.right && !check_right(x, *r.right))
      return;
    if (!changes_nothing(method) && !check_write_rate(x))
      return;
    if (check_body(x, r.body))
      (this->*r.handler)(x);
    return;
  }
  if (allow.empty())
    return changes_nothing(method) ? file(x) : not_here(x);
  auto out = problem_reply(refuse(ec::malformed, "not with this method"), 405);
  out.headers.emplace_back("Allow", std::move(allow));
  x->finish(std::move(out));
}

void api::not_here(const exchange_ptr& x) {
  x->refused(refuse(ec::not_found, "there is nothing at this path"));
}

bool api::admit_stream(const exchange_ptr& x) {
  ++ctx_.counters.requests;
  if (!check_request(x))
    return false;
  if (x->target.path != stream_path)
    return not_here(x), false;
  auto origin = x->header(http::field::origin);
  auto bearer = !x->header(http::field::authorization).empty();
  if (origin.empty()
        ? !bearer
        : !ctx_.hosts.origin_allowed(origin, x->header(http::field::host)))
    return x->refused(refuse(ec::forbidden, "not from this origin", {},
                             "a client without an Origin needs a Bearer "
                             "token")),
           false;
  auto protocols = x->header(http::field::sec_websocket_protocol);
  if (!protocols.empty() && !offers(protocols, stream_protocol))
    return x->refused(refuse(ec::malformed, "the subprotocol is ringside.v1")),
           false;
  return check_query(x, {}) && check_right(x, bout::operation::read_board);
}

on_text api::pass_on(const exchange_ptr& x, unsigned status,
                     std::string content_type) {
  return [x, status,
          type = std::move(content_type)](const result<std::string>& text) {
    if (!text)
      return x->refused(text.reason());
    auto out = json_reply(*text, status);
    out.content_type = type;
    x->finish(std::move(out));
  };
}

std::optional<std::uint64_t> query_number(const exchange_ptr& x,
                                          std::string_view key,
                                          std::uint64_t fallback,
                                          std::uint64_t max) {
  const auto* text = x->target.find(key);
  if (text == nullptr)
    return fallback;
  auto n = parse_number(*text);
  if (n && *n <= max)
    return n;
  x->refused(refuse(ec::invalid_value,
                    "not a number from 0 to " + std::to_string(max),
                    std::string{key}));
  return std::nullopt;
}

} // namespace ringside::net
