#include "domain/wire/field_reader.hpp"

#include "domain/base/check.hpp"
#include "domain/wire/ids.hpp"

#include <array>

namespace ringside::wire {

namespace {

constexpr std::array<std::string_view, 2> corner_names{"red", "blue"};
constexpr std::array<std::string_view, 3> corner_or_none{"red", "blue", "none"};

std::string_view type_name(const json::value& v) noexcept {
  if (v.as_bool() != nullptr)
    return "true or false";
  if (v.as_int() != nullptr)
    return "an integer";
  if (v.as_string() != nullptr)
    return "text";
  return v.as_array() != nullptr ? "a list" : "an object";
}

std::string quoted(std::string_view text) {
  return "'" + shortened(text) + "'";
}

std::string listed(std::span<const std::string_view> names) {
  std::string all;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0)
      all += i + 1 == names.size() ? " or " : ", ";
    all += names[i];
  }
  return all;
}

bool fit_for_people(std::string_view text, bool one_line) noexcept {
  return std::none_of(text.begin(), text.end(), [one_line](char c) {
    auto byte = static_cast<unsigned char>(c);
    return byte == 0x7f
           || (byte < 0x20 && (one_line || (c != '\n' && c != '\t')));
  });
}

/// Levenshtein distance; both texts are short names.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j)
    row[j] = j;
  for (std::size_t i = 0; i < a.size(); ++i) {
    auto diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      auto change = diagonal + (a[i] == b[j] ? 0U : 1U);
      diagonal = row[j + 1];
      row[j + 1] = std::min({change, row[j] + 1, diagonal + 1});
    }
  }
  return row[b.size()];
}

} // namespace

std::string shortened(std::string_view text) {
  constexpr std::size_t bytes_max = 48;
  if (text.size() <= bytes_max)
    return std::string{text};
  auto cut = bytes_max;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xc0) == 0x80)
    --cut;
  return std::string{text.substr(0, cut)} + "...";
}

std::string_view nearest(std::string_view text,
                         std::span<const std::string_view> known) {
  auto best = std::string_view{};
  auto least = std::max<std::size_t>(2, text.size() / 3) + 1;
  if (text.size() > 64)
    return best;
  for (auto name : known)
    if (auto d = distance(text, name); d < least) {
      least = d;
      best = name;
    }
  return best;
}

field_reader::field_reader(const json::value& v, origin from, std::string path)
  : object_(v.as_object()), from_(from), path_(std::move(path)) {
  if (object_ == nullptr)
    fail(refuse(ec::malformed,
                (path_.empty() ? "the body" : "the field '" + path_ + "'")
                  + " must be an object, not " + std::string{type_name(v)},
                path_));
}

std::string field_reader::path_of(std::string_view key) const {
  return path_.empty() ? std::string{key} : path_ + "." + std::string{key};
}

void field_reader::fail(error why) {
  if (!first_)
    first_ = std::move(why);
}

void field_reader::fail_missing(error why) {
  if (!first_) {
    missing_ = true;
    fail(std::move(why));
  }
}

const error& field_reader::first_error() const {
  RINGSIDE_CHECK(first_.has_value());
  return *first_;
}

void field_reader::fail_type(std::string_view key, std::string_view wanted,
                             const json::value& got) {
  fail(refuse(ec::malformed,
              "the field '" + path_of(key) + "' must be " + std::string{wanted}
                + ", not " + std::string{type_name(got)},
              path_of(key)));
}

void field_reader::fail_value(std::string_view key, std::string detail) {
  fail(refuse(ec::invalid_value, path_of(key) + " " + std::move(detail),
              path_of(key)));
}

const json::value* field_reader::optional(std::string_view key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end())
    known_.push_back(key);
  if (object_ == nullptr)
    return nullptr;
  auto found = object_->find(key);
  return found == object_->end() ? nullptr : &found->second;
}

const json::value* field_reader::required(std::string_view key) {
  const auto* v = optional(key);
  if (v == nullptr)
    fail_missing(refuse(ec::malformed,
                        "the field '" + path_of(key) + "' is missing",
                        path_of(key)));
  return v;
}

result<unit> field_reader::finish() {
  if (object_ == nullptr || (first_ && !missing_))
    return *first_;
  for (const auto& [key, unused] : *object_) {
    if (std::find(known_.begin(), known_.end(), key) != known_.end())
      continue;
    auto near = nearest(key, known_);
    auto detail = "there is no field " + quoted(path_of(key));
    if (!near.empty())
      detail += "; the nearest one is '" + std::string{near} + "'";
    return refuse(ec::malformed, std::move(detail), shortened(path_of(key)),
                  "known are " + listed(known_));
  }
  if (first_)
    return *first_;
  return unit{};
}

std::optional<std::int64_t> field_reader::checked_integer(std::string_view key,
                                                          const json::value& v,
                                                          std::int64_t min,
                                                          std::int64_t max) {
  const auto* n = v.as_int();
  if (n == nullptr) {
    if (const auto* text = v.as_string())
      fail_value(key, "must be an integer, not the text " + quoted(*text));
    else
      fail_type(key, "an integer", v);
    return std::nullopt;
  }
  if (*n >= min && *n <= max)
    return *n;
  fail_value(key, "must be " + std::to_string(min) + " to "
                    + std::to_string(max) + ", not " + std::to_string(*n));
  return std::nullopt;
}

void field_reader::store_text(std::string_view key, const json::value& v,
                              std::string& out, std::size_t bytes_max,
                              bool one_line) {
  const auto* text = v.as_string();
  if (text == nullptr)
    return fail_type(key, "text", v);
  if (from_ == origin::request) {
    if (text->size() > bytes_max)
      return fail_value(key, "is longer than " + std::to_string(bytes_max)
                               + " bytes");
    if (!fit_for_people(*text, one_line))
      return fail_value(key, "has control characters");
  }
  out = *text;
}

void field_reader::name(std::string_view key, std::string& text) {
  if (const auto* v = required(key))
    store_text(key, *v, text, limits::name_bytes_max, true);
}

void field_reader::optional_name(std::string_view key, std::string& text) {
  text.clear();
  if (const auto* v = optional(key))
    store_text(key, *v, text, limits::name_bytes_max, true);
}

void field_reader::text(std::string_view key, std::string& text) {
  if (const auto* v = required(key))
    store_text(key, *v, text, limits::text_bytes_max, false);
}

void field_reader::optional_text(std::string_view key, std::string& text) {
  text.clear();
  if (const auto* v = optional(key))
    store_text(key, *v, text, limits::text_bytes_max, false);
}

void field_reader::flag(std::string_view key, bool& value, bool fallback) {
  value = fallback;
  const auto* v = optional(key);
  if (v == nullptr)
    return;
  if (const auto* b = v->as_bool())
    value = *b;
  else
    fail_type(key, "true or false", *v);
}

void field_reader::choice(std::string_view key,
                          std::span<const std::string_view> names,
                          std::size_t& index) {
  const auto* v = required(key);
  if (v == nullptr)
    return;
  const auto* text = v->as_string();
  if (text == nullptr)
    return fail_type(key, "text", *v);
  auto found = std::find(names.begin(), names.end(), *text);
  if (found == names.end())
    return fail_value(key,
                      "must be " + listed(names) + ", not " + quoted(*text));
  index = static_cast<std::size_t>(found - names.begin());
}

void field_reader::corner(std::string_view key, ringside::corner& c) {
  std::size_t index = 0;
  choice(key, corner_names, index);
  c = both_corners[index];
}

void field_reader::optional_corner(std::string_view key,
                                   std::optional<ringside::corner>& c) {
  c.reset();
  if (optional(key) != nullptr)
    corner(key, c.emplace());
}

void field_reader::event_id(std::string_view key, bout::event_no& no) {
  const auto* v = required(key);
  if (v == nullptr)
    return;
  const auto* text = v->as_string();
  if (text == nullptr)
    return fail_type(key, "text", *v);
  if (auto got = parse_event_id(*text))
    no = *got;
  else
    fail_value(key, "must be an event id such as e12, not " + quoted(*text));
}

void field_reader::id(std::string_view key, uuid& value) {
  const auto* v = required(key);
  if (v == nullptr)
    return;
  const auto* text = v->as_string();
  if (text == nullptr)
    return fail_type(key, "text", *v);
  if (auto got = parse_uuid(*text))
    value = *got;
  else
    fail_value(key, "must be a UUID, not " + quoted(*text));
}

std::span<const json::value> field_reader::elements(std::string_view key,
                                                    std::size_t length_max) {
  const auto* v = optional(key);
  if (v == nullptr)
    return {};
  const auto* items = v->as_array();
  if (items == nullptr) {
    fail_type(key, "a list", *v);
    return {};
  }
  if (from_ == origin::request && items->size() > length_max) {
    fail_value(key, "has more than " + std::to_string(length_max) + " items");
    return {};
  }
  return *items;
}

void field_reader::criteria(std::string_view key,
                            std::vector<bout::criterion_pick>& items) {
  items.clear();
  const auto* v = optional(key);
  if (v == nullptr)
    return;
  const auto* fields = v->as_object();
  if (fields == nullptr)
    return fail_type(key, "an object", *v);
  for (const auto& [id, winner] : *fields) {
    const auto* text = winner.as_string();
    auto path = std::string{key} + "." + id;
    if (text == nullptr)
      return fail_type(path, "text", winner);
    if (*text != "none" && !parse_corner(*text))
      return fail_value(path, "must be one of " + listed(corner_or_none)
                                + ", not " + quoted(*text));
    items.push_back({id, parse_corner(*text)});
  }
}

void field_reader::integers(std::string_view key, std::vector<int>& items,
                            std::int64_t min, std::int64_t max) {
  items.clear();
  if (required(key) == nullptr)
    return;
  for (const auto& v : elements(key, json::limits{}.bytes_max))
    store(key, v, items.emplace_back(), min, max);
}

} // namespace ringside::wire
