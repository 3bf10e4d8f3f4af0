#pragma once

#include "domain/audit/note.hpp"
#include "domain/audit/verifier_key.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace ringside::audit {

/// A private Ed25519 key under a name. Cannot be copied; its memory is wiped
/// when it goes. Seeds come from the caller: this room has no randomness.
class signing_key {
public:
  /// Derives the key from its 32-byte seed (RFC 8032).
  static result<signing_key> from_seed(std::string_view name,
                                       key_algorithm algorithm,
                                       std::span<const std::uint8_t> seed);

  signing_key(signing_key&& other) noexcept;
  signing_key& operator=(signing_key&& other) noexcept;
  signing_key(const signing_key&) = delete;
  signing_key& operator=(const signing_key&) = delete;
  ~signing_key();

  /// The public half.
  const verifier_key& verifier() const noexcept {
    return verifier_;
  }

  /// Signs a note text. Only for `key_algorithm::ed25519`.
  note_line sign(std::string_view text) const;

  /// Signs a note text as a witness at `unix_s`. Only for
  /// `key_algorithm::cosignature`.
  note_line cosign(std::string_view text, std::uint64_t unix_s) const;

private:
  using secret = std::array<std::uint8_t, 64>;

  signing_key() = default;

  void append_signature(std::string_view message,
                        std::vector<std::uint8_t>& blob) const;

  verifier_key verifier_;
  secret secret_{};
};

} // namespace ringside::audit
