#include "domain/vision/vendor/frame_mapper.hpp"

#include "domain/vision/vendor/item.hpp"

#include <algorithm>

namespace ringside::vendor {

namespace {

/// Longest length that is read, thousandths of a height or of a pixel: beyond
/// it nothing is in a picture, and it never overflows.
constexpr std::int64_t length_max = 1'000'000'000;

const json::value nothing{std::string{}};

bool refused(mapped_frame& out, refusal why, const json::value* said) {
  out.frame.reset();
  out.why = why;
  out.said = short_text(said != nullptr ? *said : nothing);
  return false;
}

template <class Row, class Value>
bool look_for(const std::vector<Row>& rows, const json::value& said,
              Value Row::*value, Value& to) {
  auto name = name_of(said);
  auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& row) {
    return name && row.name == *name;
  });
  if (found == rows.end())
    return false;
  to = (*found).*value;
  return true;
}

} // namespace

frame_mapper::frame_mapper(const vendor_mapping& m,
                           std::span<const std::string> kinds)
  : layout_(m.frames), corner_(m.corner), time_(m.time), error_(m.error),
    unit_(m.unit), err_us_(m.err_us), corners_(m.corners) {
  for (const auto& row : layout_.actions)
    actions_.emplace(row.name, row.action);
  for (const auto& name : layout_.ignored)
    actions_.emplace(name, std::nullopt);
  for (const auto& row : layout_.kinds) {
    auto at = std::find(kinds.begin(), kinds.end(), row.kind) - kinds.begin();
    kinds_.push_back(
      {row.action, row.target, static_cast<fusion::kind_index>(at)});
  }
}

std::optional<fusion::kind_index>
frame_mapper::kind_of(analytics::action what,
                      bout::strike_target target) const noexcept {
  for (const auto& row : kinds_)
    if (row.action == what && (!row.target || *row.target == target))
      return row.index;
  return std::nullopt;
}

mapped_frame frame_mapper::map(const json::value& item) const {
  mapped_frame out;
  if (item.as_object() == nullptr) {
    refused(out, refusal::no_object, &item);
    return out;
  }
  out.frame.emplace();
  if (!read_head(item, out))
    return out;
  if (halves()) {
    static_cast<void>(read_half(item, out));
    return out;
  }
  for (auto c : both_corners)
    if (const auto* part
        = look_up(item, c == corner::red ? layout_.red : layout_.blue))
      if (!read_fighter(*part, c, out))
        break;
  return out;
}

bool frame_mapper::read_head(const json::value& item, mapped_frame& out) const {
  auto& f = *out.frame;
  const auto* said = look_up(item, layout_.number);
  auto number = said != nullptr ? number_of(*said, 0) : std::nullopt;
  if (!number || *number < 0 || *number > number_max)
    return refused(out, refusal::bad_number, said);
  // Some count from 0; the analytics from 1.
  f.seq = static_cast<std::uint64_t>(*number) + 1;
  said = look_up(item, time_);
  auto t = said != nullptr ? time_of(*said, unit_) : std::nullopt;
  if (!t || *t < 0 || *t > json::integer_max)
    return refused(out, refusal::bad_time, said);
  f.at = {*t};
  f.err_us = err_us_;
  if (const auto* bound = look_up(item, error_)) {
    auto err = number_of(*bound, 0);
    if (!err || *err < 0 || *err > 2'000'000)
      return refused(out, refusal::bad_error, bound);
    f.err_us = static_cast<std::int32_t>(*err);
  }
  if (const auto* view = look_up(item, layout_.view)) {
    auto share = share_of(*view, layout_.view_unit);
    if (!share)
      return refused(out, refusal::bad_view, view);
    f.view = {*share};
  }
  return true;
}

bool frame_mapper::read_half(const json::value& item, mapped_frame& out) const {
  const auto* said = look_up(item, corner_);
  auto c = corner::red;
  if (said == nullptr || !look_for(corners_, *said, &corner_row::corner, c))
    return refused(out, refusal::unknown_corner, said);
  return read_fighter(item, c, out);
}

bool frame_mapper::read_fighter(const json::value& part, corner c,
                                mapped_frame& out) const {
  if (part.as_object() == nullptr)
    return refused(out, refusal::bad_fighter, &part);
  auto& to = out.frame->fighters[c].emplace();
  return read_scores(part, to, out) && read_words(part, to, out)
         && read_shape(part, to, out);
}

bool frame_mapper::read_scores(const json::value& part,
                               analytics::fighter_view& to,
                               mapped_frame& out) const {
  const auto* said = look_up(part, layout_.scores);
  const auto* all = said != nullptr ? said->as_object() : nullptr;
  if (all == nullptr)
    return refused(out, refusal::no_scores, said);
  for (const auto& [name, value] : *all) {
    auto known = actions_.find(name);
    if (known == actions_.end()) {
      json::value unknown{name};
      return refused(out, refusal::unknown_label, &unknown);
    }
    if (!known->second)
      continue;
    auto share = share_of(value, layout_.score_unit);
    if (!share)
      return refused(out, refusal::bad_score, &value);
    // Two names of one action: whichever is surer.
    auto& score = to.score_ppm[analytics::index(*known->second)];
    score = std::max(score, *share);
  }
  return true;
}

bool frame_mapper::read_words(const json::value& part,
                              analytics::fighter_view& to,
                              mapped_frame& out) const {
  if (const auto* said = look_up(part, layout_.impact))
    if (!look_for(layout_.impacts, *said, &impact_row::level, to.impact))
      return refused(out, refusal::unknown_impact, said);
  if (const auto* said = look_up(part, layout_.hold)) {
    auto hold = analytics::hold_kind::top;
    if (!look_for(layout_.holds, *said, &hold_row::hold, hold))
      return refused(out, refusal::unknown_hold, said);
    to.hold = hold;
  }
  return true;
}

// -- shapes -------------------------------------------------------------------

bool frame_mapper::read_shape(const json::value& part,
                              analytics::fighter_view& to,
                              mapped_frame& out) const {
  if (const auto* said = look_up(part, layout_.box))
    if (to.box = box_of(*said); !to.box)
      return refused(out, refusal::bad_box, said);
  if (const auto* said = look_up(part, layout_.joints))
    if (to.skeleton = joints_of(*said); !to.skeleton)
      return refused(out, refusal::bad_joints, said);
  const auto* x = look_up(part, layout_.flow_x);
  const auto* y = look_up(part, layout_.flow_y);
  if (x == nullptr && y == nullptr)
    return true;
  auto dx = x != nullptr ? across(*x) : std::nullopt;
  auto dy = y != nullptr ? down(*y) : std::nullopt;
  if (!dx || !dy)
    return refused(out, refusal::bad_flow, x != nullptr ? x : y);
  to.motion = {*dx, *dy};
  return true;
}

/// Thousandths of the height.
std::optional<std::int32_t> frame_mapper::across(const json::value& v) const {
  if (layout_.unit != length_unit::share)
    return down(v);
  auto n = number_of(v, 6);
  if (!n || *n < -length_max || *n > length_max)
    return std::nullopt;
  auto milli = *n * layout_.width / layout_.height / 1'000;
  if (milli < -length_max || milli > length_max)
    return std::nullopt;
  return static_cast<std::int32_t>(milli);
}

std::optional<std::int32_t> frame_mapper::down(const json::value& v) const {
  auto n = number_of(v, layout_.unit == length_unit::share ? 6 : 3);
  if (!n || *n < -length_max || *n > length_max)
    return std::nullopt;
  auto by = layout_.unit == length_unit::pixel ? layout_.height : 1'000;
  return static_cast<std::int32_t>(*n / by);
}

std::optional<analytics::box> frame_mapper::box_of(const json::value& v) const {
  const auto* four = v.as_array();
  if (four == nullptr || four->size() != 4)
    return std::nullopt;
  auto x = across((*four)[0]);
  auto y = down((*four)[1]);
  auto right = across((*four)[2]);
  auto bottom = down((*four)[3]);
  if (!x || !y || !right || !bottom)
    return std::nullopt;
  if (layout_.boxes == box_form::size)
    return analytics::box{{*x, *y}, {*x + *right, *y + *bottom}};
  return analytics::box{{*x, *y}, {*right, *bottom}};
}

std::optional<analytics::keypoint>
frame_mapper::joint_of(const json::value* at) const {
  auto x = across(at[0]);
  auto y = down(at[1]);
  auto conf = share_of(at[2], layout_.joint_unit);
  if (!x || !y || !conf)
    return std::nullopt;
  return analytics::keypoint{{*x, *y}, {*conf}};
}

std::optional<analytics::skeleton>
frame_mapper::joints_of(const json::value& v) const {
  analytics::skeleton out;
  auto flat = layout_.joint_lists == joint_form::flat;
  const auto* list = v.as_array();
  if (list == nullptr || list->size() != out.size() * (flat ? 3 : 1))
    return std::nullopt;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto* at = flat ? &(*list)[3 * i] : nullptr;
    if (const auto* three = flat ? nullptr : (*list)[i].as_array();
        three != nullptr && three->size() == 3)
      at = three->data();
    auto joint = at != nullptr ? joint_of(at) : std::nullopt;
    if (!joint)
      return std::nullopt;
    out[i] = *joint;
  }
  return out;
}

} // namespace ringside::vendor
