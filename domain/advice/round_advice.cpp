#include "domain/advice/round_advice.hpp"

#include "domain/wire/ids.hpp"

#include <cstdio>
#include <utility>

namespace ringside::advice {

namespace {

struct basis {
  const scoring::profile* profile = nullptr;
  const bout::round_state* round = nullptr;
};

result<basis> basis_of(const in_force& f, const bout::state& s, int round) {
  basis b{profile_for(f, s), bout::find_round(s, round)};
  if (b.round == nullptr)
    return refuse(ec::not_found,
                  "round " + std::to_string(round) + " was not opened",
                  "round");
  if (b.profile == nullptr)
    return refuse(ec::not_found, "no scoring profile is for this sport", {},
                  "GET /scoring/profiles lists what is in force");
  return b;
}

std::vector<reason> reasons_for(const scoring::profile& p, const bout::state& s,
                                int round, round_ms until) {
  auto placed = scoring::facts_of(s, round);
  std::vector<scoring::timed_fact> facts;
  facts.reserve(placed.size());
  for (const auto& x : placed)
    facts.push_back(x.fact);
  std::vector<reason> out;
  for (auto& c :
       scoring::explain(p, s.ruleset->scale, facts, until, reasons_max)) {
    auto no = c.index < placed.size() ? placed[c.index].no : 0;
    out.push_back({std::move(c), no});
  }
  return out;
}

json::object corner_json(const scoring::assessment& a, corner c) {
  return {{"wins_ppm", a.wins[c].count},
          {"wide_ppm", a.wide[c].count},
          {"wider_ppm", a.wider[c].count}};
}

json::value breakdown_json(const scoring::assessment& a) {
  json::array list;
  for (const auto& line : a.breakdown)
    list.emplace_back(json::object{{"criterion", line.criterion},
                                   {"aspect", text_of(line.aspect)},
                                   {"lead_milli", line.lead_milli}});
  return list;
}

json::value reasons_json(const std::vector<reason>& all) {
  json::array list;
  for (const auto& r : all) {
    json::object o{{"corner", to_string(r.what.by)},
                   {"round_ms", r.what.at.count},
                   {"text", r.what.text},
                   {"shift_ppm", r.what.shift_ppm}};
    if (r.no != 0)
      o.emplace("event_id", wire::event_id_text(r.no));
    list.emplace_back(std::move(o));
  }
  return list;
}

} // namespace

std::string iso_date(mono_us moment) {
  // Days since 1970 to a civil date (Howard Hinnant's algorithm).
  constexpr std::int64_t day_us = 86'400'000'000;
  auto days = moment.count / day_us - (moment.count % day_us < 0 ? 1 : 0);
  auto z = days + 719'468;
  auto era = (z >= 0 ? z : z - 146'096) / 146'097;
  auto doe = z - era * 146'097;
  auto yoe = (doe - doe / 1'460 + doe / 36'524 - doe / 146'096) / 365;
  auto doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  auto mp = (5 * doy + 2) / 153;
  auto day = doy - (153 * mp + 2) / 5 + 1;
  auto month = mp < 10 ? mp + 3 : mp - 9;
  auto year = yoe + era * 400 + (month <= 2 ? 1 : 0);
  char text[64];
  std::snprintf(text, sizeof text, "%04lld-%02lld-%02lld",
                static_cast<long long>(year), static_cast<long long>(month),
                static_cast<long long>(day));
  return text;
}

std::string receipt_of(const bout_id& id, bout::event_no version, int round,
                       const scoring::assessment& a, int calibration_version) {
  return "fj." + id.str() + "." + wire::event_id_text(version) + ".r"
         + std::to_string(round) + "." + a.profile + "-"
         + std::to_string(a.version) + ".c"
         + std::to_string(calibration_version);
}

result<scoring::assessment> assess_round(const in_force& f,
                                         const bout::state& s,
                                         const scoring::bout_tally& tallies,
                                         int round) {
  auto b = basis_of(f, s, round);
  if (!b)
    return b.reason();
  return scoring::assess(*b->profile, *s.ruleset, tallies.of(s, round),
                         iso_date(s.created_at));
}

result<round_advice> advise(const in_force& f, const bout::state& s,
                            const scoring::bout_tally& tallies,
                            const bout_id& id, int round) {
  auto made = assess_round(f, s, tallies, round);
  if (!made)
    return made.reason();
  round_advice a;
  a.round = round;
  if (const auto* known = tallies.find(round))
    a.version = known->version;
  a.until = tallies.until(s, round);
  a.closed = bout::find_round(s, round)->status != bout::round_status::open;
  a.assessment = std::move(*made);
  a.reasons = reasons_for(*profile_for(f, s), s, round, a.until);
  a.calibration_version = f.version;
  a.calibration_position = f.position;
  a.receipt = receipt_of(id, a.version, round, a.assessment, f.version);
  return a;
}

json::object advice_json(const round_advice& a, const bout_id& id) {
  const auto& x = a.assessment;
  json::object o;
  o["bout_id"] = id.str();
  o["round"] = a.round;
  o["version"] = a.version;
  o["receipt"] = a.receipt;
  o["advisory"] = true;
  o["closed"] = a.closed;
  o["round_ms"] = a.until.count;
  o["profile"] = x.profile;
  o["profile_version"] = x.version;
  o["calibration_version"] = a.calibration_version;
  o["calibration_position"] = a.calibration_position;
  for (auto c : both_corners)
    o[std::string{to_string(c)}] = corner_json(x, c);
  o["even_ppm"] = x.even.count;
  o["card"] = json::object{{"red_x10", x.card.red.count},
                           {"blue_x10", x.card.blue.count}};
  o["card_winner"]
    = x.card_winner ? to_string(*x.card_winner) : std::string_view{"even"};
  o["too_close"] = x.too_close;
  o["lead_milli"] = x.lead_milli;
  o["breakdown"] = breakdown_json(x);
  o["contributions"] = reasons_json(a.reasons);
  return o;
}

} // namespace ringside::advice
