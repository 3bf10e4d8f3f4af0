#include "domain/advice/shadow_book.hpp"

#include "domain/audit/unreadable.hpp"
#include "domain/rules/score_check.hpp"
#include "domain/scoring/analytics/shadow.hpp"
#include "domain/wire/audience.hpp"
#include "domain/wire/field_reader.hpp"

#include <utility>
#include <vector>

namespace ringside::advice {

namespace {

namespace an = scoring::analytics;

constexpr std::int64_t tenths_max = 100'000;

result<unit> check_place(const bout::state& s, int shadow) {
  if (s.version == 0)
    return refuse(ec::not_found, "there is no such bout", "bout_id");
  if (shadow < 1 || shadow > shadow_seats_max)
    return refuse(ec::not_found,
                  "shadow seats are 1 to " + std::to_string(shadow_seats_max),
                  "shadow");
  return unit{};
}

result<unit> check_open(const bout::state& s) {
  if (!bout::live(s))
    return refuse(ec::bout_over, "the bout is " + std::string{text_of(s.phase)}
                                   + "; it takes no more of this");
  if (s.ruleset->unit != rules::scoring_unit::round || s.ruleset->no_judging)
    return refuse(ec::not_in_ruleset, "this bout has no scores by round");
  return unit{};
}

/// Who judges officially must not judge twice.
result<unit> check_not_on_panel(const bout::state& s,
                                const std::string& account) {
  if (wire::seat_of(s, account) == 0)
    return unit{};
  return refuse(ec::forbidden, "this account is on the panel of the bout",
                "account");
}

result<unit> check_round(const bout::state& s, int round) {
  auto text = "round " + std::to_string(round);
  const auto* r = bout::find_round(s, round);
  if (r == nullptr)
    return refuse(ec::not_found, text + " was not fought", "round");
  if (r->status == bout::round_status::open)
    return refuse(ec::round_not_closed, text + " is still open", "round",
                  "file after the bell");
  if (r->status == bout::round_status::locked)
    return refuse(ec::round_locked, text + " is locked", "round",
                  "nobody waits for a shadow card");
  return unit{};
}

/// The official scores by round; empty where one is missing.
std::vector<std::vector<rules::round_score>> panel_of(const bout::state& s) {
  std::vector<std::vector<rules::round_score>> all;
  for (int n = 1; n <= bout::current_round_no(s); ++n) {
    auto& cards = all.emplace_back();
    if (!bout::cards_complete(s, n))
      continue;
    for (const auto& seat : s.seats)
      if (auto score = bout::find_card(seat, n)->entry.score)
        cards.push_back(*score);
  }
  return all;
}

json::object score_json(const rules::round_score& x) {
  return {{"red_x10", x.raw.red.count}, {"blue_x10", x.raw.blue.count}};
}

json::object comparison_json(const shadow_seat& seat, const bout::state& s) {
  an::shadow_card card;
  for (const auto& [round, x] : seat.cards) {
    if (card.rounds.size() < static_cast<std::size_t>(round))
      card.rounds.resize(static_cast<std::size_t>(round));
    card.rounds[static_cast<std::size_t>(round) - 1] = x.score;
  }
  auto c = an::compare_shadow(card, panel_of(s));
  json::array rounds;
  for (const auto& r : c.rounds)
    rounds.emplace_back(json::object{{"round", r.round},
                                     {"winner_equal", r.winner_equal},
                                     {"exact", r.exact},
                                     {"lead_error_x10", r.lead_error.count},
                                     {"score_ppm", r.score.count}});
  json::object o;
  o["rounds"] = std::move(rounds);
  o["winners_equal"] = c.winners_equal;
  o["exact"] = c.exact;
  o["bout_winner_equal"] = c.bout_winner_equal;
  o["lead_error_milli"] = c.lead_error_milli;
  o["score_ppm"] = c.score.count;
  o["missing"] = c.missing;
  return o;
}

json::object seat_json(const shadow_seat& seat, const bout::state& s,
                       const issuer& who) {
  auto own = who.role == role::judge;
  auto over = own ? s.phase == bout::phase::published : s.result.has_value();
  json::array filed;
  json::array cards;
  for (const auto& [round, x] : seat.cards) {
    filed.emplace_back(round);
    auto card = score_json(x.score);
    card.emplace("round", round);
    if (!x.reason.empty())
      card.emplace("reason", x.reason);
    cards.emplace_back(std::move(card));
  }
  json::object o{{"account", seat.account}, {"filed", std::move(filed)}};
  if (own || over)
    o.emplace("cards", std::move(cards));
  if (over)
    o.emplace("comparison", comparison_json(seat, s));
  return o;
}

// -- entries ------------------------------------------------------------------

struct seat_row {
  std::string bout;
  int shadow = 0;
  std::string account;
};

struct card_row {
  std::string bout;
  int shadow = 0;
  int round = 0;
  shadow_filed card;
};

void read_place(wire::field_reader& f, std::string& bout, int& shadow) {
  f.name("bout_id", bout);
  f.integer("shadow", shadow, 1, shadow_seats_max);
}

result<unit> apply_seated(shadow_book& book, const audit::entry_fields& entry) {
  seat_row x;
  wire::field_reader f{entry.data, wire::origin::journal};
  read_place(f, x.bout, x.shadow);
  f.name("account", x.account);
  if (auto ok = f.finish(); !ok)
    return audit::unreadable(entry, "shadow seats", ok.reason().detail);
  book.bouts[x.bout][x.shadow].account = x.account;
  return unit{};
}

result<unit> apply_filed(shadow_book& book, const audit::entry_fields& entry) {
  card_row x;
  wire::field_reader f{entry.data, wire::origin::journal};
  read_place(f, x.bout, x.shadow);
  f.integer("round", x.round, 1, limits::rounds_max);
  f.integer("red_x10", x.card.score.raw.red.count, 0, tenths_max);
  f.integer("blue_x10", x.card.score.raw.blue.count, 0, tenths_max);
  f.optional_text("reason", x.card.reason);
  if (auto ok = f.finish(); !ok)
    return audit::unreadable(entry, "shadow seats", ok.reason().detail);
  if (book.find(bout_id{x.bout}, x.shadow) == nullptr || x.round < 1
      || x.round > limits::rounds_max)
    return audit::unreadable(entry, "shadow seats",
                             "a card of a seat that is not there");
  book.bouts[x.bout][x.shadow].cards.insert_or_assign(x.round, x.card);
  return unit{};
}

} // namespace

const shadow_seat* shadow_book::find(const bout_id& bout, int shadow) const {
  auto seats = bouts.find(bout.str());
  if (seats == bouts.end())
    return nullptr;
  auto seat = seats->second.find(shadow);
  return seat != seats->second.end() ? &seat->second : nullptr;
}

shadow_decision decide(const shadow_book& book, const bout::state& s,
                       const seat_shadow& x) {
  if (auto ok = check_place(s, x.shadow); !ok)
    return ok.reason();
  if (x.account.empty() || x.account.size() > limits::name_bytes_max)
    return refuse(ec::invalid_value, "this is no account", "account");
  const auto* seat = book.find(x.bout, x.shadow);
  if (seat != nullptr && seat->account == x.account)
    return std::optional<json::value>{};
  if (auto ok = check_open(s); !ok)
    return ok.reason();
  if (auto ok = check_not_on_panel(s, x.account); !ok)
    return ok.reason();
  if (seat != nullptr && !seat->cards.empty())
    return refuse(ec::seat_taken, "this shadow seat has filed", "shadow",
                  "give the account another one");
  if (auto all = book.bouts.find(x.bout.str()); all != book.bouts.end())
    for (const auto& [n, other] : all->second)
      if (other.account == x.account)
        return refuse(ec::seat_taken,
                      "the account has shadow seat " + std::to_string(n),
                      "account");
  return std::optional{json::value{json::object{
    {"bout_id", x.bout.str()}, {"shadow", x.shadow}, {"account", x.account}}}};
}

shadow_decision decide(const shadow_book& book, const bout::state& s,
                       const file_shadow& x) {
  if (auto ok = check_place(s, x.shadow); !ok)
    return ok.reason();
  const auto* seat = book.find(x.bout, x.shadow);
  if (seat == nullptr || seat->account != x.account)
    return refuse(ec::seat_not_bound,
                  "shadow seat " + std::to_string(x.shadow) + " is not yours",
                  "shadow", "the supervisor gives it");
  if (auto old = seat->cards.find(x.round); old != seat->cards.end()) {
    if (old->second == x.card)
      return std::optional<json::value>{};
    return refuse(ec::card_already_filed,
                  "this card is filed; it does not change", "round");
  }
  if (auto ok = check_open(s); !ok)
    return ok.reason();
  if (auto ok = check_not_on_panel(s, x.account); !ok)
    return ok.reason();
  if (auto ok = check_round(s, x.round); !ok)
    return ok.reason();
  if (auto ok
      = rules::score_check(*s.ruleset, x.card.score, !x.card.reason.empty(),
                           bout::find_round(s, x.round)->cut_short);
      !ok)
    return ok.reason();
  auto data = score_json(x.card.score);
  data.emplace("bout_id", x.bout.str());
  data.emplace("shadow", x.shadow);
  data.emplace("round", x.round);
  if (!x.card.reason.empty())
    data.emplace("reason", x.card.reason);
  return std::optional{json::value{std::move(data)}};
}

result<unit> apply_shadow_entry(shadow_book& book,
                                const audit::entry_fields& entry) {
  auto done = entry.kind == kind_shadow_seated ? apply_seated(book, entry)
              : entry.kind == kind_shadow_card_filed
                ? apply_filed(book, entry)
                : result<unit>{audit::unreadable(entry, "shadow seats",
                                                 "nobody knows " + entry.kind)};
  if (done)
    ++book.version;
  return done;
}

json::object shadows_json(const shadow_book& book, const bout::state& s,
                          const bout_id& id, const issuer& who) {
  json::array list;
  if (auto all = book.bouts.find(id.str()); all != book.bouts.end())
    for (const auto& [n, seat] : all->second) {
      if (who.role == role::judge && who.account != seat.account)
        continue;
      auto o = seat_json(seat, s, who);
      o.emplace("shadow", n);
      list.emplace_back(std::move(o));
    }
  return {{"bout_id", id.str()}, {"shadows", std::move(list)}};
}

} // namespace ringside::advice
