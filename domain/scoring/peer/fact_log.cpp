#include "domain/scoring/peer/fact_log.hpp"

#include "domain/bout/box_score.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

namespace ringside::scoring::peer {

namespace {

/// Our techniques in the words of engine A; what is not here is a cross.
constexpr std::array<std::pair<std::string_view, std::string_view>, 13>
  techniques{{
    {"jab", "Jab"},
    {"hook", "Hook"},
    {"overhand", "Hook"},
    {"spinning_backfist", "Hook"},
    {"uppercut", "Uppercut"},
    {"elbow", "Elbow"},
    {"spinning_elbow", "Elbow"},
    {"knee", "Knee"},
    {"flying_knee", "Knee"},
    {"kick", "Kick"},
    {"head_kick", "Head Kick"},
    {"body_kick", "Body Kick"},
    {"leg_kick", "Leg Kick"},
  }};

std::string_view word_of(std::string_view technique) noexcept {
  auto at
    = std::find_if(techniques.begin(), techniques.end(),
                   [&](const auto& row) { return row.first == technique; });
  if (at != techniques.end())
    return at->second;
  return technique.ends_with("kick") ? "Kick" : "Cross";
}

struct act_visitor {
  std::optional<log_event> operator()(const bout::strike& s) const {
    if (!s.landed)
      return std::nullopt;
    auto hard = s.significant && s.quality != bout::strike_quality::light;
    if (s.position == bout::strike_position::ground)
      return act(s.corner, hard ? "GnP Hard" : "GnP Light");
    auto word = word_of(s.technique);
    if (!hard)
      return act(s.corner, word);
    // All kicks are one kind when they are significant.
    if (word.ends_with("Kick"))
      word = "Kick";
    return act(s.corner, "SS " + std::string{word});
  }

  std::optional<log_event> operator()(const bout::knockdown& x) const {
    auto e = act(x.corner, "KD");
    e.tier = x.tier == "near_finish" ? "Near-Finish"
             : x.tier == "hard"      ? "Hard"
                                     : "Flash";
    return e;
  }

  std::optional<log_event> operator()(const bout::takedown& x) const {
    return x.landed ? act(x.corner, "Takedown")
                    : act(opponent(x.corner), "TD Stuffed");
  }

  std::optional<log_event> operator()(const bout::submission_attempt& x) const {
    auto e = act(x.corner, "Submission Attempt");
    if (x.depth == bout::submission_depth::near_finish)
      e.tier = "Near-Finish";
    else if (x.depth == bout::submission_depth::deep)
      e.tier = "Deep";
    return e;
  }

  std::optional<log_event> operator()(const bout::reversal& x) const {
    return act(x.corner, "Sweep/Reversal");
  }

  template <class Other>
  std::optional<log_event> operator()(const Other&) const {
    return std::nullopt;
  }

  static log_event act(corner c, std::string_view word) {
    log_event e;
    e.corner = c;
    e.type = word;
    return e;
  }
};

std::string_view control_word(std::string_view kind) noexcept {
  if (kind == "back")
    return "Back Control";
  return kind == "cage" || kind == "clinch" ? "Cage Control" : "Top Control";
}

} // namespace

void fact_log::add(const bout::fact& what, round_ms at) {
  if (bout::is_control(what)) {
    const auto* start = std::get_if<bout::control_start>(&what);
    control_.add({++marks_,
                  {at.count * 1'000},
                  at,
                  start != nullptr,
                  bout::corner_of(what),
                  start == nullptr ? std::string{} : start->kind});
  } else if (auto e = std::visit(act_visitor{}, what)) {
    e->at_ms = at.count;
    acts_.push_back(std::move(*e));
  }
}

std::vector<log_event> fact_log::events(round_ms until) const {
  auto out = acts_;
  for (const auto& held : control_.intervals(until)) {
    auto e = act_visitor::act(held.corner, control_word(held.kind));
    e.at_ms = held.to.count;
    e.duration_s = static_cast<double>((held.to - held.from).count) / 1'000;
    out.push_back(std::move(e));
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    return a.at_ms < b.at_ms;
  });
  return out;
}

} // namespace ringside::scoring::peer
