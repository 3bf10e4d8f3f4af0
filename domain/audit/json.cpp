#include "domain/audit/json.hpp"

#include "domain/audit/text.hpp"
#include "domain/base/check.hpp"

#include <algorithm>
#include <charconv>

namespace ringside::json {

namespace {

constexpr std::size_t key_size_max = 32;

bool key_char(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/// The letter of a two-character escape, or 0.
char short_escape(char c) noexcept {
  switch (c) {
  case '"':
  case '\\':
    return c;
  case '\b':
    return 'b';
  case '\t':
    return 't';
  case '\n':
    return 'n';
  case '\f':
    return 'f';
  case '\r':
    return 'r';
  default:
    return 0;
  }
}

void append_escape(std::string& out, char c) {
  static constexpr char digits[] = "0123456789abcdef";
  out.push_back('\\');
  if (auto letter = short_escape(c)) {
    out.push_back(letter);
    return;
  }
  out.append("u00");
  out.push_back(digits[static_cast<unsigned char>(c) >> 4]);
  out.push_back(digits[static_cast<unsigned char>(c) & 15]);
}

bool needs_escape(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

void append_items(std::string& out, const array& items) {
  out.push_back('[');
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0)
      out.push_back(',');
    append_text(out, items[i]);
  }
  out.push_back(']');
}

void append_fields(std::string& out, const object& fields) {
  out.push_back('{');
  bool first = true;
  for (const auto& [key, field] : fields) {
    RINGSIDE_CHECK(valid_key(key));
    if (!first)
      out.push_back(',');
    first = false;
    out.push_back('"');
    out.append(key);
    out.append("\":");
    append_text(out, field);
  }
  out.push_back('}');
}

} // namespace

bool valid_key(std::string_view key) noexcept {
  return !key.empty() && key.size() <= key_size_max
         && std::all_of(key.begin(), key.end(), key_char);
}

value::value(const value& other) = default;
value::value(value&& other) noexcept = default;
value& value::operator=(const value& other) = default;
value& value::operator=(value&& other) noexcept = default;
value::~value() = default;

const value* value::find(std::string_view key) const noexcept {
  const auto* fields = as_object();
  if (fields == nullptr)
    return nullptr;
  auto i = fields->find(key);
  return i == fields->end() ? nullptr : &i->second;
}

void append_integer(std::string& out, std::int64_t n) {
  char buffer[24];
  auto [end, code] = std::to_chars(buffer, buffer + sizeof(buffer), n);
  RINGSIDE_CHECK(code == std::errc{});
  out.append(buffer, end);
}

void append_string(std::string& out, std::string_view text) {
  RINGSIDE_CHECK(audit::find_bad_utf8(text) == std::string_view::npos);
  out.push_back('"');
  while (!text.empty()) {
    auto plain = std::find_if(text.begin(), text.end(), needs_escape);
    auto length = static_cast<std::size_t>(plain - text.begin());
    out.append(text.substr(0, length));
    text.remove_prefix(length);
    if (text.empty())
      break;
    append_escape(out, text.front());
    text.remove_prefix(1);
  }
  out.push_back('"');
}

void append_text(std::string& out, const value& v) {
  if (const auto* n = v.as_int()) {
    RINGSIDE_CHECK(*n <= integer_max && *n >= -integer_max);
    append_integer(out, *n);
  } else if (const auto* text = v.as_string()) {
    append_string(out, *text);
  } else if (const auto* b = v.as_bool()) {
    out.append(*b ? "true" : "false");
  } else if (const auto* items = v.as_array()) {
    append_items(out, *items);
  } else {
    append_fields(out, *v.as_object());
  }
}

std::string to_text(const value& v) {
  std::string out;
  append_text(out, v);
  return out;
}

result<value> parse_canonical(std::string_view text, limits within) {
  auto parsed = parse(text, within);
  if (!parsed)
    return parsed;
  auto canonical = to_text(*parsed);
  if (canonical == text)
    return parsed;
  auto [ours, theirs] = std::mismatch(canonical.begin(), canonical.end(),
                                      text.begin(), text.end());
  return refuse(ec::malformed, "byte " + std::to_string(theirs - text.begin())
                                 + ": not in canonical form");
}

} // namespace ringside::json
