#include "net/seat_lookup.hpp"

#include "actors/protocol/bout_actors.hpp"
#include "domain/audit/json.hpp"

#include <utility>

namespace ringside::net {

namespace {

/// More than any state of a bout has.
constexpr json::limits state_limits{4 * 1024 * 1024, 16};

} // namespace

int seat_in(std::string_view state, std::string_view account) {
  auto parsed = json::parse(state, state_limits);
  if (!parsed || account.empty())
    return 0;
  const auto* seats = parsed->find("seats");
  if (seats == nullptr || seats->as_array() == nullptr)
    return 0;
  for (const auto& seat : *seats->as_array()) {
    const auto* holder = seat.find("account");
    const auto* number = seat.find("seat");
    if (holder != nullptr && number != nullptr && holder->as_string()
        && number->as_int() && *holder->as_string() == account)
      return static_cast<int>(*number->as_int());
  }
  return 0;
}

void find_seat(gateway& gate, const bout_id& bout, std::string account,
               std::function<void(int)> then) {
  protocol::get_bout what{{wire::audience::kind::control, 0},
                          protocol::bout_part::all};
  gate.ask_text<protocol::bout_actor>(
    "bout/" + bout.str() + "/bout", what,
    [account = std::move(account),
     then = std::move(then)](const result<std::string>& state) {
      then(state ? seat_in(*state, account) : 0);
    });
}

} // namespace ringside::net
