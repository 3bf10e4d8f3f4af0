#include "domain/base/limits.hpp"
#include "domain/bout/decider.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace ringside::bout {

namespace {

result<unit> check_name(const std::string& name, std::string field) {
  if (name.empty() || name.size() > limits::name_bytes_max)
    return refuse(ec::invalid_value,
                  "a name has 1 to " + std::to_string(limits::name_bytes_max)
                    + " bytes",
                  std::move(field));
  return unit{};
}

result<unit> check_fighter(const fighter& x, std::string_view side) {
  std::string prefix{side};
  if (auto ok = check_name(x.name, prefix + ".name"); !ok)
    return ok;
  for (const auto* text : {&x.nickname, &x.record, &x.country})
    if (auto ok = require_length(*text, prefix, limits::name_bytes_max); !ok)
      return ok;
  return unit{};
}

/// No person sits in two seats.
result<unit> check_judges(const std::vector<official>& judges) {
  std::set<std::string_view> accounts;
  for (const auto& judge : judges) {
    if (auto ok = check_name(judge.name, "judges"); !ok)
      return ok;
    if (auto ok
        = require_length(judge.account, "judges", limits::name_bytes_max);
        !ok)
      return ok;
    if (!judge.account.empty() && !accounts.insert(judge.account).second)
      return refuse(ec::invalid_value,
                    judge.account + " cannot judge in two seats", "judges");
  }
  return unit{};
}

result<unit> check_names(const create_bout& x) {
  for (auto c : both_corners)
    if (auto ok = check_fighter(x.fighters[c], to_string(c)); !ok)
      return ok;
  if (auto ok = check_judges(x.judges); !ok)
    return ok;
  if (auto ok = require_length(x.arena, "arena", limits::name_bytes_max); !ok)
    return ok;
  if (auto ok = require_length(x.event, "event", limits::name_bytes_max); !ok)
    return ok;
  return require_length(x.weight_class, "weight_class", limits::name_bytes_max);
}

result<int> scheduled_for(const rules::ruleset& set, int wanted) {
  if (wanted == 0)
    return set.rounds.count_default;
  const auto& counts = set.rounds.counts_allowed;
  if (std::find(counts.begin(), counts.end(), wanted) != counts.end())
    return wanted;
  std::string known;
  for (auto n : counts)
    known += (known.empty() ? "" : ", ") + std::to_string(n);
  return refuse(ec::invalid_value,
                set.id + " has no bouts of " + std::to_string(wanted)
                  + " rounds; it has " + known,
                "scheduled_rounds");
}

} // namespace

decision decider::operator()(const create_bout& x) const {
  auto set = context_.find_ruleset(x.ruleset, 0);
  if (!set)
    return refuse(ec::not_found, "there is no rule set '" + x.ruleset + "'",
                  "ruleset", "GET /api/v1/rulesets lists them");
  if (set->judges.counted != rules::scoring_panel::all)
    return refuse(ec::not_in_ruleset,
                  set->id
                    + " counts the cards of judges drawn by lot; there "
                      "is no command that records a draw",
                  "ruleset", "use a rule set in which every card counts");
  if (auto ok = check_names(x); !ok)
    return ok.reason();
  auto rounds = scheduled_for(*set, x.scheduled_rounds);
  if (!rounds)
    return rounds.reason();
  auto panel = static_cast<std::size_t>(set->judges.count);
  if (!x.judges.empty() && x.judges.size() != panel)
    return refuse(ec::invalid_value,
                  set->id + " is judged by " + std::to_string(panel)
                    + ", not by " + std::to_string(x.judges.size()),
                  "judges");
  return one(bout_created{set->id, set->version, x.fighters, *rounds, x.judges,
                          x.arena, x.event, x.weight_class, x.title_bout});
}

result<unit> decider::check_seat_account(int seat,
                                         const std::string& account) const {
  if (auto ok = require_length(account, "account", limits::name_bytes_max); !ok)
    return ok;
  for (int n = 1; n <= static_cast<int>(s_.seats.size()); ++n) {
    const auto& other = *find_seat(s_, n);
    if (n != seat && !account.empty()
        && (other.account == account || other.judge.account == account))
      return refuse(ec::seat_taken,
                    account + " judges in seat " + std::to_string(n)
                      + "; nobody judges in two seats",
                    "account");
  }
  return unit{};
}

decision decider::operator()(const assign_judge& x) const {
  if (auto ok = require_live(); !ok)
    return ok.reason();
  auto seat = require_seat(x.seat);
  if (!seat)
    return seat.reason();
  if (auto ok = check_name(x.judge.name, "name"); !ok)
    return ok.reason();
  if (auto ok = check_seat_account(x.seat, x.judge.account); !ok)
    return ok.reason();
  auto filed = [](const auto& card) { return card.has_value(); };
  if (std::any_of((*seat)->rounds.begin(), (*seat)->rounds.end(), filed)
      || (*seat)->whole_bout)
    return refuse(ec::wrong_state,
                  "the judge in seat " + std::to_string(x.seat)
                    + " has filed a card; the seat keeps its judge",
                  "seat");
  return one(judge_assigned{x.seat, x.judge});
}

decision decider::operator()(const bind_seat& x) const {
  if (auto ok = require_live(); !ok)
    return ok.reason();
  auto found = require_seat(x.seat);
  if (!found)
    return found.reason();
  const auto& seat = **found;
  auto by_judge = c_.by.role == role::judge;
  auto account = x.account;
  if (account.empty())
    account = by_judge ? c_.by.account : seat.judge.account;
  if (account.empty())
    return refuse(ec::invalid_value, "whom to give the seat is not said",
                  "account");
  if (by_judge && account != c_.by.account)
    return refuse(ec::forbidden, "a judge binds only his own seat", "account");
  auto assigned = seat.judge.account.empty() || seat.judge.account == account;
  if (by_judge && !assigned)
    return refuse(ec::forbidden, "seat " + std::to_string(x.seat)
                                   + " is assigned to somebody else");
  if (auto ok = check_seat_account(x.seat, account); !ok)
    return ok.reason();
  if (auto ok = require_length(x.device, "device", limits::name_bytes_max); !ok)
    return ok.reason();
  if (auto ok = require_length(x.reason, "reason", limits::text_bytes_max); !ok)
    return ok.reason();
  auto held = !seat.account.empty()
              && (seat.account != account || seat.device != x.device);
  if ((held || !assigned) && (by_judge || !x.force))
    return refuse(ec::seat_taken,
                  "seat " + std::to_string(x.seat) + " belongs to "
                    + (held ? seat.account : seat.judge.account),
                  "seat", "a supervisor can give it with force and a reason");
  if ((held || !assigned) && x.reason.empty())
    return refuse(ec::reason_required,
                  "taking a seat from its holder needs a reason", "reason");
  return one(
    seat_bound{x.seat, account, x.device, held || !assigned, x.reason});
}

} // namespace ringside::bout
