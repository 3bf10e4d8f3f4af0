#pragma once

#include "actors/protocol/journal_messages.hpp"
#include "actors/runtime/journal_pace.hpp"
#include "domain/audit/personal.hpp"

#include <variant>

namespace ringside {

/// Gives every entry of a page of a chain to `apply`, in order.
/// @param apply `result<unit>(const audit::entry_fields&, const auto& row)`.
/// @returns whether another page may follow; the error of the page, of an entry
/// that cannot be read (`corrupt`), or the first of `apply`.
template <class Apply>
result<bool> fold_chain(const protocol::entries_answer& page, Apply apply) {
  if (const auto* reason = std::get_if<error>(&page.outcome))
    return *reason;
  const auto& rows = *std::get<protocol::entry_list>(page.outcome);
  for (const auto& row : rows) {
    auto fields = audit::read_entry(row.bytes, row.personal);
    if (!fields)
      return refuse(ec::corrupt, fields.reason().detail);
    if (auto ok = apply(*fields, row); !ok)
      return ok.reason();
  }
  return rows.size() == journal_page;
}

} // namespace ringside
