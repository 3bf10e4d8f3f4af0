#include "domain/wire/ids.hpp"

#include <charconv>

namespace ringside::wire {

std::string event_id_text(bout::event_no no) {
  return "e" + std::to_string(no);
}

std::optional<bout::event_no> parse_event_id(std::string_view text) noexcept {
  if (text.size() < 2 || text[0] != 'e' || text[1] < '1' || text[1] > '9')
    return std::nullopt;
  bout::event_no no = 0;
  const auto* end = text.data() + text.size();
  auto [rest, failed] = std::from_chars(text.data() + 1, end, no);
  if (failed != std::errc{} || rest != end)
    return std::nullopt;
  return no;
}

std::optional<issuer> parse_issuer(std::string_view text) {
  auto colon = text.find(':');
  if (colon == std::string_view::npos)
    return std::nullopt;
  auto who = parse_enum<role>(text.substr(0, colon));
  if (!who)
    return std::nullopt;
  return issuer{*who, std::string{text.substr(colon + 1)}};
}

} // namespace ringside::wire
