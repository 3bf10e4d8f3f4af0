#pragma once

#include "actors/protocol/command_messages.hpp"
#include "domain/audit/json.hpp"
#include "domain/bout/rights.hpp"
#include "domain/wire/ids.hpp"

#include <string>
#include <utility>

namespace ringside::net {

/// What a client is told about a command that is durable: {bout_id, version,
/// position, events, replayed?}. A repeat differs in `replayed` alone.
inline json::object accepted_fields(const protocol::accepted& x) {
  json::array events;
  for (auto no = x.first; no != 0 && no <= x.last; ++no)
    events.emplace_back(wire::event_id_text(no));
  json::object out{{"bout_id", x.bout.str()},
                   {"version", std::int64_t{x.version}},
                   {"position", x.position},
                   {"events", std::move(events)}};
  if (x.replayed)
    out.emplace("replayed", true);
  return out;
}

inline error not_allowed(role who, bout::operation what) {
  return refuse(ec::forbidden, std::string{text_of(who)} + " may not "
                                 + std::string{text_of(what)});
}

} // namespace ringside::net
