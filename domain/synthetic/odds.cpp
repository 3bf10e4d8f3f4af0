#include "domain/synthetic/play.hpp"

#include <algorithm>

namespace ringside::synthetic {

namespace {

constexpr points wide_margin = whole_points(2);

std::optional<corner> winner_of(const rules::round_score& s) noexcept {
  if (s.raw.red == s.raw.blue)
    return std::nullopt;
  return s.raw.red > s.raw.blue ? corner::red : corner::blue;
}

bool is_wide(const rules::round_score& s) noexcept {
  auto margin = s.raw.red - s.raw.blue;
  return margin >= wide_margin || points{} - margin >= wide_margin;
}

/// What the cards of one round say together.
struct votes {
  per_corner<int> for_;
  int even = 0;
  int wide = 0;
  int all = 0;

  std::optional<corner> majority() const noexcept {
    for (auto c : both_corners)
      if (2 * for_[c] > all)
        return c;
    return std::nullopt;
  }
};

votes votes_of(const played_bout& b, std::size_t round) {
  votes v;
  for (const auto& card : b.cards) {
    const auto& score = *card.rounds[round];
    ++v.all;
    v.wide += is_wide(score) ? 1 : 0;
    if (auto w = winner_of(score))
      ++v.for_[*w];
    else
      ++v.even;
  }
  return v;
}

void count_round(odds& all, const played_bout& b, std::size_t round) {
  auto v = votes_of(b, round);
  auto pairs = [](int n) { return n * (n - 1) / 2; };
  ++all.rounds;
  all.cards += v.all;
  all.card_pairs += pairs(v.all);
  all.pairs_agree += pairs(v.for_.red) + pairs(v.for_.blue) + pairs(v.even);
  all.unanimous += v.for_.red == v.all || v.for_.blue == v.all ? 1 : 0;
  all.wide_cards += v.wide;
  all.even_cards += v.even;
  all.majority_wide += 2 * v.wide > v.all ? 1 : 0;
  all.too_close += b.seen[round].too_close ? 1 : 0;
  if (auto who = v.majority()) {
    ++all.majorities;
    // A coin for the rounds that the engine calls exactly even would be an
    // invention: they count as not agreed.
    auto lead = b.seen[round].lead_milli;
    all.engine_agrees
      += lead != 0 && (lead > 0) == (*who == corner::red) ? 1 : 0;
  }
}

void count_decision(odds& all, const played_bout& b) {
  ++all.decisions;
  auto says = [&b](rules::verdict v) {
    return std::any_of(b.result.cards.begin(), b.result.cards.end(),
                       [v](const rules::card_total& c) { return c.says == v; });
  };
  all.judges_disagree
    += says(rules::verdict::red) && says(rules::verdict::blue) ? 1 : 0;
  all.engine_differs += winner_by(b.seen, b.taken) != b.result.winner ? 1 : 0;
}

void count_other(odds& all, const played_bout& b) {
  for (std::size_t r = 0; r < b.seen_by_other.size(); ++r) {
    const auto& a = b.seen[r];
    const auto& o = b.seen_by_other[r];
    all.other_round_winner += a.card_winner != o.card_winner ? 1 : 0;
    all.other_round_card += a.card != o.card ? 1 : 0;
  }
  all.other_bout_winner
    += winner_by(b.seen, b.taken) != winner_by(b.seen_by_other, b.taken) ? 1
                                                                         : 0;
}

void count_styles(odds& all, const played_bout& b) {
  auto& m = all.styles[static_cast<std::size_t>(b.bout.styles.red)]
                      [static_cast<std::size_t>(b.bout.styles.blue)];
  ++m.bouts;
  m.red_wins += b.result.winner == corner::red ? 1 : 0;
  m.blue_wins += b.result.winner == corner::blue ? 1 : 0;
}

} // namespace

odds& odds::operator+=(const odds& more) {
  bouts += more.bouts;
  for (const auto& [name, n] : more.results)
    results[name] += n;
  for (const auto& [code, n] : more.refused)
    refused[code] += n;
  for (auto c : both_corners)
    wins[c] += more.wins[c];
  no_winner += more.no_winner;
  finishes_in.resize(std::max(finishes_in.size(), more.finishes_in.size()));
  for (std::size_t i = 0; i < more.finishes_in.size(); ++i)
    finishes_in[i] += more.finishes_in[i];
  constexpr std::array numbers{&odds::rounds,
                               &odds::rounds_fought,
                               &odds::card_pairs,
                               &odds::pairs_agree,
                               &odds::unanimous,
                               &odds::cards,
                               &odds::wide_cards,
                               &odds::even_cards,
                               &odds::majority_wide,
                               &odds::majorities,
                               &odds::engine_agrees,
                               &odds::too_close,
                               &odds::facts,
                               &odds::decisions,
                               &odds::judges_disagree,
                               &odds::engine_differs,
                               &odds::other_round_winner,
                               &odds::other_round_card,
                               &odds::other_bout_winner};
  for (auto number : numbers)
    this->*number += more.*number;
  for (std::size_t i = 0; i < style_count; ++i)
    for (std::size_t j = 0; j < style_count; ++j) {
      styles[i][j].bouts += more.styles[i][j].bouts;
      styles[i][j].red_wins += more.styles[i][j].red_wins;
      styles[i][j].blue_wins += more.styles[i][j].blue_wins;
    }
  return *this;
}

void count(odds& all, const series& s, const played_bout& b) {
  ++all.bouts;
  ++all.results[std::string{text_of(b.result.kind)}];
  if (b.result.winner)
    ++all.wins[*b.result.winner];
  else
    ++all.no_winner;
  all.finishes_in.resize(static_cast<std::size_t>(s.plan.rounds));
  all.rounds_fought += static_cast<std::int64_t>(b.bout.rounds.size());
  for (const auto& r : b.bout.rounds)
    all.facts += static_cast<std::int64_t>(r.facts.size());
  auto judged = b.cards.empty() ? 0 : b.cards.front().rounds.size();
  for (std::size_t r = 0; r < judged; ++r)
    count_round(all, b, r);
  if (b.bout.finish)
    ++all.finishes_in[static_cast<std::size_t>(b.bout.finish->round - 1)];
  else
    count_decision(all, b);
  if (s.other != nullptr)
    count_other(all, b);
  count_styles(all, b);
}

odds play_range(const series& s, std::uint64_t from, std::uint64_t to) {
  odds all;
  for (auto i = from; i < to; ++i) {
    if (auto b = play(s, i)) {
      count(all, s, *b);
    } else {
      ++all.bouts;
      ++all.refused[std::string{to_string(b.reason().code)}];
    }
  }
  return all;
}

} // namespace ringside::synthetic
