#include "app/demo/demo.hpp"

#include "app/demo/cameras.hpp"
#include "app/demo/fight.hpp"
#include "app/officials/crew.hpp"
#include "domain/bout/box_score.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

namespace ringside::demo {

namespace {

using officials::clock;
using officials::crew;
using officials::desk;
using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr int judges = 3;
constexpr int rounds = 3;
/// Between two moments of the fight, at the real speed.
constexpr std::int64_t gap_min_ms = 250;
constexpr std::int64_t gap_range_ms = 1'100;
/// Before a failed bout is followed by the next.
constexpr milliseconds retry_pause{2'000};
/// How often the connections are read while nothing happens.
constexpr milliseconds breath{1'000};

/// Everything that one demo thread uses.
class show {
public:
  show(std::stop_token stop, const demo_options& options, log_sink log)
    : stop_(std::move(stop)), options_(options), log_(std::move(log)),
      dice_(options.seed) {
    // nop
  }

  result<unit> hire(const officials::place& where,
                    const officials::token_maker& tokens) {
    officials::desk_options patient;
    patient.stopping = [this] { return stop_.stop_requested(); };
    auto made = crew::hire(where, tokens, "Demo", judges, patient);
    if (!made)
      return made.reason();
    crew_ = std::move(*made);
    if (auto ok = hire_cameras(where, tokens); !ok)
      return ok;
    return call_off_old();
  }

  /// One bout from creation to publication.
  result<unit> bout() {
    auto id = create();
    if (!id)
      return id.reason();
    id_ = *id;
    if (auto ok = crew_->bind_seats(id_); !ok)
      return ok;
    if (cameras_)
      if (auto ok = cameras_->watch(id_); !ok)
        return ok;
    fight action{dice_};
    wait(options_.rest / 4);
    for (auto n = 1; n <= rounds && !action.knockout(); ++n) {
      if (auto ok = round(n, action); !ok)
        return ok;
      if (!action.knockout() && n < rounds)
        wait(options_.rest / 2);
    }
    return publish();
  }

  /// Calls the present bout off after a failure; the next one is fresh.
  void give_up(const error& reason) {
    log_to(log_, severity::warning, "demo",
           "bout " + id_.str() + ": " + reason.detail);
    if (!id_.empty())
      (void)crew_->supervisor().ask(id_, bout::cancel_bout{"Demo: failed"});
    wait(retry_pause);
  }

  /// Sleeps in the time of the demo, or until the stop. Reads the connections
  /// meanwhile, so that they answer the node's life signs.
  void wait(milliseconds span) {
    auto end = clock::now() + scaled(span);
    while (!stop_.stop_requested() && clock::now() < end) {
      auto slice = std::min<clock::time_point>(end, clock::now() + breath);
      {
        std::unique_lock lock{sleep_};
        awake_.wait_until(lock, stop_, slice, [] { return false; });
      }
      if (clock::now() < end)
        for (auto* d : crew_->desks())
          d->pump(clock::now() + milliseconds{1}, true);
    }
  }

private:
  result<unit> hire_cameras(const officials::place& where,
                            const officials::token_maker& tokens) {
    if (options_.cameras == 0 || options_.speed != 1)
      return unit{};
    auto made = cameras::hire(where, tokens, options_.cameras, dice_.next());
    if (!made)
      return made.reason();
    cameras_ = std::move(*made);
    return unit{};
  }

  microseconds scaled(milliseconds span) const {
    return microseconds{static_cast<std::int64_t>(
      static_cast<double>(span.count()) * 1'000 / options_.speed)};
  }

  result<unit> ask(desk& who, bout::command_body what) {
    auto done = who.ask(id_, std::move(what));
    return done ? result<unit>{unit{}} : result<unit>{done.reason()};
  }

  result<bout_id> create() {
    bout::create_bout what;
    what.ruleset = ruleset_id;
    auto names = invented_names(dice_);
    for (auto c : both_corners)
      what.fighters[c].name = names[c];
    what.scheduled_rounds = rounds;
    for (auto seat = 1; seat <= judges; ++seat)
      what.judges.push_back({"Demo judge " + std::to_string(seat), {}});
    what.event = event_name;
    what.arena = "Demo arena";
    what.weight_class = "Demo weight";
    return crew_->create(what);
  }

  /// Demo bouts that an earlier run left open.
  result<unit> call_off_old() {
    auto listed = crew_->list(event_name);
    if (!listed)
      return listed.reason();
    for (const auto& [id, phase] : *listed)
      if (phase != "published" && phase != "cancelled" && phase != "approved"
          && phase != "decided")
        (void)crew_->supervisor().ask(
          id, bout::cancel_bout{"Demo: the run before was stopped"});
    return unit{};
  }

  result<unit> round(int n, fight& action) {
    auto& time = crew_->timekeeper();
    action.begin_round();
    if (auto ok = ask(time, bout::open_round{n}); !ok)
      return ok;
    if (auto ok = ask(time, bout::start_clock{}); !ok)
      return ok;
    auto began = clock::now();
    auto bell = began + scaled(options_.round);
    while (clock::now() < bell && !action.knockout()) {
      auto facts = action.next();
      milliseconds gap{gap_min_ms + dice_.below(gap_range_ms)};
      auto now = clock::now();
      if (cameras_)
        cameras_->see(facts, now, now + gap);
      wait(gap);
      if (stop_.stop_requested())
        return refuse(ec::unavailable, "stopped");
      for (const auto& what : facts)
        if (auto ok = ask(crew_->operator_of(bout::corner_of(what)),
                          bout::log_fact{what, {}});
            !ok)
          return ok;
    }
    if (auto winner = action.knockout())
      return finish(n, *winner, clock::now() - began);
    if (auto ok = ask(time, bout::close_round{n}); !ok)
      return ok;
    return judge(n, action);
  }

  result<unit> finish(int n, corner winner, clock::duration ran) {
    bout::record_finish what;
    what.winner = winner;
    what.method = rules::result_kind::ko;
    what.round = n;
    what.at = round_ms{std::chrono::duration_cast<milliseconds>(ran).count()};
    return ask(crew_->supervisor(), what);
  }

  /// Each judge sees the round with eyes of his own, and takes his time.
  result<unit> judge(int n, const fight& action) {
    for (auto seat = 1; seat <= judges; ++seat) {
      wait(options_.rest / (judges + 4) + milliseconds{dice_.below(1'000)});
      if (auto ok = ask(crew_->judge(seat), card(seat, n, action)); !ok)
        return ok;
    }
    wait(milliseconds{1'000});
    return ask(crew_->supervisor(), bout::lock_round{n});
  }

  bout::submit_card card(int seat, int n, const fight& action) {
    constexpr int noise = 21;
    constexpr int wide = 35;
    auto lead = action.effort(corner::red) - action.effort(corner::blue)
                + static_cast<int>(dice_.below(noise)) - noise / 2;
    auto winner = lead >= 0 ? corner::red : corner::blue;
    rules::round_score score;
    score.raw[winner] = whole_points(10);
    score.raw[opponent(winner)] = whole_points(std::abs(lead) > wide ? 8 : 9);
    bout::submit_card what;
    what.seat = seat;
    what.round = n;
    what.entry.score = score;
    if (std::abs(lead) > wide)
      what.reason = "Demo: far ahead in the simulation";
    return what;
  }

  result<unit> publish() {
    wait(options_.rest / 6);
    if (auto ok = ask(crew_->commission(), bout::approve_result{}); !ok)
      return ok;
    wait(options_.rest / 6);
    return ask(crew_->supervisor(), bout::publish_result{});
  }

  std::stop_token stop_;
  const demo_options& options_;
  log_sink log_;
  dice dice_;
  std::unique_ptr<crew> crew_;
  std::unique_ptr<cameras> cameras_;
  bout_id id_;
  std::mutex sleep_;
  std::condition_variable_any awake_;
};

} // namespace

struct demo::parts {
  officials::place where;
  officials::token_maker tokens;
  demo_options options;
  log_sink log;
  std::atomic<int> published{0};
  mutable std::mutex guard;
  mutable std::condition_variable over_changed;
  bool over = false;
  std::jthread thread;

  void run(const std::stop_token& stop) {
    show act{stop, options, log};
    if (auto ok = act.hire(where, tokens); !ok) {
      log_to(log, severity::error, "demo", "no demo: " + ok.reason().detail);
    } else {
      play(act, stop);
    }
    std::lock_guard lock{guard};
    over = true;
    over_changed.notify_all();
  }

  void play(show& act, const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      auto ok = act.bout();
      if (stop.stop_requested())
        return;
      if (ok)
        ++published;
      else
        act.give_up(ok.reason());
      if (options.bouts > 0 && published >= options.bouts)
        return;
      act.wait(options.pause);
    }
  }
};

demo::demo(const officials::place& where, officials::token_maker tokens,
           demo_options options, log_sink log)
  : parts_(std::make_unique<parts>()) {
  parts_->where = where;
  parts_->tokens = std::move(tokens);
  parts_->options = options;
  parts_->log = std::move(log);
  parts_->thread = std::jthread{
    [p = parts_.get()](const std::stop_token& stop) { p->run(stop); }};
}

demo::~demo() {
  stop();
}

void demo::stop() {
  parts_->thread.request_stop();
  if (parts_->thread.joinable())
    parts_->thread.join();
}

int demo::published() const noexcept {
  return parts_->published;
}

bool demo::wait(std::chrono::milliseconds most) const {
  std::unique_lock lock{parts_->guard};
  return parts_->over_changed.wait_for(lock, most,
                                       [this] { return parts_->over; });
}

} // namespace ringside::demo
