#include "domain/wire/command_codec.hpp"

#include "domain/audit/sha256.hpp"
#include "domain/wire/card_form.hpp"
#include "domain/wire/command_fields.hpp"
#include "domain/wire/field_reader.hpp"
#include "domain/wire/field_writer.hpp"
#include "domain/wire/personal.hpp"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

namespace ringside::wire {

namespace {

constexpr std::size_t command_count = std::variant_size_v<bout::command_body>;

/// In the order of `bout::command_body`. A bout is created by a call of its
/// own; logged facts are in `fact_commands`.
constexpr std::array<std::string_view, command_count> body_types{
  "",
  "assign_judge",
  "bind_seat",
  "open_round",
  "start_clock",
  "stop_clock",
  "close_round",
  "",
  "retract_event",
  "replace_event",
  "submit_card",
  "revise_card",
  "lock_round",
  "unlock_round",
  "record_finish",
  "record_stoppage",
  "approve_result",
  "publish_result",
  "overturn_result",
  "cancel_bout",
  "add_note",
  "raise_protest",
  "rule_on_protest"};

static_assert(std::is_same_v<std::variant_alternative_t<7, bout::command_body>,
                             bout::log_fact>);

template <class T>
constexpr bool is_card
  = std::is_same_v<T,
                   bout::submit_card> || std::is_same_v<T, bout::revise_card>;

/// A body of this type with default values.
std::optional<bout::command_body> blank_command(std::string_view type) {
  auto fact = std::find(fact_commands.begin(), fact_commands.end(), type);
  if (fact != fact_commands.end()) {
    bout::log_fact log;
    log.what = alternative<bout::fact>(
      static_cast<std::size_t>(fact - fact_commands.begin()));
    return bout::command_body{std::move(log)};
  }
  auto found = std::find(body_types.begin(), body_types.end(), type);
  if (type.empty() || found == body_types.end())
    return std::nullopt;
  return alternative<bout::command_body>(
    static_cast<std::size_t>(found - body_types.begin()));
}

std::string_view type_of(const bout::command_body& body) noexcept {
  if (const auto* log = std::get_if<bout::log_fact>(&body))
    return fact_commands[log->what.index()];
  return body_types[body.index()];
}

error no_such_type(std::string_view type) {
  auto known = all_command_types();
  auto near = nearest(type, known);
  auto detail = "there is no command '" + shortened(type) + "'";
  if (!near.empty())
    detail += "; the nearest one is '" + std::string{near} + "'";
  return refuse(ec::invalid_value, std::move(detail), "type",
                type == "create_bout" ? "create bouts by POST /api/v1/bouts"
                                      : "");
}

template <class F>
void device_fields(F& f, device_time& x) {
  f.integer("device_us", x.device_us, 0, json::integer_max);
  f.integer("generation", x.generation, 0, json::integer_max);
}

/// What every body has, and the digest of it all.
void read_frame(field_reader& f, const json::value& body, const issuer& by,
                parsed_command& out) {
  f.id("command_id", out.command.id);
  out.command.by = by;
  out.command.digest = audit::sha256(json::to_text(body));
}

} // namespace

result<parsed_command> parse_command(const json::value& body,
                                     const issuer& by) {
  field_reader f{body, origin::request};
  parsed_command out;
  read_frame(f, body, by, out);
  // Without a type there is no saying which other fields are known.
  std::string type;
  f.name("type", type);
  const auto* given = body.find("type");
  if (given == nullptr || given->as_string() == nullptr)
    return f.first_error();
  auto blank = blank_command(type);
  if (!blank)
    return no_such_type(*given->as_string());
  out.command.body = std::move(*blank);
  out.command.public_digest = public_digest(type, body);
  std::visit(
    [&f](auto& x) {
      fields(f, x);
      if constexpr (is_card<std::decay_t<decltype(x)>>)
        x.entry = read_card(f);
    },
    out.command.body);
  if (f.has("at"))
    f.nested("at", [&out](auto& sub) { device_fields(sub, out.at.emplace()); });
  if (auto ok = f.finish(); !ok)
    return ok.reason();
  return out;
}

result<parsed_command> parse_create_bout(const json::value& body,
                                         const issuer& by) {
  field_reader f{body, origin::request};
  parsed_command out;
  read_frame(f, body, by, out);
  bout::create_bout x;
  fields(f, x);
  if (auto ok = f.finish(); !ok)
    return ok.reason();
  out.command.body = std::move(x);
  return out;
}

json::value command_json(const bout::command& c,
                         const std::optional<device_time>& at) {
  field_writer f;
  auto id = c.id;
  f.id("command_id", id);
  if (auto type = type_of(c.body); !type.empty())
    f.put("type", type);
  // A description takes what it could also fill; the writer leaves it alone.
  auto body = c.body;
  std::visit(
    [&f](auto& x) {
      fields(f, x);
      if constexpr (is_card<std::decay_t<decltype(x)>>)
        write_card(f, x.entry);
    },
    body);
  if (at)
    f.nested("at",
             [copy = *at](auto& sub) mutable { device_fields(sub, copy); });
  return std::move(f).take();
}

std::vector<std::string_view> all_command_types() {
  std::vector<std::string_view> all;
  for (auto type : body_types)
    if (!type.empty())
      all.push_back(type);
  all.insert(all.end(), fact_commands.begin(), fact_commands.end());
  return all;
}

} // namespace ringside::wire
