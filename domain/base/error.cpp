#include "domain/base/error.hpp"

#include <array>

namespace ringside {

namespace {

constexpr std::array names{
  std::string_view{"malformed"},
  std::string_view{"invalid_value"},
  std::string_view{"too_large"},
  std::string_view{"unauthenticated"},
  std::string_view{"forbidden"},
  std::string_view{"not_found"},
  std::string_view{"command_id_reused"},
  std::string_view{"clock_not_running"},
  std::string_view{"clock_running"},
  std::string_view{"round_not_open"},
  std::string_view{"round_not_closed"},
  std::string_view{"round_locked"},
  std::string_view{"round_out_of_order"},
  std::string_view{"card_already_filed"},
  std::string_view{"cards_missing"},
  std::string_view{"seat_taken"},
  std::string_view{"seat_not_bound"},
  std::string_view{"score_not_allowed"},
  std::string_view{"reason_required"},
  std::string_view{"bout_over"},
  std::string_view{"wrong_state"},
  std::string_view{"already_retracted"},
  std::string_view{"not_in_ruleset"},
  std::string_view{"approval_required"},
  std::string_view{"rate_limited"},
  std::string_view{"overloaded"},
  std::string_view{"read_only"},
  std::string_view{"unavailable"},
  std::string_view{"timeout"},
  std::string_view{"corrupt"},
  std::string_view{"io_error"},
  std::string_view{"internal"},
};

static_assert(names.size() == static_cast<std::size_t>(ec::internal) + 1);

} // namespace

std::string_view to_string(ec code) noexcept {
  auto index = static_cast<std::size_t>(code);
  return index < names.size() ? names[index] : std::string_view{"internal"};
}

} // namespace ringside
