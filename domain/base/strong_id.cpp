#include "domain/base/strong_id.hpp"

#include <algorithm>

namespace ringside {

namespace {

bool id_char(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
         || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

} // namespace

bool valid_id_text(std::string_view text) noexcept {
  return !text.empty() && text.size() <= 64 && text.front() != '.'
         && std::all_of(text.begin(), text.end(), id_char);
}

} // namespace ringside
