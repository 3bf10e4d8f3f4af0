#pragma once

#include "persistence/journal_store.hpp"
#include "persistence/sqlite/statement.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Conversion between rows and values. The take functions fill `out` from the
/// columns the statements of journal_statements select, and answer false if
/// the row cannot have been written by us.
namespace ringside::persistence::sqlite {

bool take_entry(const statement& row, journal_entry& out);
bool take_head(const statement& row, journal_head& out);
bool take_tail(const statement& row, bout_tail& out);
bool take_checkpoint(const statement& row, checkpoint_row& out);
bool take_hash(const statement& row, int column, audit::hash& out);

/// The hashes one after the other, as the head row keeps them.
std::span<const std::uint8_t> flat(const std::vector<audit::hash>& hashes);

/// `corrupt`, with what is wrong.
error damaged(std::string_view what);

/// The same for one of many rows. @param doing what the query was for.
error damaged_row(std::string_view doing, std::size_t position);

/// Steps through all rows; `take(row, out, position)` fills one element and
/// says whether the row is sound.
template <class T, class Take>
result<std::vector<T>> collect(statement& rows, const char* doing, Take take) {
  std::vector<T> out;
  for (;;) {
    auto more = rows.step(doing);
    if (!more)
      return more.reason();
    if (!*more)
      return out;
    auto position = out.size();
    if (!take(rows, out.emplace_back(), position))
      return damaged_row(doing, position);
  }
}

/// The one row of a query, if there is one; `take(row, out)` as above.
template <class T, class Take>
result<std::optional<T>> at_most_one(statement& rows, const char* doing,
                                     Take take) {
  auto found = rows.step(doing);
  if (!found)
    return found.reason();
  std::optional<T> out;
  if (*found && !take(rows, out.emplace()))
    return damaged(std::string{doing} + ": the row is damaged");
  return out;
}

} // namespace ringside::persistence::sqlite
