#include "domain/vision/witness/evidence_of.hpp"

#include "domain/wire/ids.hpp"

#include <algorithm>

namespace ringside::witness {

namespace {

using scoring::hybrid::act;

/// As for a strike of which people do not say how hard it was.
constexpr ppm middling{500'000};

act act_of(const desk::fused_fact& x) noexcept {
  switch (x.target) {
  case bout::strike_target::head:
    return act::strike_head;
  case bout::strike_target::body:
    return act::strike_body;
  case bout::strike_target::leg:
    return act::strike_leg;
  case bout::strike_target::unknown:
    break;
  }
  return x.kind.starts_with("head_")   ? act::strike_head
         : x.kind.starts_with("body_") ? act::strike_body
         : x.kind.starts_with("leg_")  ? act::strike_leg
                                       : act::strike;
}

const desk::fused_source* first_human(const desk::fused_fact& x) {
  auto found = std::find_if(x.sources.begin(), x.sources.end(),
                            [](const auto& s) { return s.human(); });
  return found != x.sources.end() ? &*found : nullptr;
}

/// A report that came after the decision changed nothing and counts for
/// nothing; one that was handed over and made the event counts.
bool decided_it(const desk::fused_source& s) {
  return !s.late || s.llr_milli != 0;
}

bool by_camera(const desk::fused_fact& x) {
  return std::any_of(x.sources.begin(), x.sources.end(),
                     [](const auto& s) { return !s.human() && decided_it(s); });
}

std::string logged_as(std::uint64_t seq) {
  return wire::event_id_text(static_cast<bout::event_no>(seq));
}

} // namespace

std::string evidence_name(const desk::fused_fact& x) {
  // `source/<id>/<seq>` or `account/<id>/<seq>`; the number of an operator's
  // report is that of its event, alone in the bout.
  auto last = x.id.rfind('/');
  auto first = x.id.find('/');
  if (x.id.starts_with("account/"))
    return std::string{evidence_prefix} + "e" + x.id.substr(last + 1);
  return std::string{evidence_prefix} + x.id.substr(first + 1, last - first - 1)
         + "." + x.id.substr(last + 1);
}

std::optional<scoring::hybrid::evidence>
evidence_of(const desk::fused_fact& x, rules::camera_counting counting) {
  const auto* human = first_human(x);
  if (!rules::may_count(counting) || x.state != fusion::event_state::final
      || x.standing != fusion::standing::sure || !x.corner || !x.at
      || x.round < 1 || !by_camera(x)
      || (counting == rules::camera_counting::strikes_with_human
          && human == nullptr))
    return std::nullopt;
  scoring::hybrid::evidence e;
  e.id = evidence_name(x) + ".r" + std::to_string(x.rev);
  if (human != nullptr)
    e.act_id = logged_as(human->seq);
  e.source = scoring::hybrid::source::camera;
  e.reporter = "cameras";
  e.corner = *x.corner;
  e.act = act_of(x);
  e.severity = x.severity.count >= 0 ? x.severity : middling;
  e.confidence = x.p;
  e.at = *x.at;
  if (!valid_id_text(e.id))
    return std::nullopt;
  return e;
}

} // namespace ringside::witness
