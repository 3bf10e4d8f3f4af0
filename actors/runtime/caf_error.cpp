#include "actors/runtime/caf_error.hpp"

#include <caf/atom.hpp>
#include <caf/error.hpp>
#include <caf/exit_reason.hpp>
#include <caf/make_message.hpp>
#include <caf/message.hpp>
#include <caf/sec.hpp>
#include <caf/to_string.hpp>

namespace ringside {

namespace {

constexpr auto refusal_category = caf::atom("ringside");
constexpr auto restart_category = caf::atom("restart");

} // namespace

caf::error to_caf(const error& reason) {
  return {static_cast<std::uint8_t>(reason.code), refusal_category,
          caf::make_message(reason.detail, reason.field, reason.hint)};
}

caf::error refusal(ec code, std::string detail) {
  return to_caf({code, std::move(detail), {}, {}});
}

error from_caf(const caf::error& reason) {
  if (!reason)
    return {ec::internal, "no reason", {}, {}};
  auto& context = reason.context();
  if (reason.category() == refusal_category
      && context.match_elements<std::string, std::string, std::string>())
    return {static_cast<ec>(reason.code()), context.get_as<std::string>(0),
            context.get_as<std::string>(1), context.get_as<std::string>(2)};
  if (reason == caf::sec::request_timeout)
    return {ec::timeout, "no answer in time", {}, {}};
  if (reason == caf::sec::request_receiver_down)
    return {ec::unavailable, "the receiver is gone", {}, {}};
  return {ec::internal, describe(reason), {}, {}};
}

std::string describe(const caf::error& reason) {
  if (!reason)
    return "normal";
  if (is_restart(reason))
    return "restart";
  std::string text;
  if (reason.category() == refusal_category)
    text = to_string(static_cast<ec>(reason.code()));
  else if (reason.category() == caf::atom("system"))
    text = to_string(static_cast<caf::sec>(reason.code()));
  else if (reason.category() == caf::atom("exit"))
    text = to_string(static_cast<caf::exit_reason>(reason.code()));
  else
    text
      = caf::to_string(reason.category()) + ' ' + std::to_string(reason.code());
  auto& context = reason.context();
  for (std::size_t i = 0; i < context.size(); ++i)
    if (context.match_element<std::string>(i)
        && !context.get_as<std::string>(i).empty())
      text += ": " + context.get_as<std::string>(i);
  return text;
}

caf::error restart_reason() {
  return {1, restart_category};
}

bool is_restart(const caf::error& reason) {
  return reason && reason.category() == restart_category;
}

bool is_orderly(const caf::error& reason) {
  return !reason || reason == caf::exit_reason::normal
         || reason == caf::exit_reason::user_shutdown || is_restart(reason);
}

} // namespace ringside
