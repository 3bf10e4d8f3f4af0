#include "tests/sim/assessments.hpp"

#include "domain/bout/apply.hpp"

namespace ringside::sim {

namespace {

std::int64_t number(const json::value& v, std::string_view key) {
  const auto* field = v.find(key);
  const auto* n = field != nullptr ? field->as_int() : nullptr;
  return n != nullptr ? *n : -1;
}

} // namespace

void assessment_check::take(const bout_id& id, const json::value& told,
                            const std::string& where) {
  const auto* receipt = told.find("receipt");
  if (receipt == nullptr || receipt->as_string() == nullptr)
    return log_.fail(
      where + " shows an assessment without a receipt: " + json::to_text(told));
  log_.count("assessments");
  auto [known, fresh] = counted_.try_emplace(*receipt->as_string());
  if (fresh) {
    log_.count("recounts");
    known->second
      = count_again(id, static_cast<int>(number(told, "round")),
                    static_cast<bout::event_no>(number(told, "version")),
                    static_cast<int>(number(told, "calibration_version")));
  }
  auto rest = *told.as_object();
  take_hybrid(id, static_cast<int>(number(told, "round")), rest, where);
  auto text = json::to_text(json::value{std::move(rest)});
  if (text != known->second)
    log_.fail(where + " shows another assessment than a recount gives:\n  "
              + text + "\n  " + known->second);
}

void assessment_check::take_hybrid(const bout_id& id, int round,
                                   json::object& told,
                                   const std::string& where) {
  auto found = told.find("hybrid");
  if (found == told.end())
    return;
  auto hybrid = *found->second.as_object();
  told.erase(found);
  // What is not locked changes with the bout; it is counted again at the end.
  if (!hybrid.contains("digest"))
    return;
  log_.count("hybrid_locks_shown");
  hybrid.erase("position");
  hybrid.erase("earlier_locks");
  for (const auto& lock : durable_.hybrid_of(id).of(round).locks)
    if (lock.shown == hybrid)
      return;
  log_.fail(where + " shows a lock that is not durable: "
            + json::to_text(json::value{hybrid}));
}

void assessment_check::take_topic(const bout_id& id, const json::object& view,
                                  const std::string& where) {
  // Before the first assessment there is nothing on it.
  if (view.empty())
    return;
  auto version
    = static_cast<int>(number(json::value{view}, "calibration_version"));
  for (const auto& [key, value] : view) {
    if (!key.starts_with("round_"))
      continue;
    if (key != "round_" + std::to_string(number(value, "round")))
      log_.fail(where + " shows another round as " + key);
    if (value.find("unavailable") != nullptr)
      take_none(id, value, version, where);
    else if (number(value, "calibration_version") != version)
      log_.fail(where + " shows half of a calibration: "
                + json::to_text(json::value{view}));
    else
      take(id, value, where);
  }
}

void assessment_check::take_none(const bout_id& id, const json::value& told,
                                 int calibration, const std::string& where) {
  const auto* b = durable_.find(id);
  auto force = durable_.in_force(calibration);
  if (b == nullptr || !force
      || advice::profile_for(*force, b->state) != nullptr)
    log_.fail(where + " shows no assessment where there is one: "
              + json::to_text(told));
  log_.count("not_assessed");
}

std::string assessment_check::count_again(const bout_id& id, int round,
                                          bout::event_no version,
                                          int calibration) {
  const auto* b = durable_.find(id);
  auto force = durable_.in_force(calibration);
  if (b == nullptr || version < 1 || version > b->log.size())
    return "version " + std::to_string(version) + " is not durable";
  if (!force)
    return "calibration " + std::to_string(calibration) + " is not durable";
  bout::state s;
  scoring::bout_tally tallies;
  for (const auto& e : b->log) {
    if (e.no > version)
      break;
    tallies.add(s, e);
    bout::apply(s, e, durable_.rulesets());
  }
  // Counted in another way, without what was taken back.
  if (tallies.of(s, round)
      != scoring::count_again(s, round, tallies.until(s, round)))
    return "the tally is not what its facts give";
  auto made = advice::advise(*force, s, tallies, id, round);
  return made ? json::to_text(json::value{advice::advice_json(*made, id)})
              : made.reason().detail;
}

} // namespace ringside::sim
