#include "domain/audit/sha256.hpp"

#include <sodium.h>

namespace ringside::audit {

hash sha256(std::string_view bytes) noexcept {
  hash value;
  crypto_hash_sha256(value.data(), octets(bytes), bytes.size());
  return value;
}

hash sha256(std::initializer_list<std::string_view> parts) noexcept {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  for (auto part : parts)
    crypto_hash_sha256_update(&state, octets(part), part.size());
  hash value;
  crypto_hash_sha256_final(&state, value.data());
  return value;
}

} // namespace ringside::audit
