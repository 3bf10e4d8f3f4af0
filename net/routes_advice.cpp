#include "actors/protocol/advice_actors.hpp"
#include "domain/advice/calibration_entry.hpp"
#include "net/api.hpp"
#include "net/request_body.hpp"
#include "net/seat_lookup.hpp"

#include <utility>

namespace ringside::net {

namespace {

using protocol::calibration_actor;

constexpr const char* calibration_name = "node/calibration";
constexpr std::int64_t version_max = 1'000'000'000;
constexpr std::size_t history_max = 200;
constexpr std::int64_t rounds_max = 200;

} // namespace

// -- assessments --------------------------------------------------------------

void api::round_assessment(const exchange_ptr& x) {
  const auto& text = x->param("bout_id");
  auto round = parse_number(x->param("round"));
  if (!check_query(x, {}))
    return;
  if (!valid_id_text(text))
    return x->refused(
      refuse(ec::not_found, "there is no such bout", "bout_id"));
  if (!round || *round < 1 || *round > limits::rounds_max)
    return x->refused(refuse(ec::not_found, "there is no such round", "round"));
  auto ask = [this, x, name = "bout/" + text + "/scorer",
              n = static_cast<int>(*round)](int seat) {
    protocol::get_assessment what{
      wire::assessment_audience_for(x->who.role, seat), n};
    gate().ask_text<protocol::scorer_actor>(name, what, pass_on(x));
  };
  if (x->who.role != role::judge)
    return ask(0);
  find_seat(gate(), bout_id{text}, x->who.account, ask);
}

// -- calibration --------------------------------------------------------------

void api::calibration_show(const exchange_ptr& x) {
  if (check_query(x, {}))
    gate().ask_text<calibration_actor>(calibration_name,
                                       protocol::get_calibration{}, pass_on(x));
}

void api::calibration_set(const exchange_ptr& x) {
  protocol::set_calibration what;
  what.by = issuer_of(x);
  if (!read_body(x, [&](auto& f) {
        f.integer("version", what.version, 0, version_max);
        f.text("reason", what.reason);
        advice::read_change(f, what.wanted);
      }))
    return;
  gate().ask_text<calibration_actor>(calibration_name, std::move(what),
                                     pass_on(x));
}

void api::calibration_history(const exchange_ptr& x) {
  if (!check_query(x, {"after_version", "limit"}))
    return;
  auto after = query_number(x, "after_version", 0, version_max);
  if (!after)
    return;
  auto limit = query_number(x, "limit", 50, history_max);
  if (!limit)
    return;
  gate().ask_text<calibration_actor>(
    calibration_name,
    protocol::get_calibration_history{static_cast<int>(*after), *limit},
    pass_on(x));
}

void api::calibration_preview(const exchange_ptr& x) {
  protocol::preview_calibration what;
  if (!read_body(x, [&](auto& f) {
        std::size_t fallback = what.rounds;
        f.integer_or("rounds", what.rounds, fallback, 1, rounds_max);
        advice::read_change(f, what.wanted);
      }))
    return;
  gate().ask_text<calibration_actor>(calibration_name, std::move(what),
                                     pass_on(x));
}

void api::calibration_rollback(const exchange_ptr& x) {
  protocol::roll_back what;
  what.by = issuer_of(x);
  if (!read_body(x, [&](auto& f) {
        f.integer("version", what.version, 0, version_max);
        f.integer("to", what.to, 0, version_max);
        f.text("reason", what.reason);
      }))
    return;
  gate().ask_text<calibration_actor>(calibration_name, std::move(what),
                                     pass_on(x));
}

// -- profiles -----------------------------------------------------------------

void api::profiles_list(const exchange_ptr& x) {
  if (check_query(x, {}))
    gate().ask_text<calibration_actor>(calibration_name,
                                       protocol::get_profiles{}, pass_on(x));
}

void api::profiles_reload(const exchange_ptr& x) {
  protocol::reload_profiles what;
  what.by = issuer_of(x);
  if (!read_body(x, [&](auto& f) { f.text("reason", what.reason); }))
    return;
  gate().ask_text<calibration_actor>(calibration_name, std::move(what),
                                     pass_on(x));
}

} // namespace ringside::net
