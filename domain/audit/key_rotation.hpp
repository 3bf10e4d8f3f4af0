#pragma once

#include "domain/audit/entry.hpp"
#include "domain/audit/signing_key.hpp"
#include "domain/audit/verifier.hpp"
#include "domain/base/result.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// A new key for an old log (audit reference 2.6): both keys sign that the one
/// follows the other, in an entry of the log itself. Whoever knows the present
/// key therefore knows all keys before it, and the sizes each of them signed.
namespace ringside::audit {

inline constexpr std::string_view kind_key_rotate = "key.rotate";

struct key_rotation {
  verifier_key old_key;
  verifier_key new_key;
  /// The first tree size that the new key signs: that with this entry in it.
  std::uint64_t from = 0;

  friend bool operator==(const key_rotation&, const key_rotation&) = default;
};

/// Data of the entry: a note with a line of each key.
json::value rotation_data(const signing_key& old_key,
                          const signing_key& new_key, std::uint64_t from);

/// Reads such an entry and checks both signatures, and that it stands where it
/// says. Nothing for an entry of another kind; `corrupt` if it does not hold.
result<std::optional<key_rotation>> rotation_in(const entry_fields& entry);

/// All keys in order, the present one last, as far as rotations lead back from
/// it. Rotations in the order of the log; those of other keys are ignored.
std::vector<log_key> keys_before(const verifier_key& present,
                                 std::span<const key_rotation> rotations);

/// The checkpoint right after a rotation, signed by both keys.
std::string sign_rotated(const checkpoint& head, const signing_key& old_key,
                         const signing_key& new_key);

} // namespace ringside::audit
