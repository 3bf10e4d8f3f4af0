#pragma once

#include "domain/base/role.hpp"
#include "domain/bout/command.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ringside::wire {

/// The wire id of an event of a bout: `e12` for the twelfth.
std::string event_id_text(bout::event_no no);

/// Reads `e12`; no sign, no leading zero, nothing behind it.
std::optional<bout::event_no> parse_event_id(std::string_view text) noexcept;

/// Reads `role:account` as `to_string(issuer)` writes it.
std::optional<issuer> parse_issuer(std::string_view text);

} // namespace ringside::wire
