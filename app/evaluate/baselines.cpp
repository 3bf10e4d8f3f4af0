#include "app/evaluate/baselines.hpp"

#include <algorithm>
#include <utility>

namespace ringside::evaluate {

namespace {

using namespace bout;
using scoring::column;
using scoring::corner_tally;
using scoring::round_tally;
using scoring::timed_fact;

std::int64_t strike_lead(const round_tally& t) {
  return significant_landed(t.corners.red) - significant_landed(t.corners.blue);
}

std::int64_t ladder_lead(const round_tally& t) {
  constexpr std::int64_t strikes_enough = 5;
  constexpr std::int64_t control_enough_ms = 60'000;
  auto ahead = [&](column c) {
    return std::int64_t{t.corners.red[c]} - t.corners.blue[c];
  };
  if (ahead(column::knockdowns) != 0)
    return ahead(column::knockdowns);
  auto strikes = strike_lead(t);
  if (std::abs(strikes) > strikes_enough)
    return strikes;
  auto control = ahead(column::control_minutes);
  return std::abs(control) > control_enough_ms ? control : strikes;
}

/// Appends `n` times what `make` gives.
template <class Make>
void repeat(std::vector<fact>& out, std::int32_t n, Make make) {
  for (std::int32_t i = 0; i < n; ++i)
    out.emplace_back(make());
}

/// Appends a fact in place: moving a variant makes GCC 12 warn.
template <class Kind>
void place(std::vector<timed_fact>& out, Kind what, round_ms at) {
  auto& f = out.emplace_back();
  f.what = std::move(what);
  f.at = at;
}

/// Strikes of one corner; position is handed out in order.
void add_strikes(std::vector<fact>& out, const corner_tally& t, corner c) {
  std::vector<strike_position> places;
  for (auto [column, place] :
       {std::pair{column::distance, strike_position::distance},
        std::pair{column::clinch, strike_position::clinch},
        std::pair{column::ground, strike_position::ground},
        std::pair{column::unknown_position, strike_position::unknown}})
    places.insert(places.end(), static_cast<std::size_t>(t[column]), place);
  std::size_t next = 0;
  for (auto [column, target] :
       {std::pair{column::head, strike_target::head},
        std::pair{column::body, strike_target::body},
        std::pair{column::leg, strike_target::leg},
        std::pair{column::unknown_target, strike_target::unknown}})
    repeat(out, t[column], [&] {
      return strike{c, "strike", target,
                    next < places.size() ? places[next++]
                                         : strike_position::unknown};
    });
  auto plain = [&](bool landed, bool significant) {
    strike s{c, "strike"};
    s.landed = landed;
    s.significant = significant;
    return s;
  };
  repeat(out, t[column::other_landed], [&] { return plain(true, false); });
  repeat(out, t[column::significant_missed],
         [&] { return plain(false, true); });
  repeat(out, t[column::other_missed], [&] { return plain(false, false); });
}

std::vector<fact> counted_facts(const corner_tally& t, corner c) {
  std::vector<fact> out;
  add_strikes(out, t, c);
  repeat(out, t[column::knockdowns], [&] { return knockdown{c, "flash"}; });
  repeat(out, t[column::takedowns], [&] { return takedown{c, true}; });
  repeat(out, t[column::takedowns_failed], [&] { return takedown{c, false}; });
  repeat(out, t[column::submissions], [&] { return submission_attempt{c}; });
  repeat(out, t[column::reversals], [&] { return reversal{c}; });
  return out;
}

} // namespace

forecast certain(std::int64_t lead, int steps) {
  constexpr std::int32_t whole_ppm = 1'000'000;
  forecast f;
  f.lead_milli = lead * 1'000;
  f.card = {whole_points(10), whole_points(10)};
  f.a_wins = {lead > 0 ? whole_ppm : lead < 0 ? 0 : whole_ppm / 2};
  f.wins = {{f.a_wins.count}, {whole_ppm - f.a_wins.count}};
  if (lead != 0) {
    auto loser = lead > 0 ? corner::blue : corner::red;
    f.card[loser] -= whole_points(steps);
    if (steps >= 2) {
      f.wide = {whole_ppm};
      f.wides[opponent(loser)] = {whole_ppm};
    }
  }
  return f;
}

std::vector<baseline> plain_baselines() {
  return {{"more significant strikes",
           [](const fit::labelled_round& r) {
             return certain(strike_lead(r.tally), 1);
           },
           false},
          {"knockdown > 5 strikes > 60 s control > strikes",
           [](const fit::labelled_round& r) {
             return certain(ladder_lead(r.tally), 1);
           },
           false}};
}

baseline baseline_of(scoring::engine engine) {
  auto id = engine.id;
  auto judge = [engine = std::move(engine)](const fit::labelled_round& r) {
    constexpr round_ms length{300'000};
    auto v = engine.judge(facts_of(r.tally, length), length);
    auto lead = !v.winner ? 0 : *v.winner == corner::red ? 1 : -1;
    return certain(lead, std::max(v.steps, 1));
  };
  return {std::move(id), std::move(judge), false};
}

std::vector<timed_fact> facts_of(const round_tally& t, round_ms length) {
  std::vector<timed_fact> out;
  for (auto c : both_corners) {
    auto facts = counted_facts(t.corners[c], c);
    auto n = static_cast<std::int64_t>(facts.size());
    for (std::int64_t i = 0; i < n; ++i)
      place(out, facts[static_cast<std::size_t>(i)],
            round_ms{length.count * (2 * i + 1) / (2 * n)});
  }
  // Red's control begins the round, blue's ends it.
  auto red = round_ms{t.corners.red[column::control_minutes]};
  auto blue = round_ms{t.corners.blue[column::control_minutes]};
  if (red.count > 0) {
    place(out, control_start{corner::red, "top"}, round_ms{0});
    place(out, control_end{corner::red}, red);
  }
  if (blue.count > 0) {
    place(out, control_start{corner::blue, "top"}, length - blue);
    place(out, control_end{corner::blue}, length);
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.at < b.at; });
  return out;
}

std::vector<baseline_result>
run_baselines(const std::vector<baseline>& all,
              const std::vector<fit::labelled_round>& rounds,
              const forecasts& like, int draws) {
  std::vector<baseline_result> out;
  for (const auto& b : all) {
    std::vector<std::optional<forecast>> said(rounds.size());
    for (std::size_t i = 0; i < rounds.size(); ++i)
      if (like.rounds[i])
        said[i] = b.judge(rounds[i]);
    out.push_back({b.id, b.has_chances, measure(rounds, said, draws)});
  }
  return out;
}

} // namespace ringside::evaluate
