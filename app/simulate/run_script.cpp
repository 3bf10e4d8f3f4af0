#include "app/simulate/run_script.hpp"

#include "app/replay/round_work.hpp"

#include <chrono>
#include <cstdlib>
#include <utility>

namespace ringside::simulate {

namespace {

using officials::clock;
using officials::crew;
using officials::desk;
using std::chrono::microseconds;

constexpr round_ms rest{60'000};

std::string text_in(const json::value* of, std::string_view key) {
  const auto* found = of != nullptr ? of->find(key) : nullptr;
  return found != nullptr && found->as_string() != nullptr ? *found->as_string()
                                                           : std::string{};
}

bout::create_bout creation(const script& s) {
  bout::create_bout what;
  what.ruleset = s.ruleset;
  for (auto c : both_corners)
    what.fighters[c].name = s.fighters[c] + " (Simulation)";
  what.scheduled_rounds = s.scheduled_rounds;
  for (const auto& name : s.judges)
    what.judges.push_back({name + " (Simulation)", {}});
  what.arena = "Simulation";
  what.event = event_name;
  what.weight_class = s.id;
  return what;
}

class script_run {
public:
  /// @param ending Set while the bout is called off: the desks, which stop when
  /// the options say so, work once more.
  script_run(const script& s, crew& people, const script_options& options,
             bool& ending)
    : script_(s), crew_(people), options_(options),
      ending_(ending), speed_{options.speed} {
    // nop
  }

  result<script_outcome> run() {
    auto began = clock::now();
    auto ok = play();
    if (!ok) {
      call_off();
      return options_.stopping() ? refuse(ec::unavailable, "stopped")
                                 : ok.reason();
    }
    out_.script = script_.id;
    out_.title = script_.title;
    out_.bout_id = id_.str();
    out_.took_ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                     clock::now() - began)
                     .count();
    if (script_.expect)
      out_.as_expected
        = out_.result == ringside::text_of(script_.expect->result)
          && out_.winner == script_.expect->winner;
    return std::move(out_);
  }

private:
  result<unit> ask(desk& who, bout::command_body what) {
    if (options_.stopping())
      return refuse(ec::unavailable, "stopped");
    auto done = who.ask(id_, std::move(what));
    return done ? result<unit>{unit{}} : result<unit>{done.reason()};
  }

  result<unit> play() {
    auto id = crew_.create(creation(script_));
    if (!id)
      return id.reason();
    id_ = *id;
    if (auto ok = crew_.bind_seats(id_); !ok)
      return ok;
    for (const auto& r : script_.rounds) {
      if (out_.rounds > 0)
        pause(rest);
      ++out_.rounds;
      if (auto ok = round(r); !ok)
        return in_round(ok.reason());
      if (options_.progress)
        options_.progress(static_cast<std::size_t>(out_.rounds),
                          script_.rounds.size());
    }
    if (auto ok = ask(crew_.commission(), bout::approve_result{}); !ok)
      return ok;
    if (auto ok = ask(crew_.supervisor(), bout::publish_result{}); !ok)
      return ok;
    return read_result();
  }

  error in_round(error reason) const {
    reason.detail
      = "round " + std::to_string(out_.rounds) + ": " + reason.detail;
    return reason;
  }

  /// Waits in the time of the fight; not at all at full speed.
  void pause(round_ms span) {
    if (speed_.speed > 0)
      wait_until(clock::now() + microseconds{speed_.us(span)});
  }

  void wait_until(clock::time_point end) {
    crew_.timekeeper().pump(end, true);
  }

  result<unit> round(const script_round& r) {
    auto& time = crew_.timekeeper();
    if (auto ok = ask(time, bout::open_round{out_.rounds}); !ok)
      return ok;
    auto started = time.ask(id_, bout::start_clock{});
    if (!started)
      return started.reason();
    auto logged = replay::log_round(crew_, id_, r.plan, speed_, started->sent);
    if (!logged)
      return logged.reason();
    if (speed_.speed > 0)
      wait_until(started->sent + microseconds{speed_.us(r.length)});
    if (r.end)
      return ask(crew_.supervisor(),
                 bout::record_finish{r.end->winner, r.end->method, out_.rounds,
                                     r.end->at});
    if (auto ok = ask(time, bout::close_round{out_.rounds}); !ok)
      return ok;
    return judge(r);
  }

  result<unit> judge(const script_round& r) {
    for (std::size_t j = 0; j < r.cards.size(); ++j) {
      bout::submit_card card;
      card.seat = static_cast<int>(j) + 1;
      card.round = out_.rounds;
      card.entry.score = r.cards[j];
      auto margin = r.cards[j].raw.red - r.cards[j].raw.blue;
      if (std::abs(margin.count) != whole_points(1).count)
        card.reason = "as the script says";
      if (auto ok = ask(crew_.judge(card.seat), std::move(card)); !ok)
        return ok;
    }
    return ask(crew_.supervisor(), bout::lock_round{out_.rounds});
  }

  result<unit> read_result() {
    auto answer = crew_.read(id_, "/result");
    if (!answer)
      return answer.reason();
    const auto* found = answer->find("result");
    out_.result = text_in(found, "kind");
    out_.winner = parse_corner(text_in(found, "winner"));
    out_.tuple = text_in(found, "tuple");
    out_.explanation = text_in(found, "explanation");
    if (const auto* v = answer->find("version"); v != nullptr && v->as_int())
      out_.events = *v->as_int();
    if (out_.result.empty())
      return refuse(ec::internal, "the published bout has no result");
    return unit{};
  }

  /// A simulation that broke off must not stay open for ever.
  void call_off() {
    if (id_.empty() || options_.abandoned())
      return;
    ending_ = true;
    (void)crew_.supervisor().ask(id_,
                                 bout::cancel_bout{"Simulation: broken off"});
  }

  const script& script_;
  crew& crew_;
  const script_options& options_;
  bool& ending_;
  replay::pace speed_;
  bout_id id_;
  script_outcome out_;
};

} // namespace

result<script_outcome> run_script(const script& s,
                                  const officials::place& where,
                                  const officials::token_maker& tokens,
                                  const script_options& options) {
  auto fits = options.speed == 0
              || (options.speed >= speed_min && options.speed <= speed_max);
  if (!fits)
    return refuse(ec::invalid_value, "a speed is between 0.1 and 1000",
                  "speed");
  // Only read by the operators' threads, which have ended before it changes.
  auto ending = false;
  officials::desk_options desks;
  desks.stopping = [&options, &ending] {
    return options.abandoned() || (!ending && options.stopping());
  };
  auto people = crew::hire(where, tokens, "Simulation",
                           static_cast<int>(s.judges.size()), desks);
  if (!people)
    return people.reason();
  return script_run{s, **people, options, ending}.run();
}

std::string text_of(const script_outcome& o) {
  auto out = o.title + ": " + o.result;
  if (o.winner)
    out += ", " + std::string{to_string(*o.winner)} + " wins";
  if (!o.tuple.empty())
    out += " " + o.tuple;
  out += "\n  " + o.explanation + "\n  " + std::to_string(o.rounds)
         + " rounds, " + std::to_string(o.events) + " events in "
         + std::to_string(o.took_ms) + " ms, bout " + o.bout_id + "\n";
  if (o.as_expected)
    out += *o.as_expected ? "  as the script expects\n"
                          : "  NOT what the script expects\n";
  return out;
}

json::value json_of(const script_outcome& o) {
  json::object out{{"kind", "script"},
                   {"script", o.script},
                   {"title", o.title},
                   {"bout_id", o.bout_id},
                   {"rounds", std::int64_t{o.rounds}},
                   {"result", o.result},
                   {"tuple", o.tuple},
                   {"explanation", o.explanation},
                   {"events", o.events},
                   {"took_ms", o.took_ms}};
  if (o.winner)
    out.emplace("winner", to_string(*o.winner));
  if (o.as_expected)
    out.emplace("as_expected", *o.as_expected);
  return out;
}

} // namespace ringside::simulate
