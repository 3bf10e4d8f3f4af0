#pragma once

#include "domain/audit/json.hpp"
#include "domain/base/corner.hpp"
#include "domain/base/enum_text.hpp"
#include "domain/base/limits.hpp"
#include "domain/base/uuid.hpp"
#include "domain/bout/command.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ringside::wire {

/// Who wrote what is being read.
enum class origin : std::uint8_t {
  /// A client: ranges, lengths and control characters are checked.
  request,
  /// Our own journal: only what a field cannot hold is refused, so that no
  /// later change of a limit makes an old journal unreadable.
  journal,
};

/// Reads described fields out of a JSON object, the counterpart of
/// `field_writer`. The first error is kept and everything after it is still
/// asked for, so that `finish` knows all fields and can tell a misspelt one:
/// an unknown field is reported before the missing one it probably is.
///
/// `malformed`: no object, a missing or unknown field, a field of the wrong
/// type. `invalid_value`: out of range, a word nobody knows, text where a
/// number belongs.
class field_reader {
public:
  static constexpr bool reads = true;

  /// `v` has to outlive the reader. `path` goes in front of field names.
  field_reader(const json::value& v, origin from, std::string path = {});

  template <class Int>
  void integer(std::string_view key, Int& n, std::int64_t min,
               std::int64_t max) {
    if (const auto* v = required(key))
      store(key, *v, n, min, max);
  }

  template <class Int>
  void integer_or(std::string_view key, Int& n, Int fallback, std::int64_t min,
                  std::int64_t max) {
    n = fallback;
    if (const auto* v = optional(key))
      store(key, *v, n, min, max);
  }

  template <class Int>
  void optional_integer(std::string_view key, std::optional<Int>& n,
                        std::int64_t min, std::int64_t max) {
    n.reset();
    if (const auto* v = optional(key))
      store(key, *v, n.emplace(), min, max);
  }

  /// A short text on one line.
  void name(std::string_view key, std::string& text);
  void optional_name(std::string_view key, std::string& text);

  /// A free text; new lines and tabs are allowed.
  void text(std::string_view key, std::string& text);
  void optional_text(std::string_view key, std::string& text);

  void flag(std::string_view key, bool& value, bool fallback);

  /// One of `names`, as its index.
  void choice(std::string_view key, std::span<const std::string_view> names,
              std::size_t& index);

  template <class Enum>
  void word(std::string_view key, Enum& value) {
    std::size_t index = static_cast<std::size_t>(value);
    choice(key, enum_names<Enum>::value, index);
    value = static_cast<Enum>(index);
  }

  template <class Enum>
  void word_or(std::string_view key, Enum& value, Enum fallback) {
    value = fallback;
    if (optional(key) != nullptr)
      word(key, value);
  }

  template <class Enum>
  void optional_word(std::string_view key, std::optional<Enum>& value) {
    value.reset();
    if (optional(key) != nullptr)
      word(key, value.emplace());
  }

  void corner(std::string_view key, ringside::corner& c);
  void optional_corner(std::string_view key,
                       std::optional<ringside::corner>& c);
  void event_id(std::string_view key, bout::event_no& no);
  void id(std::string_view key, uuid& value);

  /// {id: `red`, `blue` or `none`}, by id; empty if left out.
  void criteria(std::string_view key, std::vector<bout::criterion_pick>& items);

  void integers(std::string_view key, std::vector<int>& items, std::int64_t min,
                std::int64_t max);

  template <class T>
  void object(std::string_view key, T& x) {
    nested(key, [&x](auto& sub) { fields(sub, x); });
  }

  /// `describe` gets the reader of the inner object.
  template <class Describe>
  void nested(std::string_view key, Describe describe) {
    if (const auto* v = required(key))
      enter(*v, path_of(key), describe);
  }

  /// A row of objects; empty if left out.
  template <class T>
  void list(std::string_view key, std::vector<T>& items,
            std::size_t length_max) {
    items.clear();
    for (const auto& v : elements(key, length_max))
      enter(v, path_of(key),
            [&items](auto& sub) { fields(sub, items.emplace_back()); });
  }

  /// True if the object has `key`; the field counts as known from now on.
  bool has(std::string_view key) {
    return optional(key) != nullptr;
  }

  /// The member, or null; a missing `required` one is an error.
  const json::value* required(std::string_view key);
  const json::value* optional(std::string_view key);

  /// Keeps `why` unless there is an earlier error.
  void fail(error why);

  /// The same about something that is not there: an unknown field explains it
  /// better and goes first.
  void fail_missing(error why);

  /// The first error so far. @pre There is one.
  const error& first_error() const;

  /// The first error, or `malformed` if a field was never asked for.
  result<unit> finish();

  /// The name of a field as the client knows it, for example `red.name`.
  std::string path_of(std::string_view key) const;

private:
  template <class Int>
  void store(std::string_view key, const json::value& v, Int& n,
             std::int64_t min, std::int64_t max) {
    using type = std::numeric_limits<Int>;
    if (from_ == origin::journal) {
      min = static_cast<std::int64_t>(type::min());
      // JSON holds no more than this of a wide one.
      max = sizeof(Int) < sizeof(std::int64_t)
              ? static_cast<std::int64_t>(type::max())
              : json::integer_max;
    }
    if (auto got = checked_integer(key, v, min, max))
      n = static_cast<Int>(*got);
  }

  template <class Describe>
  void enter(const json::value& v, std::string path, Describe describe) {
    field_reader sub{v, from_, std::move(path)};
    describe(sub);
    if (auto ok = sub.finish(); !ok)
      fail(ok.reason());
  }

  std::optional<std::int64_t> checked_integer(std::string_view key,
                                              const json::value& v,
                                              std::int64_t min,
                                              std::int64_t max);
  void store_text(std::string_view key, const json::value& v, std::string& out,
                  std::size_t bytes_max, bool one_line);
  std::span<const json::value> elements(std::string_view key,
                                        std::size_t length_max);
  void fail_type(std::string_view key, std::string_view wanted,
                 const json::value& got);
  void fail_value(std::string_view key, std::string detail);

  const json::object* object_ = nullptr;
  origin from_;
  std::string path_;
  std::vector<std::string_view> known_;
  std::optional<error> first_;
  /// The first error is about a field that is not there.
  bool missing_ = false;
};

/// `text` for a message to people: cut to a few dozen bytes, never inside a
/// character.
std::string shortened(std::string_view text);

/// The one of `known` that is most like `text`; empty if none is near.
std::string_view nearest(std::string_view text,
                         std::span<const std::string_view> known);

} // namespace ringside::wire
