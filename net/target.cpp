#include "net/target.hpp"

#include "domain/audit/json.hpp"
#include "domain/audit/text.hpp"

#include <algorithm>
#include <charconv>

namespace ringside::net {

namespace {

int hex_digit(char c) noexcept {
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  return -1;
}

std::optional<std::string> decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size())
        return std::nullopt;
      auto high = hex_digit(text[i + 1]);
      auto low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0)
        return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      return std::nullopt;
    out.push_back(c);
  }
  if (audit::find_bad_utf8(out) != std::string_view::npos)
    return std::nullopt;
  return out;
}

/// Calls `f` with every piece of `text` between two `separator`s.
template <class F>
bool each_piece(std::string_view text, char separator, F f) {
  for (;;) {
    auto end = text.find(separator);
    if (!f(text.substr(0, end)))
      return false;
    if (end == std::string_view::npos)
      return true;
    text.remove_prefix(end + 1);
  }
}

bool read_path(std::string_view text, target& out) {
  out.path = std::string{text};
  return each_piece(text.substr(1), '/', [&out](std::string_view piece) {
    auto segment = decode(piece, false);
    if (!segment || *segment == "." || *segment == "..")
      return false;
    out.segments.push_back(std::move(*segment));
    return true;
  });
}

bool read_query(std::string_view text, target& out) {
  return each_piece(text, '&', [&out](std::string_view piece) {
    if (piece.empty())
      return true;
    auto equals = piece.find('=');
    auto key = decode(piece.substr(0, equals), true);
    auto value = equals == std::string_view::npos
                   ? std::optional<std::string>{std::string{}}
                   : decode(piece.substr(equals + 1), true);
    if (!key || !value || out.find(*key) != nullptr)
      return false;
    out.query.emplace_back(std::move(*key), std::move(*value));
    return true;
  });
}

} // namespace

const std::string* target::find(std::string_view key) const noexcept {
  auto i = std::find_if(query.begin(), query.end(),
                        [key](const auto& pair) { return pair.first == key; });
  return i == query.end() ? nullptr : &i->second;
}

result<target> parse_target(std::string_view text) {
  if (!text.starts_with('/') || text.find('#') != std::string_view::npos)
    return refuse(ec::malformed, "the request target is not a path");
  auto question = text.find('?');
  target out;
  if (!read_path(text.substr(0, question), out))
    return refuse(ec::malformed, "the path has a bad escape or segment");
  if (question != std::string_view::npos
      && !read_query(text.substr(question + 1), out))
    return refuse(ec::malformed,
                  "the query has a bad escape or a parameter twice");
  return out;
}

std::optional<std::uint64_t> parse_number(std::string_view text) noexcept {
  if (text.empty() || (text.size() > 1 && text.front() == '0'))
    return std::nullopt;
  std::uint64_t n = 0;
  auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (code != std::errc{} || end != text.data() + text.size()
      || n > static_cast<std::uint64_t>(json::integer_max))
    return std::nullopt;
  return n;
}

} // namespace ringside::net
