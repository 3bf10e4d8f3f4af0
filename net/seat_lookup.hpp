#pragma once

#include "domain/base/strong_id.hpp"
#include "net/gateway.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace ringside::net {

/// The seat that `account` holds according to the state of a bout as control
/// sees it; 0 if none.
int seat_in(std::string_view state, std::string_view account);

/// Asks the BOUT which seat an account holds, for only that decides whose card
/// somebody may see: not what a client says, and not who knocked at a seat.
/// @param then Gets 0 for no seat and whenever it cannot be found out.
void find_seat(gateway& gate, const bout_id& bout, std::string account,
               std::function<void(int)> then);

} // namespace ringside::net
