#include "domain/base/uuid.hpp"

#include <cstring>

namespace ringside {

namespace {

int nibble(char c) noexcept {
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  return -1;
}

bool dash_at(std::size_t i) noexcept {
  return i == 8 || i == 13 || i == 18 || i == 23;
}

} // namespace

std::optional<uuid> parse_uuid(std::string_view text) noexcept {
  if (text.size() != 36)
    return std::nullopt;
  uuid id;
  std::size_t digit = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (dash_at(i)) {
      if (text[i] != '-')
        return std::nullopt;
      continue;
    }
    auto n = nibble(text[i]);
    if (n < 0)
      return std::nullopt;
    auto& byte = id.bytes[digit / 2];
    byte = static_cast<std::uint8_t>(byte << 4 | n);
    ++digit;
  }
  return id;
}

std::string to_string(const uuid& id) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(36);
  for (auto byte : id.bytes) {
    if (dash_at(text.size()))
      text.push_back('-');
    text.push_back(digits[byte >> 4]);
    text.push_back(digits[byte & 15]);
  }
  return text;
}

} // namespace ringside

std::size_t
std::hash<ringside::uuid>::operator()(const ringside::uuid& id) const noexcept {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  std::memcpy(&high, id.bytes.data(), 8);
  std::memcpy(&low, id.bytes.data() + 8, 8);
  return static_cast<std::size_t>(high ^ (low * 0x9e3779b97f4a7c15ULL));
}
