#include "domain/audit/base64.hpp"

#include <sodium.h>

#include <algorithm>

namespace ringside::audit {

std::string to_base64(std::span<const std::uint8_t> bytes) {
  constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
  // The encoder wants room for a terminating zero.
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                    variant);
  text.pop_back();
  return text;
}

std::optional<std::vector<std::uint8_t>> parse_base64(std::string_view text) {
  // Never empty: the decoder wants a buffer even where there is nothing in it.
  std::vector<std::uint8_t> bytes(text.size() / 4 * 3 + 3);
  std::size_t size = 0;
  const char* end = nullptr;
  auto rc
    = sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(),
                        nullptr, &size, &end, sodium_base64_VARIANT_ORIGINAL);
  if (rc != 0 || end != text.data() + text.size())
    return std::nullopt;
  bytes.resize(size);
  // One value, one text: whatever the decoder forgives, this does not.
  if (to_base64(bytes) != text)
    return std::nullopt;
  return bytes;
}

std::optional<hash> parse_hash_base64(std::string_view text) {
  auto bytes = parse_base64(text);
  hash value;
  if (!bytes || bytes->size() != value.size())
    return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), value.begin());
  return value;
}

} // namespace ringside::audit
