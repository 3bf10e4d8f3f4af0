#include "domain/vision/vendor/mapper.hpp"

#include <algorithm>
#include <utility>

namespace ringside::vendor {

namespace {

constexpr std::int64_t error_max_us = 2'000'000;

bool refused(mapped& out, refusal why, const json::value& said) {
  out.report.reset();
  out.why = why;
  out.said = short_text(said);
  return false;
}

} // namespace

mapper::mapper(vendor_mapping m, std::span<const std::string> kinds)
  : mapping_(std::move(m)) {
  for (const auto& row : mapping_.labels) {
    auto at = std::find(kinds.begin(), kinds.end(), row.kind) - kinds.begin();
    labels_.emplace(row.name,
                    meaning{static_cast<fusion::kind_index>(at), row.target});
  }
  for (const auto& name : mapping_.no_strikes)
    labels_.emplace(name, meaning{});
  if (mapping_.level == input_level::frames)
    frames_.emplace(mapping_, kinds);
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
    auto err = number_of(*bound, 0);
    if (!err || *err < 0 || *err > error_max_us)
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
    auto n = share_of(*said, unit);
    if (!n)
      return refused(out, why, *said);
    to = ppm{*n};
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
