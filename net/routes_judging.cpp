#include "actors/protocol/advice_actors.hpp"
#include "actors/protocol/judging_actors.hpp"
#include "domain/base/limits.hpp"
#include "domain/wire/field_reader.hpp"
#include "net/api.hpp"
#include "net/bout_path.hpp"
#include "net/request_body.hpp"
#include "net/seat_lookup.hpp"

#include <optional>
#include <utility>

namespace ringside::net {

namespace {

constexpr const char* shadows_name = "node/shadows";
constexpr const char* history_name = "node/history";
constexpr int points_max = 100;

/// A number of the path, 1 to `max`. Answers the request if it is none.
std::optional<int> number_of(const exchange_ptr& x, std::string_view key,
                             int max) {
  auto n = parse_number(x->param(key));
  if (n && *n >= 1 && *n <= static_cast<std::uint64_t>(max))
    return static_cast<int>(*n);
  x->refused(refuse(ec::not_found, "there is no such " + std::string{key},
                    std::string{key}));
  return std::nullopt;
}

/// In whole points or in tenths, as cards of the panel.
void read_score(wire::field_reader& f, rules::round_score& score) {
  auto whole = f.has("red") || f.has("blue");
  auto unit = whole ? 10 : 1;
  auto max = points_max * 10 / unit;
  f.integer(whole ? "red" : "red_x10", score.raw.red.count, 0, max);
  f.integer(whole ? "blue" : "blue_x10", score.raw.blue.count, 0, max);
  for (auto c : both_corners)
    score.raw[c].count *= unit;
}

} // namespace

void api::bout_judging(const exchange_ptr& x) {
  auto id = bout_of(x);
  if (!id || !check_query(x, {}))
    return;
  with_audience(x, [this, x, id = *id](wire::audience eyes) {
    gate().ask_text<protocol::scorer_actor>(
      "bout/" + id.str() + "/scorer", protocol::get_judging{eyes}, pass_on(x));
  });
}

// -- shadow seats -------------------------------------------------------------

void api::shadows_show(const exchange_ptr& x) {
  auto id = bout_of(x);
  if (id && check_query(x, {}))
    gate().ask_text<protocol::shadows_actor>(
      shadows_name, protocol::get_shadows{issuer_of(x), *id}, pass_on(x));
}

void api::shadow_give(const exchange_ptr& x) {
  auto id = bout_of(x);
  auto shadow
    = id ? number_of(x, "shadow", advice::shadow_seats_max) : std::nullopt;
  if (!shadow)
    return;
  protocol::give_shadow_seat what{issuer_of(x), {*id, *shadow, {}}};
  if (read_body(x, [&](auto& f) { f.name("account", what.what.account); }))
    gate().ask_text<protocol::shadows_actor>(shadows_name, std::move(what),
                                             pass_on(x));
}

void api::shadow_file(const exchange_ptr& x) {
  auto id = bout_of(x);
  auto shadow
    = id ? number_of(x, "shadow", advice::shadow_seats_max) : std::nullopt;
  auto round
    = shadow ? number_of(x, "round", limits::rounds_max) : std::nullopt;
  if (!round)
    return;
  protocol::file_shadow_card what{issuer_of(x),
                                  {*id, *shadow, *round, x->who.account, {}}};
  if (read_body(x, [&](auto& f) {
        read_score(f, what.what.card.score);
        f.optional_text("reason", what.what.card.reason);
      }))
    gate().ask_text<protocol::shadows_actor>(shadows_name, std::move(what),
                                             pass_on(x));
}

// -- history ------------------------------------------------------------------

void api::judge_reliability(const exchange_ptr& x) {
  const auto& account = x->param("account_id");
  if (!check_query(x, {}))
    return;
  if (x->who.role == role::judge && x->who.account != account)
    return x->refused(refuse(ec::not_found, "this is not your record",
                             "account_id",
                             "a judge sees nobody's record but the own"));
  gate().ask_text<protocol::history_actor>(
    history_name, protocol::get_reliability{account}, pass_on(x));
}

void api::fighter_statistics(const exchange_ptr& x) {
  if (!check_query(x, {"name"}))
    return;
  const auto* name = x->target.find("name");
  if (name == nullptr || name->empty() || name->size() > limits::name_bytes_max)
    return x->refused(refuse(ec::invalid_value, "a name is needed", "name"));
  gate().ask_text<protocol::history_actor>(
    history_name, protocol::get_career{*name}, pass_on(x));
}

} // namespace ringside::net
