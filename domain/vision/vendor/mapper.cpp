#include "domain/vision/vendor/mapper.hpp"

#include "domain/vision/vendor/fixed.hpp"

#include <algorithm>
#include <utility>

namespace ringside::vendor {

namespace {

constexpr std::int64_t million = 1'000'000;

/// A number or what stands for one.
std::optional<std::int64_t> number(const json::value& v, int shift) {
  if (const auto* n = v.as_int())
    return read_fixed(std::to_string(*n), shift);
  if (const auto* text = v.as_string())
    return read_fixed(*text, shift);
  return std::nullopt;
}

/// What a person should see of a value that was refused. Cut between
/// characters, so that it stays UTF-8.
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

bool refused(mapped& out, refusal why, const json::value& said) {
  out.report.reset();
  out.why = why;
  out.said = short_text(said);
  return false;
}

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

/// Microseconds.
std::optional<std::int64_t> time_of(const json::value& v, time_unit unit) {
  switch (unit) {
  case time_unit::s:
    return number(v, 6);
  case time_unit::ms:
    return number(v, 3);
  case time_unit::us:
    return number(v, 0);
  case time_unit::ns:
    break;
  }
  auto ns = number(v, 0);
  return ns ? std::optional{*ns / 1'000} : std::nullopt;
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

mapper::mapper(vendor_mapping m, std::span<const std::string> kinds)
  : mapping_(std::move(m)) {
  for (const auto& row : mapping_.labels) {
    auto at = std::find(kinds.begin(), kinds.end(), row.kind) - kinds.begin();
    labels_.emplace(row.name,
                    meaning{static_cast<fusion::kind_index>(at), row.target});
  }
  for (const auto& name : mapping_.no_strikes)
    labels_.emplace(name, meaning{});
}

mapped mapper::map(const json::value& item) const {
  mapped out;
  if (item.as_object() == nullptr) {
    refused(out, refusal::no_object, item);
    return out;
  }
  const auto* label = look_up(item, mapping_.label);
  if (label == nullptr) {
    out.why = refusal::no_label;
    return out;
  }
  auto known = labels_.find(short_text(*label));
  if (label->as_string() == nullptr || known == labels_.end()
      || known->first != *label->as_string()) {
    refused(out, refusal::unknown_label, *label);
    return out;
  }
  if (!known->second.kind)
    return out;
  out.report.emplace();
  out.report->kind = known->second.kind;
  out.report->target = known->second.target;
  static_cast<void>(read_corner(item, out) && read_time(item, out)
                    && read_shares(item, out) && read_words(item, out));
  return out;
}

bool mapper::read_corner(const json::value& item, mapped& out) const {
  const auto* said = look_up(item, mapping_.corner);
  if (said == nullptr)
    return true;
  auto name = said->as_array() != nullptr || said->as_object() != nullptr
                ? std::string{}
                : short_text(*said);
  for (const auto& row : mapping_.corners)
    if (row.name == name) {
      out.report->corner = row.corner;
      return true;
    }
  return refused(out, refusal::unknown_corner, *said);
}

bool mapper::read_time(const json::value& item, mapped& out) const {
  const auto* said = look_up(item, mapping_.time);
  auto t = said != nullptr ? time_of(*said, mapping_.unit) : std::nullopt;
  // Before 1970 is nobody's clock, and beyond 2^53 nobody's number.
  if (!t || *t < 0 || *t > json::integer_max)
    return refused(out, refusal::bad_time,
                   said != nullptr ? *said : json::value{std::string{}});
  out.report->t_est = {*t};
  out.report->err_us = mapping_.err_us;
  if (const auto* bound = look_up(item, mapping_.error)) {
    auto err = number(*bound, 0);
    if (!err || *err < 0 || *err > 2 * million)
      return refused(out, refusal::bad_error, *bound);
    out.report->err_us = static_cast<std::int32_t>(*err);
  }
  return true;
}

bool mapper::read_shares(const json::value& item, mapped& out) const {
  auto read = [&](const paths& where, share_unit unit, refusal why,
                  std::optional<ppm>& to) {
    const auto* said = look_up(item, where);
    if (said == nullptr)
      return true;
    auto n = number(*said, shift_of(unit));
    if (!n || *n < 0 || *n > million)
      return refused(out, why, *said);
    to = ppm{static_cast<std::int32_t>(*n)};
    return true;
  };
  return read(mapping_.confidence, mapping_.confidence_unit,
              refusal::bad_confidence, out.report->conf)
         && read(mapping_.severity, mapping_.severity_unit,
                 refusal::bad_severity, out.report->severity);
}

bool mapper::read_words(const json::value& item, mapped& out) const {
  if (const auto* said = look_up(item, mapping_.target)) {
    auto word = parse_enum<bout::strike_target>(short_text(*said));
    if (!word || said->as_string() == nullptr)
      return refused(out, refusal::bad_target, *said);
    out.report->target = *word;
  }
  if (const auto* said = look_up(item, mapping_.in_view)) {
    if (said->as_bool() == nullptr)
      return refused(out, refusal::bad_in_view, *said);
    out.report->in_view = *said->as_bool();
  }
  return true;
}

} // namespace ringside::vendor
