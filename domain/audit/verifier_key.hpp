#pragma once

#include "domain/base/result.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace ringside::audit {

/// Signature types of C2SP signed notes that this program makes and checks.
/// Lines of any other type belong to keys we do not know, and are ignored.
enum class key_algorithm : std::uint8_t {
  /// Ed25519 over the note text.
  ed25519 = 0x01,
  /// Ed25519 over a time stamp and the note text, made by a witness.
  cosignature = 0x04,
};

/// A public key under a name. Make it with `make_verifier_key` or `parse_vkey`,
/// which keep `id` right and refuse weak keys.
struct verifier_key {
  std::string name;
  key_algorithm algorithm = key_algorithm::ed25519;
  std::array<std::uint8_t, 32> bytes{};
  /// First four bytes of SHA-256(name || 0x0A || algorithm || bytes).
  std::uint32_t id = 0;

  friend bool operator==(const verifier_key&, const verifier_key&) = default;
};

/// True if `name` may name a key or a log: not empty, at most 255 bytes of
/// UTF-8, no Unicode space, no plus, no control character.
bool valid_key_name(std::string_view name) noexcept;

/// Binds a public key to a name. `invalid_value` for a bad name and for a key
/// that is not canonical, not on the curve or of small order.
result<verifier_key> make_verifier_key(std::string_view name,
                                       key_algorithm algorithm,
                                       std::span<const std::uint8_t> bytes);

/// The text form `name+id+base64`, as in policy files.
std::string vkey_text(const verifier_key& key);

/// Reads the text form and checks the id.
result<verifier_key> parse_vkey(std::string_view text);

/// True if `blob` is a signature of `key` over note text `text`. For a
/// cosignature the blob begins with its time.
bool verify_signature(const verifier_key& key, std::string_view text,
                      std::span<const std::uint8_t> blob);

/// What a cosignature signs: its time in seconds since 1970, then the text.
std::string cosigned_text(std::uint64_t unix_s, std::string_view text);

} // namespace ringside::audit
