#include "actors/protocol/bout_actors.hpp"
#include "domain/wire/command_codec.hpp"
#include "net/api.hpp"
#include "net/bout_path.hpp"
#include "net/command_text.hpp"
#include "net/json_request.hpp"
#include "net/seat_lookup.hpp"

#include <memory>
#include <utility>

namespace ringside::net {

namespace {

constexpr std::size_t page_max = 1'000;

std::string door(const bout_id& id) {
  return "bout/" + id.str() + "/bout";
}

std::string query_text(const exchange_ptr& x, std::string_view key) {
  const auto* text = x->target.find(key);
  return text != nullptr ? *text : std::string{};
}

} // namespace

void api::rulesets(const exchange_ptr& x) {
  if (!check_query(x, {}))
    return;
  if (!ctx_.options.rulesets)
    return not_here(x);
  x->finish(json_reply(ctx_.options.rulesets()));
}

void api::ruleset(const exchange_ptr& x) {
  const auto& id = x->param("ruleset_id");
  auto text = ctx_.options.ruleset && valid_id_text(id)
                ? ctx_.options.ruleset(id)
                : std::nullopt;
  if (!text)
    return x->refused(
      refuse(ec::not_found, "there is no such rule set", "ruleset_id"));
  x->finish(json_reply(std::move(*text)));
}

void api::bouts_list(const exchange_ptr& x) {
  if (!check_query(x, {"state", "event", "after", "limit"}))
    return;
  auto limit = query_number(x, "limit", 100, page_max);
  if (!limit)
    return;
  protocol::list_bouts what{query_text(x, "state"), query_text(x, "event"),
                            query_text(x, "after"), *limit};
  gate().ask_text<protocol::bouts_actor>("bouts", std::move(what), pass_on(x));
}

// -- commands -----------------------------------------------------------------

void api::bouts_create(const exchange_ptr& x) {
  auto body = parse_request(x->request.body());
  if (!body)
    return x->refused(body.reason());
  auto parsed
    = wire::parse_create_bout(*body, issuer{x->who.role, x->who.account});
  if (!parsed)
    return x->refused(parsed.reason());
  submit(x, {},
         std::make_shared<const bout::command>(std::move(parsed->command)),
         201);
}

void api::bout_command(const exchange_ptr& x) {
  auto id = bout_of(x);
  if (!id)
    return;
  if (!x->authenticated)
    return needs_token(x);
  auto body = parse_request(x->request.body());
  if (!body)
    return x->refused(body.reason());
  auto parsed = wire::parse_command(*body, issuer{x->who.role, x->who.account});
  if (!parsed)
    return x->refused(parsed.reason());
  if (!check_right(x, bout::operation_of(parsed->command.body)))
    return;
  submit(x, *id,
         std::make_shared<const bout::command>(std::move(parsed->command)),
         200);
}

void api::submit(const exchange_ptr& x, const bout_id& bout, command_ptr what,
                 unsigned status) {
  gate().submit(
    bout, std::move(what), [x, status](const command_outcome& outcome) {
      if (const auto* why = std::get_if<error>(&outcome)) {
        // By the door of the bout, whose tokens come back within a second.
        if (why->code == ec::rate_limited)
          return x->finish(retry_later(*why, 1));
        return x->refused(*why);
      }
      const auto& done = std::get<protocol::accepted>(outcome);
      auto out = json_reply(json::to_text(accepted_fields(done)), status);
      if (status == 201)
        out.headers.emplace_back("Location",
                                 "/api/v1/bouts/" + done.bout.str());
      x->finish(std::move(out));
    });
}

// -- reading ------------------------------------------------------------------

void api::with_audience(const exchange_ptr& x,
                        std::function<void(wire::audience)> then) {
  auto seat = query_number(x, "seat", 0, limits::seats_max);
  if (!seat)
    return;
  auto who = x->who.role;
  if (who != role::judge)
    return then(wire::audience_for(who, 0));
  find_seat(
    gate(), bout_id{x->param("bout_id")}, x->who.account,
    [who, wanted = static_cast<int>(*seat), then = std::move(then)](int found) {
      then(wire::audience_for(who, wanted == 0 || wanted == found ? found : 0));
    });
}

void api::show_part(const exchange_ptr& x, protocol::bout_part part) {
  auto id = bout_of(x);
  if (!id || !check_query(x, {"seat"}))
    return;
  with_audience(x, [this, x, part, name = door(*id)](wire::audience eyes) {
    gate().ask_text<protocol::bout_actor>(name, protocol::get_bout{eyes, part},
                                          pass_on(x));
  });
}

void api::bout_show(const exchange_ptr& x) {
  show_part(x, protocol::bout_part::all);
}

void api::bout_cards(const exchange_ptr& x) {
  show_part(x, protocol::bout_part::cards);
}

void api::bout_result(const exchange_ptr& x) {
  show_part(x, protocol::bout_part::result);
}

void api::bout_statistics(const exchange_ptr& x) {
  show_part(x, protocol::bout_part::statistics);
}

void api::bout_events(const exchange_ptr& x) {
  auto id = bout_of(x);
  if (!id || !check_query(x, {"after_version", "limit"}))
    return;
  auto after = query_number(x, "after_version", 0, limits::bout_events_max);
  if (!after)
    return;
  auto limit = query_number(x, "limit", 500, page_max);
  if (!limit)
    return;
  protocol::get_bout_events what{wire::audience_for(x->who.role, 0),
                                 static_cast<bout::event_no>(*after), *limit};
  gate().ask_text<protocol::bout_actor>(door(*id), what, pass_on(x));
}

} // namespace ringside::net
