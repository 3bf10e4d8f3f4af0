#include "net/problem.hpp"

#include "domain/audit/json.hpp"

#include <array>
#include <utility>

namespace ringside::net {

unsigned status_of(ec code) noexcept {
  switch (code) {
  case ec::malformed:
    return 400;
  case ec::unauthenticated:
    return 401;
  case ec::forbidden:
    return 403;
  case ec::not_found:
    return 404;
  case ec::command_id_reused:
  case ec::clock_not_running:
  case ec::clock_running:
  case ec::round_not_open:
  case ec::round_not_closed:
  case ec::round_locked:
  case ec::round_out_of_order:
  case ec::card_already_filed:
  case ec::cards_missing:
  case ec::seat_taken:
  case ec::seat_not_bound:
  case ec::bout_over:
  case ec::wrong_state:
  case ec::already_retracted:
  case ec::approval_required:
    return 409;
  case ec::too_large:
    return 413;
  case ec::invalid_value:
  case ec::score_not_allowed:
  case ec::reason_required:
  case ec::not_in_ruleset:
    return 422;
  case ec::rate_limited:
    return 429;
  case ec::overloaded:
  case ec::read_only:
  case ec::unavailable:
    return 503;
  case ec::timeout:
    return 504;
  case ec::corrupt:
  case ec::io_error:
  case ec::internal:
    break;
  }
  return 500;
}

std::string_view phrase_of(unsigned status) noexcept {
  constexpr std::array<std::pair<unsigned, std::string_view>, 26> phrases{{
    {100, "Continue"},
    {101, "Switching Protocols"},
    {200, "OK"},
    {201, "Created"},
    {204, "No Content"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {426, "Upgrade Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
  }};
  for (const auto& [number, text] : phrases)
    if (number == status)
      return text;
  return "Unknown";
}

std::string problem_json(unsigned status, const error& why) {
  auto code = to_string(why.code);
  json::object fields{
    {"type", "urn:ringside:problem:" + std::string{code}},
    {"title", phrase_of(status)},
    {"status", static_cast<std::int64_t>(status)},
    {"detail", why.detail},
    {"code", code},
  };
  if (!why.field.empty())
    fields.emplace("field", why.field);
  if (!why.hint.empty())
    fields.emplace("hint", why.hint);
  return json::to_text(fields);
}

} // namespace ringside::net
