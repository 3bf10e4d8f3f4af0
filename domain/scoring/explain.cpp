#include "domain/scoring/explain.hpp"

#include "domain/bout/box_score.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace ringside::scoring {

namespace {

using namespace bout;

/// `3:12`, minutes and seconds of running time.
std::string clock_text(round_ms at) {
  auto s = at.count / 1'000;
  char text[32];
  std::snprintf(text, sizeof text, "%lld:%02lld",
                static_cast<long long>(s / 60), static_cast<long long>(s % 60));
  return text;
}

/// `+0.21`, a shift of probability in hundredths.
std::string shift_text(std::int32_t ppm) {
  constexpr int ppm_per_hundredth = 10'000;
  auto hundredths = (std::abs(ppm) + ppm_per_hundredth / 2) / ppm_per_hundredth;
  char text[32];
  std::snprintf(text, sizeof text, "%c%d.%02d", ppm < 0 ? '-' : '+',
                hundredths / 100, hundredths % 100);
  return text;
}

/// A fact in words.
struct namer {
  std::string operator()(const strike& s) const {
    std::string text = s.landed ? "" : "missed ";
    text += s.significant ? "" : "non-significant ";
    if (s.target != strike_target::unknown)
      text += std::string{text_of(s.target)} + " ";
    text += s.technique.empty() || s.technique == "strike"
              ? "strike"
              : "strike (" + s.technique + ")";
    return text;
  }

  std::string operator()(const knockdown& k) const {
    return k.tier.empty() ? "knockdown" : "knockdown (" + k.tier + ")";
  }

  std::string operator()(const takedown& t) const {
    return t.landed ? "takedown" : "failed takedown";
  }

  std::string operator()(const submission_attempt& s) const {
    return s.depth == submission_depth::normal
             ? "submission attempt"
             : "submission attempt (" + std::string{text_of(s.depth)} + ")";
  }

  std::string operator()(const reversal&) const {
    return "reversal";
  }

  std::string operator()(const foul&) const {
    return "foul";
  }

  template <class Other>
  std::string operator()(const Other&) const {
    return "";
  }
};

class explainer {
public:
  explainer(const profile& p, const rules::score_scale& scale,
            std::span<const timed_fact> facts, round_ms until)
    : p_(p), scale_(scale), facts_(facts), until_(until),
      tally_(recount(facts, until)), now_(look_at(p, scale, tally_)) {
    // nop
  }

  std::vector<contribution> all() {
    add_facts();
    add_control();
    std::stable_sort(out_.begin(), out_.end(),
                     [](const auto& a, const auto& b) {
                       auto x = std::abs(a.shift_ppm);
                       auto y = std::abs(b.shift_ppm);
                       return x != y ? x > y : a.at < b.at;
                     });
    return std::move(out_);
  }

private:
  /// What `c` would lose if the round were `without`.
  std::int32_t shift(corner c, const round_tally& without) const {
    auto then = look_at(p_, scale_, without);
    return now_.wins[c].count - then.wins[c].count;
  }

  void keep(std::size_t index, corner by, round_ms at, std::int32_t shift_ppm,
            const std::string& name) {
    if (shift_ppm == 0)
      return;
    out_.push_back(
      {index, by, at,
       name + " at " + clock_text(at) + ", " + shift_text(shift_ppm),
       shift_ppm});
  }

  void add_facts() {
    for (std::size_t i = 0; i < facts_.size(); ++i) {
      const auto& f = facts_[i];
      auto name = std::visit(namer{}, f.what);
      if (name.empty())
        continue;
      auto by = corner_of(f.what);
      auto without = tally_;
      remove(without, f.what);
      keep(i, by, f.at, shift(by, without), name);
    }
  }

  void add_control() {
    for (const auto& x : control_of(facts_).intervals(until_)) {
      auto without = tally_;
      auto lasted = x.to - x.from;
      set_control(without, x.corner,
                  round_ms{tally_.corners[x.corner][column::control_minutes]}
                    - lasted);
      auto name = x.kind.empty() ? "control" : x.kind + " control";
      keep(start_of(x), x.corner, x.from, shift(x.corner, without),
           name + " for " + clock_text(lasted));
    }
  }

  std::size_t start_of(const control_log::interval& x) const {
    for (std::size_t i = 0; i < facts_.size(); ++i) {
      const auto* s = std::get_if<control_start>(&facts_[i].what);
      if (s != nullptr && s->corner == x.corner && facts_[i].at == x.from)
        return i;
    }
    return facts_.size();
  }

  const profile& p_;
  const rules::score_scale& scale_;
  std::span<const timed_fact> facts_;
  round_ms until_;
  round_tally tally_;
  outlook now_;
  std::vector<contribution> out_;
};

} // namespace

std::vector<contribution> explain(const profile& p,
                                  const rules::score_scale& scale,
                                  std::span<const timed_fact> facts,
                                  round_ms until, std::size_t most) {
  auto all = explainer{p, scale, facts, until}.all();
  if (all.size() > most)
    all.resize(most);
  return all;
}

} // namespace ringside::scoring
