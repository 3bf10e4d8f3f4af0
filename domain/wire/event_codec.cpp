#include "domain/wire/event_codec.hpp"

#include "domain/wire/event_fields.hpp"
#include "domain/wire/field_reader.hpp"
#include "domain/wire/field_writer.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace ringside::wire {

namespace {

constexpr std::size_t event_count = std::variant_size_v<bout::event_body>;

/// In the order of `bout::event_body`; logged facts are in `fact_kinds`.
constexpr std::array<std::string_view, event_count> body_kinds{
  "bout_created",      "judge_assigned",
  "seat_bound",        "round_opened",
  "clock_started",     "clock_stopped",
  "round_closed",      "",
  "event_retracted",   "fact_replaced",
  "card_filed",        "card_revised",
  "round_locked",      "round_unlocked",
  "finish_recorded",   "stoppage_recorded",
  "extension_ordered", "picks_requested",
  "result_derived",    "result_withdrawn",
  "result_approved",   "result_published",
  "result_overturned", "bout_cancelled",
  "note_added",        "protest_raised",
  "protest_ruled"};

static_assert(std::is_same_v<std::variant_alternative_t<7, bout::event_body>,
                             bout::fact_logged>);

/// An event body of this kind with default values.
std::optional<bout::event_body> blank_event(std::string_view name) {
  auto fact = std::find(fact_kinds.begin(), fact_kinds.end(), name);
  if (fact != fact_kinds.end()) {
    bout::fact_logged logged;
    logged.what = alternative<bout::fact>(
      static_cast<std::size_t>(fact - fact_kinds.begin()));
    return bout::event_body{std::move(logged)};
  }
  auto found = std::find(body_kinds.begin(), body_kinds.end(), name);
  if (name.empty() || found == body_kinds.end())
    return std::nullopt;
  return alternative<bout::event_body>(
    static_cast<std::size_t>(found - body_kinds.begin()));
}

} // namespace

std::string_view kind_of(const bout::event_body& body) noexcept {
  if (const auto* logged = std::get_if<bout::fact_logged>(&body))
    return fact_kinds[logged->what.index()];
  return body_kinds[body.index()];
}

std::vector<std::string_view> all_kinds() {
  std::vector<std::string_view> all;
  for (auto kind : body_kinds)
    if (!kind.empty())
      all.push_back(kind);
  all.insert(all.end(), fact_kinds.begin(), fact_kinds.end());
  return all;
}

json::value data_of(const bout::event& e) {
  field_writer f;
  f.put("at_us", e.at.count);
  // A description takes what it could also fill; the writer leaves it alone.
  auto body = e.body;
  std::visit([&f](auto& x) { fields(f, x); }, body);
  return std::move(f).take();
}

result<bout::event> event_from(std::string_view kind, const json::value& data,
                               bout::event_no no, issuer by) {
  auto body = blank_event(kind);
  if (!body)
    return refuse(ec::malformed, "there is no event '" + shortened(kind) + "'",
                  "kind");
  bout::event e{no, std::move(by), {}, std::move(*body)};
  field_reader f{data, origin::journal};
  f.integer("at_us", e.at.count, 0, json::integer_max);
  std::visit([&f](auto& x) { fields(f, x); }, e.body);
  if (auto ok = f.finish(); !ok)
    return ok.reason();
  return e;
}

json::value outcome_json(const rules::outcome& result) {
  field_writer f;
  auto copy = result;
  fields(f, copy);
  return std::move(f).take();
}

result<rules::outcome> outcome_from(const json::value& v) {
  rules::outcome x;
  field_reader f{v, origin::journal};
  fields(f, x);
  if (auto ok = f.finish(); !ok)
    return ok.reason();
  return x;
}

} // namespace ringside::wire
