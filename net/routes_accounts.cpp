#include "actors/protocol/ops_actors.hpp"
#include "domain/wire/field_reader.hpp"
#include "net/api.hpp"
#include "net/request_body.hpp"

#include <utility>

namespace ringside::net {

namespace {

constexpr const char* accounts_name = "node/accounts";

/// Shortest and longest life of a token, seconds.
constexpr std::int64_t ttl_min = 60;
constexpr std::int64_t ttl_max = 30 * 24 * 3'600;

std::string cookie_text(const peer& from, std::string_view token,
                        bool delete_it) {
  std::string out = from.secure ? "__Host-rsid=" : "rsid=";
  out += token;
  out += "; HttpOnly; SameSite=Strict; Path=/";
  if (from.secure)
    out += "; Secure";
  if (delete_it)
    out += "; Max-Age=0";
  return out;
}

std::string identity_json(const identity& who, bool authenticated) {
  return json::to_text(json::object{{"account", who.account},
                                    {"name", who.name},
                                    {"role", text_of(who.role)},
                                    {"authenticated", authenticated}});
}

/// The account of the path. Answers the request if it is no id.
bool check_account(const exchange_ptr& x) {
  if (valid_id_text(x->param("account_id")))
    return true;
  x->refused(refuse(ec::not_found, "there is no such account", "account_id"));
  return false;
}

} // namespace

// -- the session of a panel ---------------------------------------------------

void api::session_show(const exchange_ptr& x) {
  x->finish(json_reply(identity_json(x->who, x->authenticated)));
}

void api::session_open(const exchange_ptr& x) {
  std::string token;
  if (!read_body(x, [&](auto& f) { f.name("token", token); }))
    return;
  auto who
    = valid_token(token) ? ctx_.identify(digest_of(token)) : std::nullopt;
  if (!who)
    return failed(x);
  auto out = json_reply(identity_json(*who, true));
  out.headers.emplace_back("Set-Cookie", cookie_text(x->from, token, false));
  x->finish(std::move(out));
}

void api::session_end(const exchange_ptr& x) {
  reply out;
  out.status = 204;
  out.headers.emplace_back("Set-Cookie", cookie_text(x->from, "", true));
  x->finish(std::move(out));
}

void api::claim(const exchange_ptr& x) {
  protocol::claim_admin what;
  if (!read_body(x, [&](auto& f) {
        f.name("code", what.code);
        f.name("name", what.name);
      }))
    return;
  // Whoever guesses pays, and so does whoever is right: no difference shows.
  auto& bucket = failures_.of(x->from.address);
  if (!bucket.take(ctx_.now())) {
    ++ctx_.counters.rate_limited;
    return x->finish(retry_later(refuse(ec::rate_limited, "too many attempts"),
                                 bucket.retry_after_s()));
  }
  gate().ask_text<protocol::accounts_actor>(accounts_name, std::move(what),
                                            pass_on(x, 201));
}

// -- accounts -----------------------------------------------------------------

void api::accounts_list(const exchange_ptr& x) {
  gate().ask_text<protocol::accounts_actor>(
    accounts_name, protocol::list_accounts{}, pass_on(x));
}

void api::accounts_create(const exchange_ptr& x) {
  protocol::create_account what;
  what.by = issuer_of(x);
  if (!read_body(x, [&](auto& f) {
        f.name("name", what.name);
        f.word("role", what.role);
      }))
    return;
  gate().ask_text<protocol::accounts_actor>(accounts_name, std::move(what),
                                            pass_on(x, 201));
}

void api::token_issue(const exchange_ptr& x) {
  protocol::issue_token what;
  what.by = issuer_of(x);
  what.account = x->param("account_id");
  if (!check_account(x) || !read_body(x, [&](auto& f) {
        f.integer_or("ttl_s", what.ttl_s, what.ttl_s, ttl_min, ttl_max);
      }))
    return;
  gate().ask_text<protocol::accounts_actor>(accounts_name, std::move(what),
                                            pass_on(x, 201));
}

void api::tokens_revoke(const exchange_ptr& x) {
  if (!check_account(x))
    return;
  gate().ask_text<protocol::accounts_actor>(
    accounts_name,
    protocol::revoke_tokens{issuer_of(x), x->param("account_id")}, pass_on(x));
}

void api::role_set(const exchange_ptr& x) {
  protocol::set_role what;
  what.by = issuer_of(x);
  what.account = x->param("account_id");
  if (!check_account(x)
      || !read_body(x, [&](auto& f) { f.word("role", what.role); }))
    return;
  gate().ask_text<protocol::accounts_actor>(accounts_name, std::move(what),
                                            pass_on(x));
}

} // namespace ringside::net
