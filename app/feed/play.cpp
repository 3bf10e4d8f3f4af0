#include "app/feed/play.hpp"

#include "app/feed/frame_fields.hpp"
#include "app/officials/crew.hpp"

#include <algorithm>
#include <utility>

namespace ringside::feed {

namespace {

using officials::crew;
using officials::desk;
using std::chrono::milliseconds;

constexpr int judges = 3;
constexpr const char* label = "Simulated";
constexpr const char* chief = "Simulated camera crew chief";
/// Everybody knows the time by then.
constexpr milliseconds warm_up{2'000};
/// Bell to the first strike: nothing may be seen before the round.
constexpr milliseconds lead{300};
/// The last taps are still on their way.
constexpr milliseconds linger{1'200};
/// Everything is decided by then.
constexpr milliseconds settle{1'500};
/// Between two looks at everybody.
constexpr milliseconds round_of_looks{100};

class feed_run {
public:
  feed_run(const play_options& options, crew& officials, crowd& people,
           const officials::place& boss)
    : options_(options), s_(options.settings), crew_(officials),
      people_(people), boss_(boss) {
    // nop
  }

  result<feed_outcome> run() {
    began_ = clock::now();
    feed_outcome out;
    out.settings = s_;
    auto ok = bout();
    if (!ok) {
      if (!id_.empty())
        (void)crew_.supervisor().ask(
          id_, bout::cancel_bout{"Simulation: broken off"});
      return ok.reason();
    }
    people_.stop();
    screen_->stop();
    out.bout_id = id_.str();
    out.result = result_;
    out.took_ms
      = std::chrono::duration_cast<milliseconds>(clock::now() - began_).count();
    judge(truth_, *screen_, people_, out);
    return out;
  }

private:
  result<unit> ask(desk& who, bout::command_body what) {
    auto done = who.ask(id_, std::move(what));
    return done ? result<unit>{unit{}} : result<unit>{done.reason()};
  }

  result<unit> create() {
    bout::create_bout what;
    what.ruleset = options_.ruleset;
    for (auto c : both_corners)
      what.fighters[c].name = std::string{"Synthetic "}
                              + std::string{to_string(c)} + " (Simulation)";
    what.scheduled_rounds = s_.rounds;
    for (auto seat = 1; seat <= judges; ++seat)
      what.judges.push_back(
        {"Judge " + std::to_string(seat) + " (Simulation)", {}});
    what.arena = "Simulation";
    what.event = event_name;
    what.weight_class = "synthetic cameras";
    auto id = crew_.create(what);
    if (!id)
      return id.reason();
    id_ = *id;
    return crew_.bind_seats(id_);
  }

  result<unit> bout() {
    if (auto ok = create(); !ok)
      return ok;
    if (auto ok = people_.watch(id_); !ok)
      return ok;
    screen_.emplace(boss_, id_);
    if (auto ok = screen_->start(); !ok)
      return ok;
    wait(warm_up);
    for (auto n = 0; n < s_.rounds; ++n)
      if (auto ok = round(n); !ok)
        return ok;
    wait(settle);
    if (auto ok = ask(crew_.commission(), bout::approve_result{}); !ok)
      return ok;
    if (auto ok = ask(crew_.supervisor(), bout::publish_result{}); !ok)
      return ok;
    auto answer = crew_.read(id_, "/result");
    if (!answer)
      return answer.reason();
    if (const auto* result = answer->find("result"))
      result_ = text_in(*result, "kind");
    return unit{};
  }

  result<unit> round(int n) {
    auto& time = crew_.timekeeper();
    if (auto ok = ask(time, bout::open_round{n + 1}); !ok)
      return ok;
    if (auto ok = ask(time, bout::start_clock{}); !ok)
      return ok;
    auto now = draw_round(s_, n, clock::now() + lead);
    people_.add(now);
    truth_.insert(truth_.end(), now.truth.begin(), now.truth.end());
    wait_until(now.to + linger);
    if (auto ok = ask(time, bout::close_round{n + 1}); !ok)
      return ok;
    return cards(n, now.truth);
  }

  /// All judges give the round to whoever struck more.
  result<unit> cards(int n, const std::vector<real_strike>& all) {
    auto ahead = 0;
    for (const auto& s : all)
      ahead += s.what.corner == corner::red ? 1 : -1;
    auto winner = ahead >= 0 ? corner::red : corner::blue;
    for (auto seat = 1; seat <= judges; ++seat) {
      bout::submit_card card;
      card.seat = seat;
      card.round = n + 1;
      rules::round_score score;
      score.raw[winner] = whole_points(10);
      score.raw[opponent(winner)] = whole_points(9);
      card.entry.score = score;
      if (auto ok = ask(crew_.judge(seat), std::move(card)); !ok)
        return ok;
    }
    return ask(crew_.supervisor(), bout::lock_round{n + 1});
  }

  void wait(milliseconds span) {
    wait_until(clock::now() + span);
  }

  void wait_until(clock::time_point end) {
    while (clock::now() < end) {
      crew_.timekeeper().pump(std::min(end, clock::now() + round_of_looks),
                              true);
      for (auto* d : crew_.desks())
        d->pump(clock::now() + milliseconds{1}, true);
      say_progress();
    }
  }

  void say_progress() const {
    if (!options_.progress)
      return;
    auto of = milliseconds{1'000 * std::int64_t{s_.seconds}} + warm_up + settle
              + s_.rounds * (lead + linger);
    auto done = std::chrono::duration_cast<milliseconds>(clock::now() - began_);
    options_.progress(std::min(done, of).count(), of.count());
  }

  const play_options& options_;
  const feed_settings& s_;
  crew& crew_;
  crowd& people_;
  officials::place boss_;
  bout_id id_;
  std::optional<watcher> screen_;
  std::vector<real_strike> truth_;
  std::string result_;
  clock::time_point began_;
};

} // namespace

result<feed_outcome> play(const play_options& options,
                          const officials::place& where,
                          const officials::token_maker& tokens) {
  if (auto ok = check(options.settings); !ok)
    return ok.reason();
  auto officials = crew::hire(where, tokens, label, judges);
  if (!officials)
    return officials.reason();
  auto token = tokens(std::string{chief}, role::supervisor);
  if (!token)
    return token.reason();
  auto boss = officials::with_token(where, *token);
  crowd_settings who;
  who.cameras = options.settings.cameras;
  who.operators = options.settings.operators;
  who.seed = options.settings.seed;
  who.label = label;
  auto people = crowd::hire(where, boss, tokens, who);
  if (!people)
    return people.reason();
  return feed_run{options, **officials, **people, boss}.run();
}

} // namespace ringside::feed
