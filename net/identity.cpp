#include "net/identity.hpp"

#include "domain/audit/sha256.hpp"

#include <algorithm>
#include <utility>

namespace ringside::net {

namespace {

constexpr std::size_t token_size_max = 128;

bool token_char(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
         || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_'
         || c == '~' || c == '+' || c == '/' || c == '=';
}

bool same_letters(std::string_view a, std::string_view lower) noexcept {
  return std::equal(a.begin(), a.end(), lower.begin(), lower.end(),
                    [](char x, char y) {
                      return (x >= 'A' && x <= 'Z' ? x + ('a' - 'A') : x) == y;
                    });
}

std::string_view trimmed(std::string_view text) noexcept {
  auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

} // namespace

bool valid_token(std::string_view token) noexcept {
  return !token.empty() && token.size() <= token_size_max
         && std::all_of(token.begin(), token.end(), token_char);
}

std::optional<std::string_view>
bearer_token(std::string_view authorization) noexcept {
  constexpr std::string_view scheme = "bearer ";
  if (authorization.size() <= scheme.size()
      || !same_letters(authorization.substr(0, scheme.size()), scheme))
    return std::nullopt;
  auto token = trimmed(authorization.substr(scheme.size()));
  if (!valid_token(token))
    return std::nullopt;
  return token;
}

std::optional<std::string_view> cookie_value(std::string_view header,
                                             std::string_view name) noexcept {
  std::optional<std::string_view> found;
  while (!header.empty()) {
    auto end = header.find(';');
    auto pair = trimmed(header.substr(0, end));
    auto equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
      if (found)
        return std::nullopt;
      found = pair.substr(equals + 1);
    }
    if (end == std::string_view::npos)
      break;
    header.remove_prefix(end + 1);
  }
  return found;
}

token_digest digest_of(std::string_view token) noexcept {
  return audit::sha256(token);
}

} // namespace ringside::net
