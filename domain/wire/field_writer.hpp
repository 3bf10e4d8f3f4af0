#pragma once

#include "domain/audit/json.hpp"
#include "domain/base/corner.hpp"
#include "domain/base/enum_text.hpp"
#include "domain/base/uuid.hpp"
#include "domain/wire/ids.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ringside::wire {

/// Writes described fields into a JSON object. A description is a template
/// `fields(F& f, T& x)`; with this class it writes `x`, with `field_reader` it
/// reads it, so that both directions cannot drift apart. Members named `..._or`
/// and `optional_...` leave out what has its default. Nothing is ever changed
/// in `x`; ranges and lengths are the reader's business.
class field_writer {
public:
  static constexpr bool reads = false;

  template <class Int>
  void integer(std::string_view key, Int& n, std::int64_t, std::int64_t) {
    put(key, static_cast<std::int64_t>(n));
  }

  template <class Int>
  void integer_or(std::string_view key, Int& n, Int fallback, std::int64_t min,
                  std::int64_t max) {
    if (n != fallback)
      integer(key, n, min, max);
  }

  template <class Int>
  void optional_integer(std::string_view key, std::optional<Int>& n,
                        std::int64_t min, std::int64_t max) {
    if (n)
      integer(key, *n, min, max);
  }

  void name(std::string_view key, std::string& text) {
    put(key, text);
  }

  void text(std::string_view key, std::string& text) {
    put(key, text);
  }

  void optional_name(std::string_view key, std::string& text) {
    if (!text.empty())
      put(key, text);
  }

  void optional_text(std::string_view key, std::string& text) {
    if (!text.empty())
      put(key, text);
  }

  void flag(std::string_view key, bool& value, bool fallback) {
    if (value != fallback)
      put(key, value);
  }

  /// One of `names`, as its index.
  void choice(std::string_view key, std::span<const std::string_view> names,
              std::size_t& index) {
    put(key, names[index]);
  }

  template <class Enum>
  void word(std::string_view key, Enum& value) {
    put(key, text_of(value));
  }

  template <class Enum>
  void word_or(std::string_view key, Enum& value, Enum fallback) {
    if (value != fallback)
      word(key, value);
  }

  template <class Enum>
  void optional_word(std::string_view key, std::optional<Enum>& value) {
    if (value)
      word(key, *value);
  }

  void corner(std::string_view key, ringside::corner& c) {
    put(key, to_string(c));
  }

  void optional_corner(std::string_view key,
                       std::optional<ringside::corner>& c) {
    if (c)
      put(key, to_string(*c));
  }

  void event_id(std::string_view key, bout::event_no& no) {
    put(key, event_id_text(no));
  }

  void id(std::string_view key, uuid& value) {
    put(key, to_string(value));
  }

  /// {id: `red`, `blue` or `none`}; left out if empty.
  void criteria(std::string_view key, std::vector<bout::criterion_pick>& items);

  void integers(std::string_view key, std::vector<int>& items, std::int64_t min,
                std::int64_t max);

  template <class T>
  void object(std::string_view key, T& x) {
    nested(key, [&x](auto& sub) { fields(sub, x); });
  }

  /// `describe` gets the writer of the inner object.
  template <class Describe>
  void nested(std::string_view key, Describe describe) {
    field_writer sub;
    describe(sub);
    put(key, std::move(sub).take());
  }

  /// A row of objects; left out if empty.
  template <class T>
  void list(std::string_view key, std::vector<T>& items, std::size_t) {
    if (items.empty())
      return;
    json::array all;
    for (auto& item : items) {
      field_writer sub;
      fields(sub, item);
      all.emplace_back(std::move(sub).take());
    }
    put(key, std::move(all));
  }

  void put(std::string_view key, json::value v) {
    out_.insert_or_assign(std::string{key}, std::move(v));
  }

  json::object take() && {
    return std::move(out_);
  }

private:
  json::object out_;
};

} // namespace ringside::wire
