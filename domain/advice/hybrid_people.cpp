#include "domain/advice/hybrid_round.hpp"
#include "domain/wire/ids.hpp"

#include <optional>
#include <utility>
#include <variant>

namespace ringside::advice {

namespace {

using namespace bout;
using scoring::hybrid::evidence;
using act_kind = scoring::hybrid::act;

constexpr ppm sure{1'000'000};
constexpr ppm light{250'000};
constexpr ppm middling{500'000};
constexpr ppm heavy{750'000};
constexpr ppm utmost{1'000'000};

/// What a fact is as an act.
struct told {
  ringside::corner corner = ringside::corner::red;
  act_kind act = act_kind::other;
  ppm severity = middling;
};

act_kind strike_act(const strike& x) noexcept {
  if (!x.significant)
    return act_kind::strike_light;
  switch (x.target) {
  case strike_target::head:
    return act_kind::strike_head;
  case strike_target::body:
    return act_kind::strike_body;
  case strike_target::leg:
    return act_kind::strike_leg;
  case strike_target::unknown:
    break;
  }
  return act_kind::strike;
}

ppm strike_severity(strike_quality q) noexcept {
  return q == strike_quality::solid   ? utmost
         : q == strike_quality::light ? light
                                      : middling;
}

/// A tier that nobody knows is the one that was measured.
act_kind knockdown_act(const std::string& tier) noexcept {
  return tier == "flash"            ? act_kind::knockdown_flash
         : tier == "near_finish"    ? act_kind::knockdown_near_finish
         : tier == "standing_count" ? act_kind::rocked
                                    : act_kind::knockdown_hard;
}

ppm submission_severity(submission_depth d) noexcept {
  switch (d) {
  case submission_depth::light:
    return light;
  case submission_depth::deep:
    return heavy;
  case submission_depth::near_finish:
    return utmost;
  case submission_depth::normal:
    break;
  }
  return middling;
}

struct teller {
  std::optional<told> operator()(const strike& x) const {
    if (!x.landed)
      return std::nullopt;
    return told{x.corner, strike_act(x), strike_severity(x.quality)};
  }

  std::optional<told> operator()(const knockdown& x) const {
    return told{x.corner, knockdown_act(x.tier), middling};
  }

  std::optional<told> operator()(const takedown& x) const {
    return told{x.corner,
                x.landed ? act_kind::takedown : act_kind::takedown_attempt,
                middling};
  }

  std::optional<told> operator()(const submission_attempt& x) const {
    return told{x.corner, act_kind::submission_attempt,
                submission_severity(x.depth)};
  }

  std::optional<told> operator()(const reversal& x) const {
    return told{x.corner, act_kind::reversal, middling};
  }

  /// Control comes from the log of its marks.
  template <class Fact>
  std::optional<told> operator()(const Fact&) const {
    return std::nullopt;
  }
};

evidence by_people(std::string id, const told& what, round_ms at) {
  evidence e;
  e.id = std::move(id);
  e.source = scoring::hybrid::source::human;
  e.reporter = "people";
  e.corner = what.corner;
  e.act = what.act;
  e.severity = what.severity;
  e.confidence = sure;
  e.at = at;
  return e;
}

/// Several people may log the same act; one account logs it once.
std::string reporter_of(const bout::state& now, event_no no) {
  auto found = now.facts.find(no);
  return found != now.facts.end() && valid_id_text(found->second.author)
           ? found->second.author
           : "people";
}

} // namespace

std::vector<evidence> human_evidence(const hybrid_inputs& at) {
  std::vector<evidence> all;
  const auto* round = find_round(at.now, at.round);
  if (round == nullptr)
    return all;
  for (const auto& placed : scoring::facts_of(at.now, at.round)) {
    auto what = std::visit(teller{}, placed.fact.what);
    if (!what)
      continue;
    auto name = wire::event_id_text(placed.no);
    auto e = by_people("human." + name, *what, placed.fact.at);
    e.act_id = name;
    e.reporter = reporter_of(at.now, placed.no);
    all.push_back(std::move(e));
  }
  int n = 0;
  for (const auto& held :
       round->control.intervals(at.tallies.until(at.now, at.round))) {
    auto e = by_people("human.control." + std::to_string(++n),
                       {held.corner, act_kind::control, middling}, held.from);
    e.lasted = held.to - held.from;
    all.push_back(std::move(e));
  }
  return all;
}

} // namespace ringside::advice
