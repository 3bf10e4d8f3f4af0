#include "domain/advice/judging.hpp"

#include "domain/advice/round_advice.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace ringside::advice {

namespace {

namespace an = scoring::analytics;

/// The scores of all seats for a round that this audience may see; empty if
/// one is missing or hidden.
std::vector<rules::round_score> visible_panel(const bout::state& s, int round,
                                              const wire::audience& who) {
  std::vector<rules::round_score> cards;
  for (std::size_t i = 0; i < s.seats.size(); ++i) {
    const auto* card = bout::find_card(s.seats[i], round);
    if (card == nullptr || !card->entry.score
        || !wire::card_visible(s, static_cast<int>(i) + 1, round, who))
      return {};
    cards.push_back(*card->entry.score);
  }
  return cards;
}

std::string_view name_of(std::optional<corner> winner,
                         std::string_view nobody) {
  return winner ? to_string(*winner) : nobody;
}

std::optional<corner> engine_winner(const scoring::outlook& o) {
  if (o.lead_milli == 0)
    return std::nullopt;
  return o.lead_milli > 0 ? corner::red : corner::blue;
}

json::object tally_json(const an::tally& t) {
  return {{"hits", t.hits}, {"all", t.all}, {"share_ppm", t.share().count}};
}

json::object record_json(const an::judge_record& r) {
  json::object o;
  o["cards"] = r.cards;
  o["panel"] = tally_json(r.panel);
  o["pairs"] = tally_json(r.pairs);
  o["engine"] = tally_json(r.engine);
  o["engine_expected_ppm"] = r.engine_expected_ppm;
  o["wide"] = tally_json(r.wide);
  o["even"] = tally_json(r.even);
  o["unusual"] = tally_json(r.unusual);
  return o;
}

json::object variance_json(const an::variance& v) {
  return {{"opposite_winners", v.opposite_winners},
          {"even_and_winner", v.even_and_winner},
          {"spread_x10", v.spread.count}};
}

json::object engine_json(const scoring::outlook& o) {
  return {{"winner", name_of(engine_winner(o), "even")},
          {"red_wins_ppm", o.wins.red.count},
          {"blue_wins_ppm", o.wins.blue.count},
          {"even_ppm", o.even.count},
          {"too_close", o.too_close},
          {"red_x10", o.card.red.count},
          {"blue_x10", o.card.blue.count}};
}

/// The records of the seats over some rounds, by seat from 1.
std::map<int, an::judge_record>
records_of(const std::vector<panel_round>& rounds) {
  std::vector<an::judged_round> by_seat;
  for (const auto& r : rounds) {
    auto& x = by_seat.emplace_back(r.what);
    for (std::size_t i = 0; i < x.judges.size(); ++i)
      x.judges[i] = std::to_string(i + 1);
  }
  std::map<int, an::judge_record> out;
  for (const auto& j : an::measure(by_seat).judges)
    out.emplace(std::stoi(j.name), j.all);
  return out;
}

/// Each card beside the others, where those agree, and beside the engine.
json::array cards_json(const panel_round& r) {
  auto records = records_of({r});
  json::array out;
  for (std::size_t i = 0; i < r.what.cards.size(); ++i) {
    const auto& card = r.what.cards[i];
    auto seat = static_cast<int>(i) + 1;
    json::object o{{"seat", seat},
                   {"red_x10", card.raw.red.count},
                   {"blue_x10", card.raw.blue.count},
                   {"winner", name_of(an::winner_of(card), "even")}};
    if (const auto& x = records[seat]; x.panel.all > 0)
      o.emplace("with_panel", x.panel.hits > 0);
    if (const auto& x = records[seat]; x.engine.all > 0)
      o.emplace("with_engine", x.engine.hits > 0);
    out.emplace_back(std::move(o));
  }
  return out;
}

json::array flags_json(const an::judged_round& r) {
  json::array out;
  for (const auto& f : an::flags_of(r.cards, r.seen ? &*r.seen : nullptr))
    out.emplace_back(json::object{
      {"kind", text_of(f.kind)}, {"seat", f.seat}, {"text", f.text}});
  return out;
}

json::object round_json(const panel_round& r) {
  json::object o;
  o["round"] = r.round;
  o["cards"] = cards_json(r);
  o["majority"] = name_of(an::majority_of(r.what.cards), "none");
  o["variance"] = variance_json(an::variance_of(r.what.cards));
  o["engine"] = r.what.seen ? engine_json(*r.what.seen) : json::object{};
  o["flags"] = flags_json(r.what);
  return o;
}

/// The rounds by how far the cards are apart, the furthest first.
json::array worst_first(const std::vector<panel_round>& rounds) {
  std::vector<std::pair<an::variance, int>> order;
  for (const auto& r : rounds)
    order.emplace_back(an::variance_of(r.what.cards), r.round);
  std::stable_sort(
    order.begin(), order.end(),
    [](const auto& a, const auto& b) { return a.first > b.first; });
  json::array out;
  for (const auto& [v, round] : order)
    out.emplace_back(round);
  return out;
}

/// The bout so far, judge by judge.
json::array judges_json(const bout::state& s,
                        const std::vector<panel_round>& rounds) {
  json::array out;
  for (const auto& [seat, record] : records_of(rounds)) {
    auto o = record_json(record);
    o.emplace("seat", seat);
    o.emplace("name", bout::find_seat(s, seat)->judge.name);
    out.emplace_back(std::move(o));
  }
  return out;
}

} // namespace

std::vector<panel_round> panel_rounds(const in_force& f, const bout::state& s,
                                      const scoring::bout_tally& tallies,
                                      const wire::audience& who) {
  std::vector<panel_round> out;
  const auto* profile = profile_for(f, s);
  auto date = iso_date(s.created_at);
  for (int n = 1; n <= bout::current_round_no(s); ++n) {
    auto cards = visible_panel(s, n, who);
    if (cards.empty() || !wire::assessment_visible(s, n, who))
      continue;
    panel_round r;
    r.round = n;
    r.what.date = date;
    r.what.cards = std::move(cards);
    for (const auto& seat : s.seats)
      r.what.judges.push_back(seat.account);
    if (profile != nullptr)
      r.what.seen
        = scoring::look_at(*profile, s.ruleset->scale, tallies.of(s, n), date);
    out.push_back(std::move(r));
  }
  return out;
}

json::object judging_json(const in_force& f, const bout::state& s,
                          const scoring::bout_tally& tallies, const bout_id& id,
                          const wire::audience& who) {
  auto rounds = panel_rounds(f, s, tallies, who);
  json::object o;
  o["bout_id"] = id.str();
  o["version"] = s.version;
  o["calibration_version"] = f.version;
  if (const auto* profile = profile_for(f, s)) {
    o["profile"] = profile->id;
    o["profile_version"] = profile->version;
  }
  json::array list;
  for (const auto& r : rounds)
    list.emplace_back(round_json(r));
  o["rounds"] = std::move(list);
  o["worst_first"] = worst_first(rounds);
  o["judges"] = judges_json(s, rounds);
  return o;
}

json::object reliability_json(const an::judge_reliability& j) {
  auto o = record_json(j.all);
  o["panel_shrunk_ppm"] = j.panel_shrunk.count;
  o["engine_shrunk_ppm"] = j.engine_shrunk.count;
  o["panel_recent_ppm"] = j.panel_recent.count;
  json::object years;
  for (const auto& [year, record] : j.by_year)
    years.emplace(year, record_json(record));
  o["by_year"] = std::move(years);
  return o;
}

} // namespace ringside::advice
