#include "domain/bout/box_score.hpp"

namespace ringside::bout {

namespace {

void count(ratio& r, bool landed, std::int32_t sign) noexcept {
  r.attempted += sign;
  if (landed)
    r.landed += sign;
}

ratio* target_of(box_score& box, strike_target target) noexcept {
  switch (target) {
  case strike_target::head:
    return &box.head;
  case strike_target::body:
    return &box.body;
  case strike_target::leg:
    return &box.leg;
  case strike_target::unknown:
    break;
  }
  return nullptr;
}

ratio* position_of(box_score& box, strike_position position) noexcept {
  switch (position) {
  case strike_position::distance:
    return &box.distance;
  case strike_position::clinch:
    return &box.clinch;
  case strike_position::ground:
    return &box.ground;
  case strike_position::unknown:
    break;
  }
  return nullptr;
}

struct tally_visitor {
  per_corner<box_score>& boxes;
  std::int32_t sign;

  void operator()(const strike& s) const noexcept {
    auto& box = boxes[s.corner];
    count(box.total, s.landed, sign);
    if (!s.significant)
      return;
    count(box.significant, s.landed, sign);
    if (auto* target = target_of(box, s.target))
      count(*target, s.landed, sign);
    if (auto* position = position_of(box, s.position))
      count(*position, s.landed, sign);
  }

  void operator()(const knockdown& k) const noexcept {
    boxes[k.corner].knockdowns += sign;
  }

  void operator()(const takedown& t) const noexcept {
    count(boxes[t.corner].takedowns, t.landed, sign);
  }

  void operator()(const submission_attempt& s) const noexcept {
    boxes[s.corner].submission_attempts += sign;
  }

  void operator()(const reversal& r) const noexcept {
    boxes[r.corner].reversals += sign;
  }

  void operator()(const foul& f) const noexcept {
    boxes[f.corner].fouls += sign;
  }

  void operator()(const press& p) const noexcept {
    boxes[p.corner].presses += sign;
  }

  void operator()(const control_start&) const noexcept {
    // nop
  }

  void operator()(const control_end&) const noexcept {
    // nop
  }

  void operator()(const deduction&) const noexcept {
    // nop
  }
};

} // namespace

void tally(per_corner<box_score>& boxes, const fact& what,
           std::int32_t sign) noexcept {
  std::visit(tally_visitor{boxes, sign}, what);
}

bool is_control(const fact& what) noexcept {
  return std::holds_alternative<control_start>(what)
         || std::holds_alternative<control_end>(what);
}

corner corner_of(const fact& what) noexcept {
  return std::visit([](const auto& f) { return f.corner; }, what);
}

} // namespace ringside::bout
