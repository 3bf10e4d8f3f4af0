#include "domain/audit/json.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace ringside::json {

namespace {

std::string some_key() {
  auto chars = rc::gen::elementOf(std::string{"abcxyz019_"});
  return *rc::gen::resize(
    32, rc::gen::nonEmpty(rc::gen::container<std::string>(chars)));
}

std::string some_text() {
  auto pieces = rc::gen::element<std::string>(
    "a", "Z", "\"", "\\", "/", "\n", std::string(1, '\0'), "\x1f", "\x7f", "é",
    "\xe2\x80\xa8", "🥊", "\xef\xbf\xbf", " ", "0");
  std::string text;
  for (const auto& piece :
       *rc::gen::container<std::vector<std::string>>(pieces))
    text += piece;
  return text;
}

value some_value(int depth) {
  switch (*rc::gen::inRange(0, depth > 0 ? 5 : 3)) {
  case 0:
    return *rc::gen::inRange<std::int64_t>(-integer_max, integer_max + 1);
  case 1:
    return some_text();
  case 2:
    return *rc::gen::arbitrary<bool>();
  case 3: {
    array items;
    for (auto n = *rc::gen::inRange(0, 4); n > 0; --n)
      items.push_back(some_value(depth - 1));
    return items;
  }
  default: {
    object fields;
    for (auto n = *rc::gen::inRange(0, 4); n > 0; --n)
      fields.insert_or_assign(some_key(), some_value(depth - 1));
    return fields;
  }
  }
}

} // namespace

RC_GTEST_PROP(audit_json_property, round_trips, ()) {
  auto v = some_value(7);
  auto text = to_text(v);
  auto parsed = parse_canonical(text, {.bytes_max = 1 << 24, .depth_max = 8});
  RC_ASSERT(static_cast<bool>(parsed));
  RC_ASSERT(*parsed == v);
}

RC_GTEST_PROP(audit_json_property, any_bytes_are_read_or_refused,
              (const std::string& text)) {
  auto parsed = parse(text);
  if (parsed) {
    RC_ASSERT(static_cast<bool>(parse_canonical(to_text(*parsed))));
  }
}

RC_GTEST_PROP(audit_json_property, mutated_texts_are_read_or_refused, ()) {
  auto text = to_text(some_value(4));
  for (auto n = *rc::gen::inRange(1, 4); n > 0 && !text.empty(); --n) {
    auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    text[at] = *rc::gen::elementOf(std::string{"{}[]\",:\\u0-9enul \xff"});
  }
  auto parsed = parse(text);
  if (parsed) {
    RC_ASSERT(*parse_canonical(to_text(*parsed)) == *parsed);
  }
}

} // namespace ringside::json
