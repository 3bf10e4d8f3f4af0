#include "tests/sim/simulation.hpp"

#include <algorithm>

namespace ringside::sim {

namespace {

using std::chrono::seconds;

/// Longer than every timeout of the node together.
constexpr seconds calm_max{90};
/// Checkpoints every 5 s, retries every 2 s, rounds of 20 ms.
constexpr seconds calm_rest{12};
/// A node that was just stopped is up again.
constexpr seconds start_rest{4};
/// Until every stall, restart and retry is over.
constexpr seconds lull_rest{10};

} // namespace

// -- calming down -------------------------------------------------------------

bool simulation::settled() const {
  return std::all_of(clients_.begin(), clients_.end(),
                     [](const auto* c) { return c->idle(); })
         && std::all_of(screens_.begin(), screens_.end(), [](const auto* s) {
              return s->joined || s->key().topic.empty();
            });
}

void simulation::report_unsettled() {
  for (const auto* c : clients_)
    for (const auto& [tag, o] : c->sent)
      if (!o.settled)
        return log_.fail(c->deps.who.account + " was never answered by "
                         + o.door + " about command " + to_string(o.command->id)
                         + ", variant "
                         + std::to_string(o.command->body.index()));
  for (const auto* s : screens_)
    if (!s->joined)
      return log_.fail(s->deps.name + " could never join " + s->key().topic);
}

void simulation::good_weather() {
  network_.calm();
  disk_.now = signer_.now = {};
  disk_.disk->capacity(UINT64_MAX);
  disk_free_at_.reset();
  strike_at_.reset();
  end_damage();
}

void simulation::rest(std::chrono::seconds span) {
  auto end = sched_->now() + span;
  while (sched_->now() < end && step()) {
    // nop
  }
}

/// In the middle of it all nobody asks for anything for a while, not even
/// again: what is not mended from within shows.
void simulation::lull() {
  log_.note("lull");
  log_.count("lulls");
  closing_ = hushed_ = true;
  good_weather();
  rest(lull_rest);
  if (!log_.failed())
    check_running();
  wake_all();
  rest(calm_rest);
  if (!log_.failed())
    check_all();
  closing_ = hushed_ = false;
  log_.note("the lull is over");
  bad_weather();
}

void simulation::calm_down() {
  log_.note("calm");
  closing_ = true;
  good_weather();
  auto end = sched_->now() + calm_max;
  while (sched_->now() < end && step() && !settled()) {
    // nop
  }
  if (log_.failed())
    return;
  if (!settled())
    return report_unsettled();
  rest(start_rest);
  wake_all();
  rest(calm_rest);
  if (!log_.failed() && !settled())
    log_.fail("what was settled came apart");
}

// -- the end ------------------------------------------------------------------

void simulation::tear_down() {
  if (!sys_)
    return;
  if (root_)
    caf::anon_send_exit(root_, caf::exit_reason::kill);
  root_ = nullptr;
  for (auto& who : people_)
    caf::anon_send_exit(who, caf::exit_reason::kill);
  people_.clear();
  for (int n = 0; n < 100'000 && sys_->registry().running() > 0; ++n)
    sched_->step();
  services_.reset();
  if (sys_->registry().running() > 0) {
    log_.fail("actors survived the end of the run");
    // Its destructor would wait for them for ever.
    static_cast<void>(sys_.release());
  }
  sched_.reset();
  sys_.reset();
}

} // namespace ringside::sim
