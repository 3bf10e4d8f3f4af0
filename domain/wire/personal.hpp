#pragma once

#include "domain/audit/entry.hpp"
#include "domain/audit/json.hpp"

#include <optional>
#include <string>
#include <string_view>

/// Which texts are personal (decision 0012), and how they leave an entry.
namespace ringside::wire {

/// What stands for a text that was erased.
inline constexpr std::string_view erased_text = "[erased]";

/// The one personal member of an event, command or account entry of this kind;
/// empty if it has none.
std::string_view personal_member(std::string_view kind) noexcept;

/// An entry's data in two: what everybody may read for ever, and the canonical
/// object that can be erased, empty if there is none.
struct split_data {
  std::string open;
  std::string personal;
};

/// Splits the data of an entry. `body` is the digest of the command behind it,
/// if there is one: in the open it would confirm a guess at the text.
split_data split_personal(std::string_view kind, json::value data,
                          const audit::hash* body = nullptr);

/// SHA-256 of the body of a command of this type without its personal text;
/// nothing if it has none.
std::optional<audit::hash> public_digest(std::string_view type,
                                         const json::value& body);

/// The data of an entry as it is to be read: `erased_text` stands for what was
/// erased.
json::value whole_data(const audit::entry_fields& entry);

} // namespace ringside::wire
