#include "domain/audit/signing_key.hpp"

#include "domain/audit/sha256.hpp"
#include "domain/base/check.hpp"

#include <sodium.h>

#include <utility>

namespace ringside::audit {

result<signing_key> signing_key::from_seed(std::string_view name,
                                           key_algorithm algorithm,
                                           std::span<const std::uint8_t> seed) {
  static_assert(sizeof(secret) == crypto_sign_SECRETKEYBYTES);
  if (seed.size() != crypto_sign_SEEDBYTES)
    return refuse(ec::invalid_value, "a seed has 32 bytes");
  signing_key key;
  std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> open_half;
  crypto_sign_seed_keypair(open_half.data(), key.secret_.data(), seed.data());
  auto verifier = make_verifier_key(name, algorithm, open_half);
  if (!verifier)
    return verifier.reason();
  key.verifier_ = std::move(*verifier);
  return key;
}

signing_key::signing_key(signing_key&& other) noexcept
  : verifier_(std::move(other.verifier_)), secret_(other.secret_) {
  sodium_memzero(other.secret_.data(), other.secret_.size());
}

signing_key& signing_key::operator=(signing_key&& other) noexcept {
  if (this == &other)
    return *this;
  verifier_ = std::move(other.verifier_);
  secret_ = other.secret_;
  sodium_memzero(other.secret_.data(), other.secret_.size());
  return *this;
}

signing_key::~signing_key() {
  sodium_memzero(secret_.data(), secret_.size());
}

note_line signing_key::sign(std::string_view text) const {
  RINGSIDE_CHECK(verifier_.algorithm == key_algorithm::ed25519);
  note_line line{verifier_.name, verifier_.id, {}};
  append_signature(text, line.blob);
  return line;
}

note_line signing_key::cosign(std::string_view text,
                              std::uint64_t unix_s) const {
  RINGSIDE_CHECK(verifier_.algorithm == key_algorithm::cosignature);
  note_line line{verifier_.name, verifier_.id, {}};
  for (int shift = 56; shift >= 0; shift -= 8)
    line.blob.push_back(static_cast<std::uint8_t>(unix_s >> shift));
  append_signature(cosigned_text(unix_s, text), line.blob);
  return line;
}

void signing_key::append_signature(std::string_view message,
                                   std::vector<std::uint8_t>& blob) const {
  std::array<std::uint8_t, crypto_sign_BYTES> signature;
  crypto_sign_detached(signature.data(), nullptr, octets(message),
                       message.size(), secret_.data());
  blob.insert(blob.end(), signature.begin(), signature.end());
}

} // namespace ringside::audit
