#include "domain/audit/json.hpp"
#include "domain/audit/text.hpp"

#include <optional>

namespace ringside::json {

namespace {

constexpr std::size_t foreign_key_max = 64;
constexpr std::size_t foreign_number_max = 40;

/// One pass over a text. Every `read_...` returns false after noting the first
/// complaint and its byte.
class reader {
public:
  reader(std::string_view text, limits within)
    : text_(text), depth_left_(within.depth_max), foreign_(within.foreign) {
    // nop
  }

  result<value> run() {
    value root;
    skip_space();
    if (!read_value(root))
      return complaint();
    skip_space();
    if (pos_ != text_.size()) {
      fail("something follows the value");
      return complaint();
    }
    return root;
  }

private:
  error complaint() const {
    return refuse(ec::malformed,
                  "byte " + std::to_string(wrong_at_) + ": " + what_);
  }

  bool fail_at(std::size_t pos, const char* what) {
    wrong_at_ = pos;
    what_ = what;
    return false;
  }

  bool fail(const char* what) {
    return fail_at(pos_, what);
  }

  /// The next byte, or 0 at the end; a real 0 byte is refused everywhere.
  char peek() const noexcept {
    return pos_ < text_.size() ? text_[pos_] : '\0';
  }

  bool take(char c) noexcept {
    if (peek() != c || pos_ == text_.size())
      return false;
    ++pos_;
    return true;
  }

  bool take_word(std::string_view word) noexcept {
    if (text_.substr(pos_, word.size()) != word)
      return false;
    pos_ += word.size();
    return true;
  }

  void skip_space() noexcept {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')
      ++pos_;
  }

  bool read_value(value& out) {
    switch (peek()) {
    case '{':
      return read_nested(out, &reader::read_object);
    case '[':
      return read_nested(out, &reader::read_array);
    case '"':
      return read_text(out);
    case 't':
    case 'f':
      return read_bool(out);
    case 'n':
      if (foreign_ && take_word("null"))
        return out = value{std::string{}}, true;
      return fail("null is not in the profile");
    default:
      return foreign_ ? read_number(out) : read_integer(out);
    }
  }

  bool read_nested(value& out, bool (reader::*read)(value&)) {
    if (depth_left_ == 0)
      return fail("nested too deep");
    --depth_left_;
    ++pos_;
    auto ok = (this->*read)(out);
    ++depth_left_;
    return ok;
  }

  bool read_object(value& out) {
    object fields;
    skip_space();
    if (!take('}')) {
      do {
        if (!read_field(fields))
          return false;
      } while (take(','));
      if (!take('}'))
        return fail("expected , or }");
    }
    out = value{std::move(fields)};
    return true;
  }

  bool read_field(object& fields) {
    skip_space();
    auto start = pos_;
    std::string key;
    if (peek() != '"')
      return fail("expected a key");
    if (!read_string(key))
      return false;
    if (foreign_ ? key.empty() || key.size() > foreign_key_max
                 : !valid_key(key))
      return fail_at(start, "key is not 1 to 32 of a-z 0-9 _");
    skip_space();
    if (!take(':'))
      return fail("expected :");
    skip_space();
    auto [slot, fresh] = fields.try_emplace(std::move(key));
    if (!fresh)
      return fail_at(start, "duplicate key");
    if (!read_value(slot->second))
      return false;
    skip_space();
    return true;
  }

  bool read_array(value& out) {
    array items;
    skip_space();
    if (!take(']')) {
      do {
        skip_space();
        if (!read_value(items.emplace_back()))
          return false;
        skip_space();
      } while (take(','));
      if (!take(']'))
        return fail("expected , or ]");
    }
    out = value{std::move(items)};
    return true;
  }

  bool read_bool(value& out) {
    if (take_word("true"))
      out = value{true};
    else if (take_word("false"))
      out = value{false};
    else
      return fail("unknown word");
    return true;
  }

  bool read_integer(value& out) {
    auto start = pos_;
    auto negative = take('-');
    auto first = pos_;
    while (peek() >= '0' && peek() <= '9')
      ++pos_;
    if (pos_ == first)
      return fail("expected a value");
    if (peek() == '.' || peek() == 'e' || peek() == 'E')
      return fail("a fraction or exponent is not in the profile");
    auto digits = text_.substr(first, pos_ - first);
    if (digits == "0" && negative)
      return fail_at(start, "-0 is not in the profile");
    if (digits.size() > 1 && digits.front() == '0')
      return fail_at(start, "leading zero");
    auto number = audit::parse_decimal(digits);
    if (!number || *number > static_cast<std::uint64_t>(integer_max))
      return fail_at(start, "integer beyond 2^53-1");
    auto magnitude = static_cast<std::int64_t>(*number);
    out = value{negative ? -magnitude : magnitude};
    return true;
  }

  std::size_t skip_digits() noexcept {
    auto first = pos_;
    while (peek() >= '0' && peek() <= '9')
      ++pos_;
    return pos_ - first;
  }

  /// Any number of JSON; one outside of the profile stays text.
  bool read_number(value& out) {
    auto start = pos_;
    if (read_integer(out))
      return true;
    pos_ = start;
    static_cast<void>(take('-'));
    auto leads_with_zero = peek() == '0';
    auto digits = skip_digits();
    if (digits == 0 || (leads_with_zero && digits > 1))
      return fail_at(start, "expected a value");
    if (take('.') && skip_digits() == 0)
      return fail("expected digits");
    if (peek() == 'e' || peek() == 'E') {
      ++pos_;
      if (!take('+'))
        static_cast<void>(take('-'));
      if (skip_digits() == 0)
        return fail("expected digits");
    }
    if (pos_ - start > foreign_number_max)
      return fail_at(start, "number of more than 40 characters");
    out = value{std::string{text_.substr(start, pos_ - start)}};
    return true;
  }

  bool read_text(value& out) {
    std::string text;
    if (!read_string(text))
      return false;
    out = value{std::move(text)};
    return true;
  }

  bool read_string(std::string& out) {
    ++pos_;
    for (;;) {
      if (pos_ == text_.size())
        return fail("string is not closed");
      auto c = text_[pos_];
      if (take('"'))
        return true;
      if (c == '\\') {
        if (!read_escape(out))
          return false;
      } else if (static_cast<unsigned char>(c) < 0x20) {
        return fail("control character in a string");
      } else if (!copy_characters(out)) {
        return false;
      }
    }
  }

  /// Copies a run of plain ASCII, or one longer sequence.
  bool copy_characters(std::string& out) {
    auto rest = text_.substr(pos_);
    std::size_t length = 0;
    while (length < rest.size() && plain(rest[length]))
      ++length;
    if (length == 0)
      length = audit::utf8_sequence(rest);
    if (length == 0)
      return fail("not UTF-8");
    out.append(rest.substr(0, length));
    pos_ += length;
    return true;
  }

  static bool plain(char c) noexcept {
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
  }

  bool read_escape(std::string& out) {
    static constexpr std::string_view letters = "\"\\/bfnrt";
    static constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    auto start = pos_++;
    if (take('u'))
      return read_unicode_escape(out, start);
    auto i = letters.find(peek());
    if (i == std::string_view::npos || pos_ == text_.size())
      return fail_at(start, "unknown escape");
    out.push_back(meanings[i]);
    ++pos_;
    return true;
  }

  bool read_unicode_escape(std::string& out, std::size_t start) {
    auto code = read_four_digits();
    if (!code)
      return fail_at(start, "escape needs four hexadecimal digits");
    auto point = *code;
    if (point >= 0xdc00 && point <= 0xdfff)
      return fail_at(start, "lone surrogate");
    if (point >= 0xd800 && point <= 0xdbff) {
      std::optional<std::uint32_t> low;
      if (take_word("\\u"))
        low = read_four_digits();
      if (!low || *low < 0xdc00 || *low > 0xdfff)
        return fail_at(start, "lone surrogate");
      point = 0x10000 + ((point - 0xd800) << 10) + (*low - 0xdc00);
    }
    append_utf8(out, point);
    return true;
  }

  std::optional<std::uint32_t> read_four_digits() noexcept {
    std::uint32_t code = 0;
    for (int i = 0; i < 4; ++i) {
      auto c = peek();
      std::uint32_t digit = 0;
      if (c >= '0' && c <= '9')
        digit = static_cast<std::uint32_t>(c - '0');
      else if (c >= 'a' && c <= 'f')
        digit = static_cast<std::uint32_t>(c - 'a' + 10);
      else if (c >= 'A' && c <= 'F')
        digit = static_cast<std::uint32_t>(c - 'A' + 10);
      else
        return std::nullopt;
      code = code << 4 | digit;
      ++pos_;
    }
    return code;
  }

  static void append_utf8(std::string& out, std::uint32_t point) {
    auto tail = [&](unsigned shift) {
      out.push_back(static_cast<char>(0x80 | ((point >> shift) & 0x3f)));
    };
    if (point < 0x80) {
      out.push_back(static_cast<char>(point));
    } else if (point < 0x800) {
      out.push_back(static_cast<char>(0xc0 | (point >> 6)));
      tail(0);
    } else if (point < 0x10000) {
      out.push_back(static_cast<char>(0xe0 | (point >> 12)));
      tail(6);
      tail(0);
    } else {
      out.push_back(static_cast<char>(0xf0 | (point >> 18)));
      tail(12);
      tail(6);
      tail(0);
    }
  }

  std::string_view text_;
  std::size_t depth_left_;
  bool foreign_;
  std::size_t pos_ = 0;
  std::size_t wrong_at_ = 0;
  const char* what_ = "";
};

} // namespace

result<value> parse(std::string_view text, limits within) {
  if (text.size() > within.bytes_max)
    return refuse(ec::too_large, std::to_string(text.size()) + " bytes; "
                                   + std::to_string(within.bytes_max)
                                   + " are allowed");
  return reader{text, within}.run();
}

} // namespace ringside::json
