#include "domain/scoring/analytics/variance.hpp"

#include <algorithm>

namespace ringside::scoring::analytics {

namespace {

using rules::round_score;

constexpr points wide_from = whole_points(2);

bool is_wide(const round_score& card) noexcept {
  return margin_of(card) >= wide_from;
}

std::string score_text(const round_score& card) {
  auto one = [](points p) {
    auto text = std::to_string(p.count / 10);
    return p.count % 10 == 0 ? text : text + "." + std::to_string(p.count % 10);
  };
  return one(card.raw.red) + "-" + one(card.raw.blue);
}

std::string percent(ppm p) {
  return std::to_string((p.count + 5'000) / 10'000) + " %";
}

/// The cards of all other seats.
std::vector<round_score> without(std::span<const round_score> cards,
                                 std::size_t seat) {
  std::vector<round_score> rest;
  for (std::size_t i = 0; i < cards.size(); ++i)
    if (i != seat)
      rest.push_back(cards[i]);
  return rest;
}

template <class Test>
bool all(const std::vector<round_score>& cards, Test test) {
  return std::all_of(cards.begin(), cards.end(), test);
}

class flagger {
public:
  flagger(std::span<const round_score> cards, const outlook* seen,
          const flag_limits& limits)
    : cards_(cards), seen_(seen), limits_(limits) {
    // nop
  }

  std::vector<flag> flags() {
    if (seen_ != nullptr && seen_->too_close)
      add(flag_kind::close_round, 0, "the engine finds it too close to call");
    if (variance_of(cards_).opposite_winners)
      add(flag_kind::split_panel, 0, "judges have different winners");
    for (std::size_t i = 0; i < cards_.size(); ++i)
      card(i);
    return std::move(out_);
  }

private:
  void add(flag_kind kind, std::size_t seat, std::string text) {
    out_.push_back({kind, static_cast<int>(seat), std::move(text)});
  }

  void card(std::size_t i) {
    const auto& own = cards_[i];
    auto rest = without(cards_, i);
    auto who = winner_of(own);
    auto seat = i + 1;
    if (who && seen_ != nullptr && seen_->wins[*who] < limits_.unlikely)
      add(flag_kind::against_engine, seat,
          score_text(own) + ", which the engine gives a chance of "
            + percent(seen_->wins[*who]));
    // Among two nobody is alone.
    if (rest.size() < 2)
      return;
    auto others = winner_of(rest.front());
    auto agree
      = all(rest, [&](const round_score& c) { return winner_of(c) == others; });
    if (agree && others && who && who != others)
      add(flag_kind::lone_card, seat,
          score_text(own) + ", all others for the other corner");
    if (agree && others && !who)
      add(flag_kind::lone_even, seat, "even, all others found a winner");
    wide(seat, own, rest);
  }

  void wide(std::size_t seat, const round_score& own,
            const std::vector<round_score>& rest) {
    auto others_wide = all(rest, is_wide);
    auto none_wide
      = all(rest, [](const round_score& c) { return !is_wide(c); });
    auto who = winner_of(own);
    auto engine_near
      = seen_ != nullptr && who && seen_->wide[*who] >= limits_.not_wide;
    if (is_wide(own) && none_wide && !engine_near)
      add(flag_kind::lone_wide, seat, score_text(own) + ", nobody else wide");
    if (!is_wide(own) && others_wide)
      add(flag_kind::missed_wide, seat,
          score_text(own) + ", all others 10-8 or wider");
  }

  std::span<const round_score> cards_;
  const outlook* seen_;
  const flag_limits& limits_;
  std::vector<flag> out_;
};

} // namespace

std::optional<corner> winner_of(const round_score& card) noexcept {
  if (card.raw.red == card.raw.blue)
    return std::nullopt;
  return card.raw.red > card.raw.blue ? corner::red : corner::blue;
}

points margin_of(const round_score& card) noexcept {
  auto red = card.raw.red - card.raw.blue;
  return red >= points{} ? red : points{} - red;
}

std::optional<corner> majority_of(std::span<const round_score> cards) noexcept {
  for (auto c : both_corners) {
    auto votes
      = std::count_if(cards.begin(), cards.end(),
                      [c](const round_score& x) { return winner_of(x) == c; });
    if (2 * votes > static_cast<std::ptrdiff_t>(cards.size()))
      return c;
  }
  return std::nullopt;
}

variance variance_of(std::span<const round_score> cards) noexcept {
  variance v;
  if (cards.empty())
    return v;
  auto low = cards.front().raw.red - cards.front().raw.blue;
  auto high = low;
  auto even = false;
  for (const auto& c : cards) {
    auto lead = c.raw.red - c.raw.blue;
    low = std::min(low, lead);
    high = std::max(high, lead);
    even = even || lead.count == 0;
  }
  v.opposite_winners = low.count < 0 && high.count > 0;
  v.even_and_winner = even && low != high;
  v.spread = high - low;
  return v;
}

std::vector<flag> flags_of(std::span<const round_score> cards,
                           const outlook* seen, const flag_limits& limits) {
  return flagger{cards, seen, limits}.flags();
}

} // namespace ringside::scoring::analytics
