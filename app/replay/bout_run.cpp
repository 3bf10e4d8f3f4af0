#include "app/replay/bout_run.hpp"

#include "app/replay/compare.hpp"

#include <algorithm>
#include <utility>

namespace ringside::replay {

namespace {

using officials::clock;
using officials::crew;
using std::chrono::microseconds;

constexpr int full_round_s = 300;
constexpr round_ms rest{60'000};
/// The best score of a round.
constexpr int base_score = 10;

/// From these days on, by rule set; see config/rulesets.
constexpr std::string_view from_2025 = "2025-08-09";
constexpr std::string_view from_2017 = "2017-01-01";
constexpr std::string_view from_2009 = "2009-07-30";

/// What the judge wrote: the published score with the deductions back in.
per_corner<int> raw_score(const round_record& row, int judge) {
  auto score = *row.cards[static_cast<std::size_t>(judge)];
  for (auto c : both_corners)
    score[c] += row.corners[c].deducted;
  return score;
}

bool off_scale(const per_corner<int>& raw) noexcept {
  return std::max(raw.red, raw.blue) != base_score;
}

/// True if the cards of the round show no 10, or more than one, on every
/// card alike: then not a judge erred, but whoever entered a deduction.
bool all_off_scale(const round_record& row) {
  for (auto j = 0; j < judges; ++j)
    if (!row.cards[static_cast<std::size_t>(j)]
        || !off_scale(raw_score(row, j)))
      return false;
  return true;
}

std::string score_text(const per_corner<int>& score) {
  return std::to_string(score.red) + "-" + std::to_string(score.blue);
}

/// Names the judges whose cards are not published; empty if all are.
std::string missing_cards(const round_record& row) {
  std::string seats;
  for (auto j = 0; j < judges; ++j)
    if (!row.cards[static_cast<std::size_t>(j)])
      seats += (seats.empty() ? "" : ", ") + std::to_string(j + 1);
  if (seats.empty())
    return {};
  auto many = seats.size() > 1;
  return "round " + std::to_string(row.round) + ": " + (many ? "cards" : "card")
         + " of " + (many ? "judges " : "judge ") + seats + " not published";
}

bool scored_when_stopped(const bout_record& bout) {
  return std::any_of(bout.rounds.begin(), bout.rounds.end(),
                     [](const round_record& row) {
                       return stopped_in(row) && missing_cards(row).empty();
                     });
}

bout::create_bout creation(const bout_record& b, const std::string& ruleset) {
  bout::create_bout what;
  what.ruleset = ruleset;
  for (auto c : both_corners)
    what.fighters[c].name = b.fighters[c];
  what.scheduled_rounds = b.scheduled_rounds;
  for (auto j = 0; j < judges; ++j) {
    const auto& name = b.judge_names[static_cast<std::size_t>(j)];
    what.judges.push_back(
      {name.empty() ? "Judge " + std::to_string(j + 1) + " (not published)"
                    : name,
       {}});
  }
  what.arena = b.location;
  what.event = b.event;
  what.weight_class = b.weight_class;
  what.title_bout = b.title_bout;
  return what;
}

class bout_run {
public:
  bout_run(crew& people, const bout_record& record, const source_errors& known,
           const pace& speed)
    : crew_(people), record_(record), known_(known), speed_(speed) {
    // nop
  }

  bout_report run() {
    report_.id = record_.id;
    report_.date = record_.date;
    report_.fighters = record_.fighters;
    report_.ruleset = ruleset_for(record_);
    if (record_.date < from_2009 && scored_when_stopped(record_))
      report_.note = "the round cut short has cards, so it was scored: under "
                     + report_.ruleset + " instead of mma_legacy_2001";
    report_.official = official_text(record_.official);
    report_.official_method = record_.official.method;
    auto resent_before = resent();
    for (auto* d : crew_.desks())
      d->forget_times();
    if (auto ok = play(); !ok)
      fail(ok.reason());
    for (auto* d : crew_.desks())
      report_.ack_us.insert(report_.ack_us.end(), d->ack_us().begin(),
                            d->ack_us().end());
    report_.acks = static_cast<std::int64_t>(report_.ack_us.size());
    report_.resent = resent() - resent_before;
    return std::move(report_);
  }

private:
  result<unit> play() {
    auto id = crew_.create(creation(record_, report_.ruleset));
    if (!id)
      return id.reason();
    id_ = *id;
    report_.node_id = id_.str();
    if (auto ok = crew_.bind_seats(id_); !ok)
      return ok;
    if (auto ok = fight(); !ok)
      return ok;
    if (auto ok = end(); !ok)
      return ok;
    return compare();
  }

  /// All rounds in order, as far as there are rows and cards fit the rules.
  result<unit> fight() {
    for (const auto& row : record_.rounds) {
      auto next = report_.rounds + 1;
      if (row.round != next) {
        incomplete("round " + std::to_string(next) + " has no row");
        return unit{};
      }
      if (next > 1 && speed_.speed > 0)
        crew_.timekeeper().pump(clock::now() + microseconds{speed_.us(rest)},
                                true);
      if (auto ok = fight_round(row); !ok)
        return ok;
      report_.rounds = row.round;
      if (auto ok = judge_round(row); !ok || !scale_error_.empty())
        return ok;
    }
    if (!record_.rounds.back().last)
      incomplete("round " + std::to_string(report_.rounds + 1) + " has no row");
    return unit{};
  }

  result<unit> fight_round(const round_record& row) {
    auto& time = crew_.timekeeper();
    if (auto ok = time.ask(id_, bout::open_round{row.round}); !ok)
      return ok.reason();
    auto started = time.ask(id_, bout::start_clock{});
    if (!started)
      return started.reason();
    auto bounds = log_round(crew_, id_, make_plan(record_.id, row), speed_,
                            started->sent);
    if (!bounds)
      return bounds.reason();
    control_.push_back(*bounds);
    if (speed_.speed > 0)
      time.pump(started->sent
                  + microseconds{speed_.us(round_ms{row.seconds * 1'000LL})},
                true);
    return stopped_in(row) ? stop_round(row) : close_round(row);
  }

  result<unit> close_round(const round_record& row) {
    auto done = crew_.timekeeper().ask(id_, bout::close_round{row.round});
    return done ? result<unit>{unit{}} : result<unit>{done.reason()};
  }

  /// The source does not say who was hurt; after an accidental foul it makes
  /// no difference.
  result<unit> stop_round(const round_record& row) {
    auto& boss = crew_.supervisor();
    auto noted = boss.ask(
      id_, bout::add_note{"The source does not say who was injured; red is "
                          "entered for want of knowledge.",
                          row.round});
    if (!noted)
      return noted.reason();
    bout::record_stoppage what;
    what.round = row.round;
    what.at = round_ms{row.seconds * 1'000LL};
    auto done = boss.ask(id_, what);
    return done ? result<unit>{unit{}} : result<unit>{done.reason()};
  }

  /// The judges file side by side what was published, and nothing else; then
  /// the supervisor locks the round if every card is in.
  result<unit> judge_round(const round_record& row) {
    if (auto missing = missing_cards(row); !missing.empty())
      incomplete(missing);
    for (auto j = 0; j < judges; ++j)
      if (row.cards[static_cast<std::size_t>(j)])
        file_card(row, j);
    auto outcome = result<unit>{unit{}};
    for (auto seat = 1; seat <= judges; ++seat)
      if (auto ok = crew_.judge(seat).drain(); !ok && outcome)
        outcome = ok;
    if (!outcome)
      return refused_card(row, outcome.reason());
    if (!missing_cards(row).empty())
      return unit{};
    auto locked = crew_.supervisor().ask(id_, bout::lock_round{row.round});
    return locked ? result<unit>{unit{}} : result<unit>{locked.reason()};
  }

  void file_card(const round_record& row, int j) {
    auto raw = raw_score(row, j);
    bout::submit_card card;
    card.seat = j + 1;
    card.round = row.round;
    card.entry.score
      = rules::round_score{{whole_points(raw.red), whole_points(raw.blue)}};
    auto margin = std::abs(raw.red - raw.blue);
    if (margin == 0)
      card.reason = "even in the judge's eyes, as published";
    else if (margin > 1)
      card.reason = "a wide round in the judge's eyes, as published";
    crew_.judge(j + 1).post(id_, card);
  }

  result<unit> refused_card(const round_record& row, const error& why) {
    // Some rule sets do not score the round in which a foul stops the bout;
    // then the result is there before its cards.
    if (why.code == ec::bout_over && stopped_in(row))
      return unit{};
    if (why.code != ec::score_not_allowed)
      return why;
    scale_error_ = "round " + std::to_string(row.round) + ": " + why.detail;
    if (all_off_scale(row)) {
      report_.source_error = true;
      scale_error_ = "the source's error: round " + std::to_string(row.round)
                     + ": no published card has a 10 ("
                     + score_text(raw_score(row, 0))
                     + " with the deductions on record added back)";
    }
    return unit{};
  }

  /// Publishes the result, or calls the bout off and says why.
  result<unit> end() {
    auto& boss = crew_.supervisor();
    auto why = !scale_error_.empty() ? scale_error_ : report_.reason;
    if (!why.empty()) {
      auto done = boss.ask(id_, bout::cancel_bout{"Replay: " + why});
      if (done)
        return unit{};
      if (done.reason().code != ec::bout_over || report_.rounds == 0
          || !stopped_in(last_fought()))
        return done.reason();
      // A stoppage so early that no card is needed has decided it.
      report_.note = "decided by the stoppage alone; " + report_.reason;
      report_.reason.clear();
    }
    if (auto ok = crew_.commission().ask(id_, bout::approve_result{}); !ok)
      return ok.reason();
    auto done = boss.ask(id_, bout::publish_result{});
    return done ? result<unit>{unit{}} : result<unit>{done.reason()};
  }

  result<unit> compare() {
    auto answer = crew_.read(id_, "/result");
    if (!answer)
      return answer.reason();
    auto counts = crew_.read(id_, "/statistics");
    if (!counts)
      return counts.reason();
    if (const auto* v = answer->find("version"); v != nullptr && v->as_int())
      report_.events = *v->as_int();
    compare_counts(report_, record_, *counts, control_, speed_);
    if (!report_.differences.empty())
      report_.failed = true;
    if (!scale_error_.empty()) {
      report_.equal = false;
      report_.reason = scale_error_;
      report_.failed |= !report_.source_error;
    } else if (report_.reason.empty()) {
      compare_results(report_, record_, *answer, known_);
      if (report_.result.empty())
        return refuse(ec::internal, "the published bout has no result");
      report_.failed |= report_.equal == false && !report_.source_error;
    }
    return unit{};
  }

  const round_record& last_fought() const {
    return record_.rounds[static_cast<std::size_t>(report_.rounds - 1)];
  }

  void incomplete(const std::string& why) {
    report_.reason += (report_.reason.empty() ? "" : "; ") + why;
  }

  void fail(const error& why) {
    report_.failed = true;
    report_.equal = false;
    report_.reason = "round " + std::to_string(report_.rounds + 1) + ": "
                     + std::string{to_string(why.code)} + ", " + why.detail;
  }

  std::int64_t resent() {
    std::size_t n = 0;
    for (auto* d : crew_.desks())
      n += d->resent();
    return static_cast<std::int64_t>(n);
  }

  crew& crew_;
  const bout_record& record_;
  const source_errors& known_;
  const pace& speed_;
  bout_id id_;
  bout_report report_;
  std::vector<per_corner<control_bounds>> control_;
  std::string scale_error_;
};

} // namespace

std::string ruleset_for(const bout_record& bout) {
  if (bout.date >= from_2025)
    return "mma_abc_2025";
  if (bout.date >= from_2017)
    return "mma_abc_2017";
  if (bout.date >= from_2009 || scored_when_stopped(bout))
    return "mma_unified_2009";
  return "mma_legacy_2001";
}

bool stopped_in(const round_record& row) noexcept {
  return row.last && row.seconds < full_round_s;
}

bout_report run_bout(crew& people, const bout_record& bout,
                     const source_errors& known, const pace& speed) {
  return bout_run{people, bout, known, speed}.run();
}

} // namespace ringside::replay
