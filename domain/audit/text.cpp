#include "domain/audit/text.hpp"

#include <charconv>

namespace ringside::audit {

namespace {

bool between(unsigned char c, unsigned char low, unsigned char high) noexcept {
  return c >= low && c <= high;
}

/// The allowed second byte of a sequence, from Unicode table 3-7.
bool second_fits(unsigned char first, unsigned char second) noexcept {
  switch (first) {
  case 0xe0:
    return between(second, 0xa0, 0xbf);
  case 0xed:
    return between(second, 0x80, 0x9f);
  case 0xf0:
    return between(second, 0x90, 0xbf);
  case 0xf4:
    return between(second, 0x80, 0x8f);
  default:
    return between(second, 0x80, 0xbf);
  }
}

std::size_t sequence_length(unsigned char first) noexcept {
  if (first < 0x80)
    return 1;
  if (between(first, 0xc2, 0xdf))
    return 2;
  if (between(first, 0xe0, 0xef))
    return 3;
  if (between(first, 0xf0, 0xf4))
    return 4;
  return 0;
}

} // namespace

std::size_t utf8_sequence(std::string_view text) noexcept {
  if (text.empty())
    return 0;
  auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  auto length = sequence_length(at(0));
  if (length == 0 || length > text.size())
    return 0;
  if (length > 1 && !second_fits(at(0), at(1)))
    return 0;
  for (std::size_t i = 2; i < length; ++i)
    if (!between(at(i), 0x80, 0xbf))
      return 0;
  return length;
}

std::size_t find_bad_utf8(std::string_view text) noexcept {
  std::size_t pos = 0;
  while (pos < text.size()) {
    if (static_cast<unsigned char>(text[pos]) < 0x80) {
      ++pos;
      continue;
    }
    auto length = utf8_sequence(text.substr(pos));
    if (length == 0)
      return pos;
    pos += length;
  }
  return std::string_view::npos;
}

std::optional<std::uint64_t> parse_decimal(std::string_view text) noexcept {
  if (text.empty() || (text.size() > 1 && text.front() == '0'))
    return std::nullopt;
  std::uint64_t value = 0;
  const auto* end = text.data() + text.size();
  auto [stop, code] = std::from_chars(text.data(), end, value);
  if (code != std::errc{} || stop != end)
    return std::nullopt;
  return value;
}

std::optional<std::string_view> take_line(std::string_view& rest) noexcept {
  auto end = rest.find('\n');
  if (end == std::string_view::npos)
    return std::nullopt;
  auto line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

} // namespace ringside::audit
