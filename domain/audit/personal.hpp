#pragma once

#include "domain/audit/commitment.hpp"
#include "domain/audit/entry.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// What an entry only commits to: texts about people, kept beside the leaf so
/// that they can be erased without breaking a proof (decision 0012).
namespace ringside::audit {

/// The personal part of one entry.
struct personal_part {
  commit_salt salt{};
  /// Canonical JSON object: members that belong into the entry's `data`, and
  /// `body_digest` if the entry came from a command.
  std::string payload;

  friend bool operator==(const personal_part&, const personal_part&) = default;
};

/// Member of a payload that is no data: hex digest of the command's whole body.
/// In the leaf it would confirm a guess at an erased text.
inline constexpr std::string_view body_digest_member = "body_digest";

/// Reads an entry together with its personal part, null if there is none. What
/// the part holds is put back into `data`; if it is gone, `erased` is set.
/// Errors as `parse_entry`, and `corrupt` if the part is not the one that the
/// entry commits to.
result<entry_fields> read_entry(std::string_view bytes,
                                const personal_part* personal);

/// The same for a part that may be missing.
inline result<entry_fields>
read_entry(std::string_view bytes,
           const std::optional<personal_part>& personal) {
  return read_entry(bytes, personal ? &*personal : nullptr);
}

/// Why this part cannot be the one of the entry; nothing if it is, or if there
/// is none.
std::optional<std::string> personal_complaint(const entry_fields& entry,
                                              const personal_part* personal);

// -- erasing ------------------------------------------------------------------

/// The kind of an entry that says that the personal part of another was erased.
inline constexpr std::string_view kind_personal_erased = "personal.erased";

/// The data of such an entry.
json::value erased_data(std::uint64_t seq, std::string_view reason);

/// The entry whose personal part was erased, if `entry` is of that kind.
std::optional<std::uint64_t> erased_entry(const entry_fields& entry);

// -- as a file ----------------------------------------------------------------

/// How a personal part looks in a bundle: {"payload":{...},"salt":hex}.
std::string personal_text(const personal_part& part);

/// The inverse; `malformed` if it is not in exactly that form.
result<personal_part> parse_personal(std::string_view text);

} // namespace ringside::audit
