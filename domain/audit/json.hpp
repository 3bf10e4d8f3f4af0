#pragma once

#include "domain/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// The one JSON value of this program: the restricted profile of audit
/// reference 2.1, in which canonical form is trivial. Keys `[a-z0-9_]{1,32}`;
/// values are strings, integers with |n| <= 2^53-1, booleans, arrays and
/// objects. No floats, no null, no -0, no duplicate keys.
namespace ringside::json {

class value;

using array = std::vector<value>;
using object = std::map<std::string, value, std::less<>>;

/// Greatest integer magnitude that every JSON reader keeps exactly.
inline constexpr std::int64_t integer_max = 9'007'199'254'740'991;

class value {
public:
  value() : data_(object{}) {
    // nop
  }

  value(bool b) : data_(b) {
    // nop
  }

  value(std::int64_t n) : data_(n) {
    // nop
  }

  value(std::int32_t n) : data_(std::int64_t{n}) {
    // nop
  }

  value(std::uint32_t n) : data_(std::int64_t{n}) {
    // nop
  }

  value(std::uint64_t n) : data_(static_cast<std::int64_t>(n)) {
    // nop
  }

  value(std::string text) : data_(std::move(text)) {
    // nop
  }

  value(std::string_view text) : data_(std::string{text}) {
    // nop
  }

  value(const char* text) : data_(std::string{text}) {
    // nop
  }

  value(array items) : data_(std::move(items)) {
    // nop
  }

  value(object fields) : data_(std::move(fields)) {
    // nop
  }

  // Out of line: inlined, GCC 12 takes the members of the variant for
  // uninitialized wherever a value moves.
  value(const value& other);
  value(value&& other) noexcept;
  value& operator=(const value& other);
  value& operator=(value&& other) noexcept;
  ~value();

  const bool* as_bool() const noexcept {
    return std::get_if<bool>(&data_);
  }

  const std::int64_t* as_int() const noexcept {
    return std::get_if<std::int64_t>(&data_);
  }

  const std::string* as_string() const noexcept {
    return std::get_if<std::string>(&data_);
  }

  const array* as_array() const noexcept {
    return std::get_if<array>(&data_);
  }

  const object* as_object() const noexcept {
    return std::get_if<object>(&data_);
  }

  object* as_object() noexcept {
    return std::get_if<object>(&data_);
  }

  array* as_array() noexcept {
    return std::get_if<array>(&data_);
  }

  /// The member `key`, or null if this is no object or has no such member.
  const value* find(std::string_view key) const noexcept;

  friend bool operator==(const value&, const value&) = default;

private:
  std::variant<bool, std::int64_t, std::string, array, object> data_;
};

/// What a text may hold at most.
struct limits {
  std::size_t bytes_max = 16 * 1024;
  std::size_t depth_max = 8;
  /// The text is somebody else's: keys are any 1 to 64 bytes, a number that is
  /// no integer of the profile stays the text it is, and null is an empty text.
  /// Such a value is for looking things up and must not be written again.
  bool foreign = false;
};

/// True if `key` is 1 to 32 characters of `[a-z0-9_]`.
bool valid_key(std::string_view key) noexcept;

/// The canonical bytes (RFC 8785 within the profile): keys sorted, shortest
/// escapes, no spaces. Values outside the profile are a programmer error.
std::string to_text(const value& v);

/// Appends the canonical bytes of `v` to `out`.
void append_text(std::string& out, const value& v);

/// Appends `text` as a JSON string with quotes and shortest escapes.
void append_string(std::string& out, std::string_view text);

/// Appends `n` as decimal digits.
void append_integer(std::string& out, std::int64_t n);

/// Reads one JSON text within the profile, with any white space and key order.
/// Refuses duplicate keys, floats, null, -0, bad UTF-8, lone surrogates, bad
/// keys and anything beyond the limits, and says at which byte.
result<value> parse(std::string_view text, limits within = {});

/// Reads a text that must already be in canonical form, byte for byte.
result<value> parse_canonical(std::string_view text, limits within = {});

} // namespace ringside::json
