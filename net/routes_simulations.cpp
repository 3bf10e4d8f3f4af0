#include "actors/protocol/simulation_actors.hpp"
#include "domain/base/limits.hpp"
#include "domain/base/strong_id.hpp"
#include "domain/wire/field_reader.hpp"
#include "net/api.hpp"
#include "net/json_request.hpp"
#include "net/request_body.hpp"

#include <utility>

namespace ringside::net {

namespace {

constexpr const char* simulation_name = "node/simulation";
/// Seconds after which a place in the queue may be free.
constexpr const char* retry_after = "5";
constexpr std::int64_t speed_milli_max = 1'000'000;

using protocol::simulation_kind;
using protocol::simulation_spec;

/// A file of this node by its id: nothing that could be a path.
void read_id(wire::field_reader& f, std::string_view key, std::string& id,
             std::string fallback) {
  f.optional_name(key, id);
  if (id.empty())
    id = std::move(fallback);
  if (!id.empty() && !valid_id_text(id))
    f.fail(refuse(ec::invalid_value, "this is no id", f.path_of(key)));
}

void read_synthetic(wire::field_reader& f, simulation_spec& what) {
  std::optional<std::int64_t> number;
  f.optional_integer("bouts", number, 1,
                     static_cast<std::int64_t>(limits::simulation_bouts_max));
  what.bouts = static_cast<std::uint64_t>(number.value_or(10'000));
  f.optional_integer("seed", number, 0, json::integer_max);
  what.seed = static_cast<std::uint64_t>(number.value_or(1));
  f.optional_integer("rounds", number, 1, limits::rounds_max);
  what.rounds = static_cast<int>(number.value_or(3));
  f.flag("finishes", what.finishes, true);
  f.optional_integer("live", number, 0,
                     static_cast<std::int64_t>(limits::simulation_live_max));
  what.live = static_cast<std::uint64_t>(number.value_or(0));
  if (what.live > what.bouts)
    f.fail(refuse(ec::invalid_value, "at most as many as there are bouts",
                  f.path_of("live")));
  read_id(f, "ruleset", what.ruleset, "mma_abc_2025");
  read_id(f, "profile", what.profile, "mma_fit");
  read_id(f, "against", what.against, "");
}

/// Longer than any other text of a request, so read by hand.
void read_script(wire::field_reader& f, simulation_spec& what) {
  const auto* text = f.required("script");
  if (text != nullptr && text->as_string() == nullptr)
    f.fail(refuse(ec::malformed, "a script is a text", f.path_of("script")));
  else if (text != nullptr
           && text->as_string()->size() > limits::script_bytes_max)
    f.fail(refuse(ec::too_large, "a script has at most 12 KiB",
                  f.path_of("script")));
  else if (text != nullptr)
    what.script = *text->as_string();
  std::optional<std::int64_t> speed;
  f.optional_integer("speed_milli", speed, 0, speed_milli_max);
  what.speed_milli = speed.value_or(0);
}

result<simulation_spec> read_spec(const exchange_ptr& x) {
  auto body = parse_request(x->request.body());
  if (!body)
    return body.reason();
  simulation_spec what;
  wire::field_reader f{*body, wire::origin::request};
  f.word("kind", what.kind);
  if (what.kind == simulation_kind::script)
    read_script(f, what);
  else
    read_synthetic(f, what);
  if (auto ok = f.finish(); !ok)
    return ok.reason();
  return what;
}

} // namespace

void api::simulations_start(const exchange_ptr& x) {
  auto what = read_spec(x);
  if (!what)
    return x->refused(what.reason());
  gate().ask_text<protocol::simulation_actor>(
    simulation_name, protocol::start_simulation{issuer_of(x), std::move(*what)},
    [x](const result<std::string>& text) {
      if (text)
        return x->finish(json_reply(*text, 202));
      auto out = problem_reply(text.reason());
      if (text.reason().code == ec::rate_limited)
        out.headers.emplace_back("Retry-After", retry_after);
      x->finish(std::move(out));
    });
}

void api::simulations_list(const exchange_ptr& x) {
  if (check_query(x, {}))
    gate().ask_text<protocol::simulation_actor>(
      simulation_name, protocol::list_simulations{}, pass_on(x));
}

void api::simulation_show(const exchange_ptr& x) {
  if (check_query(x, {}))
    gate().ask_text<protocol::simulation_actor>(
      simulation_name, protocol::get_simulation{x->param("simulation_id")},
      pass_on(x));
}

void api::simulation_cancel(const exchange_ptr& x) {
  gate().ask_text<protocol::simulation_actor>(
    simulation_name,
    protocol::cancel_simulation{issuer_of(x), x->param("simulation_id")},
    pass_on(x));
}

} // namespace ringside::net
