#include "domain/wire/view.hpp"

#include "domain/wire/event_codec.hpp"
#include "domain/wire/view_parts.hpp"

#include <utility>

namespace ringside::wire {

namespace {

using json::object;

object ruleset_json(const rules::ruleset& set) {
  return {{"id", set.id},
          {"version", set.version},
          {"title", set.title},
          {"discipline", text_of(set.discipline)}};
}

object fighter_json(const bout::fighter& x) {
  object out{{"name", x.name}};
  if (!x.nickname.empty())
    out.emplace("nickname", x.nickname);
  if (!x.record.empty())
    out.emplace("record", x.record);
  if (!x.country.empty())
    out.emplace("country", x.country);
  return out;
}

void put_identity(object& out, const bout::state& s) {
  if (s.ruleset)
    out.emplace("ruleset", ruleset_json(*s.ruleset));
  out.emplace("red", fighter_json(s.fighters.red));
  out.emplace("blue", fighter_json(s.fighters.blue));
  out.emplace("arena", s.arena);
  out.emplace("event", s.event_name);
  out.emplace("weight_class", s.weight_class);
  out.emplace("title_bout", s.title_bout);
  out.emplace("created_us", s.created_at.count);
  out.emplace("scheduled_rounds", s.scheduled_rounds);
}

void put_phase(object& out, const bout::state& s) {
  out.emplace("phase", text_of(s.phase));
  out.emplace("rounds_allowed", bout::rounds_allowed(s));
  out.emplace("cancel_reason", s.cancel_reason);
}

/// The clock of the last round: run `at_mark_ms` at the moment `mark_us`, and
/// on from there at one millisecond per millisecond if it is running, until
/// `length_ms`.
object clock_json(const bout::state& s) {
  object out{{"round", bout::current_round_no(s)}};
  const auto* r = bout::current_round(s);
  auto open = r != nullptr && r->status == bout::round_status::open;
  auto mark = r != nullptr ? r->clock.last_mark() : std::nullopt;
  auto run = round_ms{};
  if (r != nullptr)
    run = !open  ? r->closed_ms
          : mark ? r->clock.elapsed(*mark, r->length)
                 : round_ms{};
  out.emplace("running", open && r->clock.running());
  out.emplace("at_mark_ms", run.count);
  out.emplace("mark_us", mark.value_or(mono_us{}).count);
  out.emplace("length_ms", r != nullptr ? r->length.count : 0);
  return out;
}

void put_ratio(object& out, const std::string& name, const bout::ratio& x) {
  out.emplace(name + "_landed", x.landed);
  out.emplace(name + "_att", x.attempted);
}

object columns_json(const bout::box_score& box, round_ms control) {
  object out{{"kd", box.knockdowns},
             {"sub_att", box.submission_attempts},
             {"rev", box.reversals},
             {"fouls", box.fouls},
             {"ctrl_ms", control.count}};
  put_ratio(out, "sig", box.significant);
  put_ratio(out, "head", box.head);
  put_ratio(out, "body", box.body);
  put_ratio(out, "leg", box.leg);
  put_ratio(out, "distance", box.distance);
  put_ratio(out, "clinch", box.clinch);
  put_ratio(out, "ground", box.ground);
  put_ratio(out, "total", box.total);
  put_ratio(out, "td", box.takedowns);
  return out;
}

json::array deductions_json(const bout::round_state& r) {
  json::array all;
  for (const auto& d : r.deductions)
    all.emplace_back(object{{"corner", to_string(d.what.corner)},
                            {"points_x10", d.what.taken.count},
                            {"reason", d.what.reason},
                            {"event_id", event_id_text(d.no)}});
  return all;
}

object round_json(const bout::state& s, int number, const audience& who) {
  const auto& r = *bout::find_round(s, number);
  auto open = r.status == bout::round_status::open;
  const auto* mark = open ? r.control.open() : nullptr;
  auto presses = s.ruleset->unit == rules::scoring_unit::consensus_hits
                 && presses_visible(s, 0, number, who);
  object out{{"status", text_of(r.status)}, {"extension", r.extension}};
  for (auto c : both_corners) {
    auto box = columns_json(r.boxes[c], bout::control_of(r, c));
    if (presses)
      box.emplace("presses", r.boxes[c].presses);
    out.emplace(to_string(c), std::move(box));
  }
  if (!open)
    out.emplace("closed_ms", r.closed_ms.count);
  out.emplace("deductions", deductions_json(r));
  object control;
  if (mark != nullptr)
    control.emplace("open", object{{"corner", to_string(mark->corner)},
                                   {"kind", mark->kind},
                                   {"since_ms", mark->at.count}});
  out.emplace("control", std::move(control));
  return out;
}

object finish_json(const bout::finish_recorded& x) {
  object out{{"method", text_of(x.method)},
             {"round", x.round},
             {"round_ms", x.at.count}};
  if (x.winner)
    out.emplace("corner", to_string(*x.winner));
  return out;
}

object stoppage_json(const bout::stoppage_recorded& x) {
  return {{"cause", text_of(x.cause)},
          {"injured", to_string(x.injured)},
          {"round", x.round},
          {"round_ms", x.at.count}};
}

/// How it ended in the ring is seen by everybody; what it means officially is
/// in `result`, `former_results` are what was withdrawn or overturned.
void put_result(object& out, const bout::state& s, const audience& who) {
  out.emplace("finish", s.finish ? finish_json(*s.finish) : object{});
  out.emplace("stoppage", s.stoppage ? stoppage_json(*s.stoppage) : object{});
  auto result = object{};
  if (result_visible(s, who)) {
    result = *outcome_json(*s.result).as_object();
    result.emplace("official", s.phase == bout::phase::approved
                                 || s.phase == bout::phase::published);
    result.emplace("overturned", s.overturned);
  }
  out.emplace("result", std::move(result));
  if (who.who != audience::kind::control)
    return;
  json::array former;
  for (const auto& x : s.former_results)
    former.push_back(outcome_json(x));
  out.emplace("former_results", std::move(former));
}

json::array notes_json(const bout::state& s) {
  json::array all;
  for (const auto& x : s.notes)
    all.emplace_back(object{{"event_id", event_id_text(x.no)},
                            {"text", x.text},
                            {"round", x.round},
                            {"author", x.author}});
  return all;
}

json::array protests_json(const bout::state& s) {
  json::array all;
  for (const auto& x : s.protests) {
    object out{{"event_id", event_id_text(x.no)}, {"text", x.text}};
    if (x.by)
      out.emplace("by", to_string(*x.by));
    if (x.upheld) {
      out.emplace("ruling", *x.upheld ? "upheld" : "denied");
      out.emplace("reason", x.ruling);
    }
    all.emplace_back(std::move(out));
  }
  return all;
}

} // namespace

json::object line_json(const bout::line_score& x) {
  auto out = columns_json(x.box, x.control);
  out.emplace("rounds", x.rounds);
  return out;
}

json::object render(const bout::state& s, const bout_id& id,
                    const audience& who, section_set wanted) {
  object out{{"bout_id", id.str()}, {"version", s.version}};
  if (wanted.has(section::identity))
    put_identity(out, s);
  if (wanted.has(section::phase))
    put_phase(out, s);
  if (wanted.has(section::clock))
    out.emplace("clock", clock_json(s));
  if (wanted.has(section::seats))
    out.emplace("seats", seats_json(s, who));
  if (wanted.has(section::cards))
    out.emplace("cards", cards_json(s, who));
  if (wanted.has(section::result))
    put_result(out, s, who);
  for (int n = 1; n <= bout::current_round_no(s); ++n)
    if (wanted.has_round(n))
      out.emplace("round_" + std::to_string(n), round_json(s, n, who));
  auto control = who.who == audience::kind::control;
  if (control && wanted.has(section::notes))
    out.emplace("notes", notes_json(s));
  if (control && wanted.has(section::protests))
    out.emplace("protests", protests_json(s));
  return out;
}

json::object render_all(const bout::state& s, const bout_id& id,
                        const audience& who) {
  return render(s, id, who, section_set::all());
}

} // namespace ringside::wire
