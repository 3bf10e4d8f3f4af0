#include "domain/vision/vendor/fixed.hpp"

#include <charconv>

namespace ringside::vendor {

namespace {

constexpr std::int64_t mantissa_max = 900'000'000'000'000'000;

/// Digits of a number without its point, and where the point was.
struct decimal {
  std::int64_t mantissa = 0;
  int exponent = 0;
  bool negative = false;
};

bool digit(std::string_view text) noexcept {
  return !text.empty() && text.front() >= '0' && text.front() <= '9';
}

/// Takes digits off `text`. What no mantissa can hold is dropped behind the
/// point and counted in front of it.
int take_digits(std::string_view& text, decimal& to, bool behind) noexcept {
  int taken = 0;
  for (; digit(text); text.remove_prefix(1), ++taken) {
    auto fits = to.mantissa < mantissa_max / 10;
    if (fits)
      to.mantissa = to.mantissa * 10 + (text.front() - '0');
    to.exponent += (fits ? 0 : 1) - (behind ? 1 : 0);
  }
  return taken;
}

bool take_exponent(std::string_view& text, decimal& to) noexcept {
  text.remove_prefix(1);
  if (text.starts_with('+'))
    text.remove_prefix(1);
  int power = 0;
  const auto* end = text.data() + text.size();
  auto [at, fault] = std::from_chars(text.data(), end, power);
  if (fault != std::errc{} || at != end || power < -400 || power > 400)
    return false;
  to.exponent += power;
  text = {};
  return true;
}

std::optional<decimal> parse(std::string_view text) noexcept {
  decimal out;
  if (text.starts_with('-')) {
    out.negative = true;
    text.remove_prefix(1);
  }
  if (take_digits(text, out, false) == 0)
    return std::nullopt;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (take_digits(text, out, true) == 0)
      return std::nullopt;
  }
  auto has_exponent = text.starts_with('e') || text.starts_with('E');
  if (has_exponent && !take_exponent(text, out))
    return std::nullopt;
  return text.empty() ? std::optional{out} : std::nullopt;
}

} // namespace

std::optional<std::int64_t> read_fixed(std::string_view text, int shift) {
  auto d = parse(text);
  if (!d)
    return std::nullopt;
  auto power = d->exponent + shift;
  auto n = d->mantissa;
  if (n == 0)
    return 0;
  for (; power > 0; --power) {
    if (n > mantissa_max / 10)
      return std::nullopt;
    n *= 10;
  }
  // Only the digit behind the last one kept decides how it is rounded.
  for (; power < -1 && n > 0; ++power)
    n /= 10;
  if (power < 0)
    n = (n + 5) / 10;
  return d->negative ? -n : n;
}

} // namespace ringside::vendor
