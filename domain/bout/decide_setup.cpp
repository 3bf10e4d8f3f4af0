#include "domain/base/limits.hpp"
#include "domain/bout/decider.hpp"

#include <algorithm>
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

result<unit> check_names(const create_bout& x) {
  for (auto c : both_corners)
    if (auto ok
        = check_name(x.fighters[c].name, std::string{to_string(c)} + ".name");
        !ok)
      return ok;
  for (const auto& judge : x.judges)
    if (auto ok = check_name(judge.name, "judges"); !ok)
      return ok;
  for (const auto* text : {&x.arena, &x.event, &x.weight_class})
    if (text->size() > limits::name_bytes_max)
      return refuse(ec::invalid_value,
                    "a text is longer than "
                      + std::to_string(limits::name_bytes_max) + " bytes");
  return unit{};
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

decision decider::operator()(const assign_judge& x) const {
  if (auto ok = require_live(); !ok)
    return ok.reason();
  const auto* seat = find_seat(s_, x.seat);
  if (seat == nullptr)
    return refuse(ec::not_found, "there is no seat " + std::to_string(x.seat),
                  "seat");
  if (auto ok = check_name(x.judge.name, "name"); !ok)
    return ok.reason();
  auto filed = [](const auto& card) { return card.has_value(); };
  if (std::any_of(seat->rounds.begin(), seat->rounds.end(), filed)
      || seat->whole_bout)
    return refuse(ec::wrong_state,
                  "the judge in seat " + std::to_string(x.seat)
                    + " has filed a card; the seat keeps its judge",
                  "seat");
  return one(judge_assigned{x.seat, x.judge});
}

decision decider::operator()(const bind_seat& x) const {
  if (auto ok = require_live(); !ok)
    return ok.reason();
  const auto* seat = find_seat(s_, x.seat);
  if (seat == nullptr)
    return refuse(ec::not_found, "there is no seat " + std::to_string(x.seat),
                  "seat");
  auto account = x.account.empty() ? c_.by.account : x.account;
  auto by_judge = c_.by.role == role::judge;
  if (by_judge && account != c_.by.account)
    return refuse(ec::forbidden, "a judge binds only his own seat", "account");
  if (by_judge && !seat->judge.account.empty()
      && seat->judge.account != account)
    return refuse(ec::forbidden, "seat " + std::to_string(x.seat)
                                   + " is assigned to somebody else");
  auto held = !seat->account.empty()
              && (seat->account != account || seat->device != x.device);
  if (held && (by_judge || !x.force))
    return refuse(ec::seat_taken,
                  "seat " + std::to_string(x.seat) + " is held by "
                    + seat->account,
                  "seat", "a supervisor can give it with force and a reason");
  if (held && x.reason.empty())
    return refuse(ec::reason_required,
                  "taking a seat from its holder needs a reason", "reason");
  return one(seat_bound{x.seat, account, x.device, held, x.reason});
}

} // namespace ringside::bout
