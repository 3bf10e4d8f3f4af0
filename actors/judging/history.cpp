#include "actors/judging/history.hpp"

#include "actors/runtime/harden.hpp"
#include "actors/runtime/journal_pace.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "domain/advice/judging.hpp"
#include "domain/audit/entry.hpp"
#include "domain/wire/view.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace ringside {

namespace {

constexpr const char* history_label = "node/history";

} // namespace

void history_state::init(history_deps what) {
  deps = std::move(what);
  auto& names = deps.services->names;
  reader = names.open<protocol::reader_actor>("node/reader");
  calibration = names.open<protocol::calibration_actor>("node/calibration");
  force = std::make_shared<const advice::in_force>();
}

// -- reading ------------------------------------------------------------------

void history_state::start_reading() {
  reading = true;
  // Without a calibration there is no engine to compare with; the rest is.
  auto none = [this](const error&) {
    take_force(std::make_shared<const advice::in_force>());
  };
  ask(
    self, calibration, journal_timeout, protocol::get_in_force{},
    [this, none](const protocol::in_force_answer& x) {
      if (const auto* reason = std::get_if<error>(&x.outcome))
        return none(*reason);
      take_force(std::get<advice::in_force_ptr>(x.outcome));
    },
    none);
}

void history_state::take_force(advice::in_force_ptr now) {
  if (now->version != force->version)
    bouts.clear();
  force = std::move(now);
  ask(
    self, reader, journal_timeout, protocol::read_tails{},
    [this](const protocol::tails_answer& x) {
      if (const auto* reason = std::get_if<error>(&x.outcome))
        return finish(reason);
      take_tails(std::get<std::vector<persistence::bout_tail>>(x.outcome));
    },
    [this](const error& reason) { finish(&reason); });
}

void history_state::take_tails(
  const std::vector<persistence::bout_tail>& tails) {
  to_read.clear();
  for (const auto& t : tails) {
    if (audit::is_system_chain(t.bout.str()))
      continue;
    if (auto old = bouts.find(t.bout);
        old == bouts.end() || old->second.version <= t.bseq)
      to_read.push_back(t.bout);
  }
  read_next();
}

void history_state::read_next() {
  if (to_read.empty())
    return finish(nullptr);
  auto id = to_read.back();
  to_read.pop_back();
  auto bout = bouts[id].running;
  if (!bout) {
    bout = std::make_shared<folded_bout>();
    bout->id = id;
  }
  read_on(self, reader, bout, deps.rulesets,
          [this, bout](const error* why) { took(bout, why); });
}

void history_state::took(const folded_bout_ptr& bout, const error* why) {
  auto& known = bouts[bout->id];
  const auto& s = bout->now;
  if (why != nullptr && why->code != ec::corrupt)
    return finish(why);
  known.version = s.version;
  known.left_out = why != nullptr;
  if (why != nullptr) {
    log_to(deps.services->log, severity::warning, history_label,
           "bout " + bout->id.str() + " is left out: " + why->detail);
    careers.take(bout->id, bout::state{});
    return read_next();
  }
  auto over
    = s.phase == bout::phase::published || s.phase == bout::phase::cancelled;
  known.running = over ? nullptr : bout;
  known.rounds.clear();
  if (s.phase == bout::phase::published)
    known.rounds = judged_rounds(*bout);
  careers.take(bout->id, s);
  read_next();
}

void history_state::finish(const error* why) {
  reading = false;
  for (auto& q : std::exchange(questions, {}))
    q(why);
}

std::vector<scoring::analytics::judged_round>
history_state::judged_rounds(const folded_bout& b) const {
  std::vector<scoring::analytics::judged_round> out;
  for (auto& r : advice::panel_rounds(*force, b.now, b.tallies,
                                      {wire::audience::kind::control, 0})) {
    for (std::size_t i = 0; i < r.what.judges.size(); ++i) {
      auto by = b.authors.find({static_cast<int>(i) + 1, r.round});
      r.what.judges[i] = by != b.authors.end() ? by->second : std::string{};
    }
    out.push_back(std::move(r.what));
  }
  return out;
}

// -- questions ----------------------------------------------------------------

history_state::promise
history_state::after_reading(std::function<protocol::text_answer()> make) {
  auto reply = self->make_response_promise<protocol::text_answer>();
  if (questions.size() >= questions_max) {
    reply.deliver(protocol::text_answer{
      refuse(ec::overloaded, "too many questions about the past wait")});
    return reply;
  }
  questions.push_back(
    [reply, make = std::move(make)](const error* why) mutable {
      reply.deliver(why != nullptr ? protocol::text_answer{*why} : make());
    });
  if (!reading)
    start_reading();
  return reply;
}

json::object history_state::frame() const {
  auto left_out = std::count_if(bouts.begin(), bouts.end(), [](const auto& x) {
    return x.second.left_out;
  });
  return {{"bouts_left_out", static_cast<std::int64_t>(left_out)}};
}

protocol::text_answer
history_state::reliability_of(const std::string& account) const {
  std::vector<scoring::analytics::judged_round> rounds;
  for (const auto& [id, x] : bouts)
    rounds.insert(rounds.end(), x.rounds.begin(), x.rounds.end());
  auto report = scoring::analytics::measure(rounds);
  auto found = std::find_if(report.judges.begin(), report.judges.end(),
                            [&](const auto& j) { return j.name == account; });
  if (found == report.judges.end())
    return {refuse(ec::not_found, "this account has judged no published round",
                   "account_id")};
  auto o = frame();
  o["account"] = account;
  o["calibration_version"] = force->version;
  o["rounds"] = report.rounds;
  o["judges"] = static_cast<std::int64_t>(report.judges.size());
  o["record"] = advice::reliability_json(*found);
  scoring::analytics::judge_reliability all;
  all.all = report.total;
  all.panel_shrunk = all.panel_recent = report.total.panel.share();
  all.engine_shrunk = report.total.engine.share();
  o["everybody"] = advice::reliability_json(all);
  return {json::to_text(json::value{std::move(o)})};
}

protocol::text_answer history_state::career_of(const std::string& who) const {
  auto lines = careers.lines(who);
  if (lines.empty())
    return {refuse(ec::not_found, "no bout has a fighter of this name", "name",
                   "names are compared letter by letter")};
  json::array list;
  for (const auto& x : lines) {
    auto line = wire::line_json(x.score);
    line.emplace("bout_id", x.bout.str());
    line.emplace("corner", to_string(x.corner));
    list.emplace_back(std::move(line));
  }
  auto o = frame();
  o["name"] = who;
  o["totals"] = wire::line_json(careers.total(who));
  o["bouts"] = std::move(list);
  return {json::to_text(json::value{std::move(o)})};
}

history_state::promise
history_state::reliability(const protocol::get_reliability& what) {
  return after_reading(
    [this, account = what.account] { return reliability_of(account); });
}

history_state::promise history_state::career(const protocol::get_career& what) {
  return after_reading([this, who = what.name] { return career_of(who); });
}

protocol::history_actor::behavior_type
history_behavior(history_state::pointer self, history_deps deps) {
  harden(self, deps.services->log, history_label);
  self->state.init(std::move(deps));
  return {
    [self](const protocol::get_reliability& x) {
      return self->state.reliability(x);
    },
    [self](const protocol::get_career& x) { return self->state.career(x); },
  };
}

} // namespace ringside
