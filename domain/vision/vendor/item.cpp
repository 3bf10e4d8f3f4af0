#include "domain/vision/vendor/item.hpp"

#include "domain/vision/vendor/fixed.hpp"

#include <algorithm>

namespace ringside::vendor {

namespace {

int shift_of(share_unit unit) noexcept {
  switch (unit) {
  case share_unit::share:
    return 6;
  case share_unit::percent:
    return 4;
  case share_unit::ppm:
    break;
  }
  return 0;
}

} // namespace

const json::value* look_up(const json::value& item, const paths& where) {
  for (const auto& path : where) {
    const auto* at = &item;
    std::string_view rest = path;
    while (at != nullptr && !rest.empty()) {
      auto dot = std::min(rest.find('.'), rest.size());
      at = at->find(rest.substr(0, dot));
      rest.remove_prefix(std::min(dot + 1, rest.size()));
    }
    if (at == nullptr)
      continue;
    // Null, or what some vendors write for it.
    if (const auto* text = at->as_string(); text == nullptr || !text->empty())
      return at;
  }
  return nullptr;
}

std::optional<std::int64_t> number_of(const json::value& v, int shift) {
  if (const auto* n = v.as_int()) {
    std::int64_t scale = 1;
    for (auto i = 0; i < shift; ++i)
      scale *= 10;
    std::int64_t out = 0;
    if (__builtin_mul_overflow(*n, scale, &out))
      return std::nullopt;
    return out;
  }
  if (const auto* text = v.as_string())
    return read_fixed(*text, shift);
  return std::nullopt;
}

std::optional<std::int32_t> share_of(const json::value& v, share_unit unit) {
  auto n = number_of(v, shift_of(unit));
  if (!n || *n < 0 || *n > 1'000'000)
    return std::nullopt;
  return static_cast<std::int32_t>(*n);
}

std::optional<std::int64_t> time_of(const json::value& v, time_unit unit) {
  switch (unit) {
  case time_unit::s:
    return number_of(v, 6);
  case time_unit::ms:
    return number_of(v, 3);
  case time_unit::us:
    return number_of(v, 0);
  case time_unit::ns:
    break;
  }
  auto ns = number_of(v, 0);
  return ns ? std::optional{*ns / 1'000} : std::nullopt;
}

std::string short_text(const json::value& v) {
  if (const auto* n = v.as_int())
    return std::to_string(*n);
  if (const auto* b = v.as_bool())
    return *b ? "true" : "false";
  const auto* text = v.as_string();
  if (text == nullptr)
    return v.as_array() != nullptr ? "[...]" : "{...}";
  auto end = std::min(text->size(), word_bytes_max);
  while (end < text->size() && end > 0
         && (static_cast<unsigned char>((*text)[end]) & 0xc0) == 0x80)
    --end;
  return text->substr(0, end);
}

std::optional<std::string> name_of(const json::value& v) {
  if (const auto* text = v.as_string())
    return *text;
  if (v.as_int() != nullptr)
    return short_text(v);
  return std::nullopt;
}

} // namespace ringside::vendor
