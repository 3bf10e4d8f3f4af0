#include "domain/synthetic/bout.hpp"

#include <algorithm>

namespace ringside::synthetic {

namespace {

using rules::result_kind;
using scoring::timed_fact;

constexpr std::uint64_t purpose_fight = 0;

int activity(const corner_line& x) noexcept {
  return 10 * x.of(stat::knockdowns) + x.of(stat::distance_landed)
         + x.of(stat::clinch_landed) + x.of(stat::ground_landed)
         + x.of(stat::control_s) / 20;
}

/// A fact that may end the bout, and how.
struct danger {
  corner by = corner::red;
  result_kind method = result_kind::ko;
  std::int64_t chance_ppm = 0;
};

std::optional<danger> danger_of(const bout::fact& what,
                                const finish_model& f) noexcept {
  if (const auto* x = std::get_if<bout::knockdown>(&what))
    return danger{x->corner, result_kind::ko, f.knockdown_ppm};
  if (const auto* x = std::get_if<bout::submission_attempt>(&what))
    return danger{x->corner, result_kind::submission_tap, f.submission_ppm};
  return std::nullopt;
}

/// The first end among the facts and the moment that needs no reason.
std::optional<early_end> end_of(const synthetic_round& r, const finish_model& f,
                                int no, dice& d) {
  std::optional<early_end> end;
  if (d.chance(f.round_ppm)) {
    auto red = activity(r.counts.red);
    auto all = red + activity(r.counts.blue);
    auto winner = d.below(std::max(all, 1)) < red ? corner::red : corner::blue;
    end = early_end{winner, result_kind::tko_referee, no,
                    round_ms{1 + d.below(r.length.count - 1)}};
  }
  for (const auto& x : r.facts) {
    if (end && x.at > end->at)
      break;
    auto risk = danger_of(x.what, f);
    if (risk && d.chance(risk->chance_ppm))
      return early_end{risk->by, risk->method, no, x.at};
  }
  return end;
}

void cut(synthetic_round& r, round_ms at) {
  std::erase_if(r.facts, [at](const timed_fact& x) { return x.at > at; });
  r.length = at;
}

} // namespace

dice dice_for(std::uint64_t seed, std::uint64_t bout,
              std::uint64_t purpose) noexcept {
  // Each number passes the mixer, so that near seeds share nothing.
  dice first{seed};
  dice second{first.next() ^ bout};
  dice third{second.next() ^ purpose};
  return dice{third.next()};
}

synthetic_bout draw_bout(const model& m, const bout_plan& plan,
                         const vocabulary& words, std::uint64_t seed,
                         std::uint64_t index) {
  auto d = dice_for(seed, index, purpose_fight);
  auto who = draw_habits(m, d);
  synthetic_bout b;
  for (auto c : both_corners)
    b.styles[c] = style_of(m, who[c]);
  for (auto no = 1; no <= plan.rounds && !b.finish; ++no) {
    synthetic_round r;
    r.counts = draw_round(m, who, plan.round_s, d);
    r.facts = lay_out(r.counts, plan.round_s, words, d);
    r.length = round_ms{plan.round_s * std::int64_t{1'000}};
    if (plan.finishes)
      b.finish = end_of(r, m.given().finish, no, d);
    if (b.finish)
      cut(r, b.finish->at);
    b.rounds.push_back(std::move(r));
  }
  return b;
}

} // namespace ringside::synthetic
