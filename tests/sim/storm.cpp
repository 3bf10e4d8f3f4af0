#include "actors/protocol/bout_actors.hpp"
#include "tests/sim/simulation.hpp"

#include <algorithm>

namespace ringside::sim {

namespace {

using std::chrono::milliseconds;

bool is_supervisor(const std::string& name) {
  return name == "arena" || name == "arena/bouts" || name.ends_with("/advisers")
         || (name.starts_with("bout/")
             && std::count(name.begin(), name.end(), '/') == 1);
}

} // namespace

void simulation::storm() {
  for (std::size_t n = 0; n < options_.steps && step(); ++n) {
    if (lull_at_ && *lull_at_ <= n) {
      lull_at_.reset();
      lull();
    }
    watch_damage();
    if (chance(source_, weather_.flip))
      damage_running();
    if (chance(source_, weather_.kill))
      kill_somebody(false);
    if (chance(source_, weather_.kill_supervisor))
      kill_somebody(true);
    if (chance(source_, weather_.restart))
      stop_node();
    if (chance(source_, weather_.clock_step))
      step_wall_clock();
    if (chance(source_, weather_.disk_full))
      fill_disk();
    if (chance(source_, weather_.stall))
      stall_somebody();
    if (strike_at_ && *strike_at_ <= sched_->now()) {
      strike_at_.reset();
      kill_a_bout();
    }
    if (disk_free_at_ && *disk_free_at_ <= sched_->now()) {
      log_.note("disk: free again");
      disk_.disk->capacity(UINT64_MAX);
      disk_free_at_.reset();
    }
  }
}

void simulation::bad_weather() {
  network_.set(weather_, &sys_->clock());
  disk_.now = signer_.now = weather_;
}

std::string simulation::pick_name(bool supervisors) {
  std::vector<std::string> fitting;
  for (auto& name : services_->names.list())
    if (!name.starts_with("feed/") && name != "node"
        && is_supervisor(name) == supervisors)
      fitting.push_back(std::move(name));
  return fitting.empty() ? std::string{} : fitting[source_() % fitting.size()];
}

void simulation::kill_somebody(bool supervisors) {
  auto who = pick_name(supervisors);
  if (who.empty())
    return;
  auto killed = source_() % 3 != 0;
  log_.note((killed ? "kill " : "crash ") + who);
  log_.count(killed ? "kills" : "crashes");
  // At once, or behind what is in the mailbox.
  auto urgent = source_() % 2 == 0;
  services_->names.open(who)->eq_impl(
    caf::make_message_id(urgent ? caf::message_priority::high
                                : caf::message_priority::normal),
    nullptr, nullptr,
    caf::exit_msg{{},
                  killed ? caf::exit_reason::kill
                         : caf::exit_reason::unhandled_exception});
}

void simulation::kill_a_bout() {
  const auto& at = fights_[source_() % fights_.size()];
  if (!at->id.empty())
    kill_name("bout/" + at->id.str() + "/bout");
  // And then nothing more happens that could mend it.
  if (lull_at_ && source_() % 4 == 0) {
    lull_at_.reset();
    lull();
  }
}

void simulation::kill_name(const std::string& name) {
  log_.note("kill " + name);
  log_.count("kills");
  caf::anon_send_exit(services_->names.open(name), caf::exit_reason::kill);
}

void simulation::stop_node() {
  if (*root_gone_)
    return;
  auto killed = source_() % 2 == 0;
  log_.note(killed ? "the node is killed" : "the node is stopped");
  log_.count(killed ? "node_kills" : "node_stops");
  caf::anon_send_exit(root_, killed ? caf::exit_reason::kill
                                    : caf::exit_reason::user_shutdown);
}

void simulation::step_wall_clock() {
  auto second = std::int64_t{1'000'000'000};
  auto far = source_() % 4 == 0 ? 86'400 : 90;
  auto by = static_cast<std::int64_t>(source_() % static_cast<unsigned>(far))
            * second;
  wall_skew_ns_ += source_() % 2 == 0 ? by : -by;
  log_.note("the wall clock steps");
  log_.count("clock_steps");
}

void simulation::fill_disk() {
  log_.note("disk: full");
  log_.count("disk_full");
  disk_.disk->capacity(0);
  disk_free_at_ = sched_->now() + milliseconds{50 + source_() % 3'000};
}

void simulation::stall_somebody() {
  auto journal = source_() % 3 == 0;
  auto who = journal ? std::string{"node/journal"} : pick_name(false);
  if (who.empty())
    return;
  auto ms = source_() % 5 == 0 ? source_() % 3'000 : source_() % 100;
  log_.note("stall " + who + " for " + std::to_string(ms) + " ms");
  log_.count("stalls");
  network_.stall(who, sched_->now() + milliseconds{ms});
  // A BOUT that dies while the journal still has to write for it.
  if (journal)
    strike_at_ = sched_->now() + milliseconds{ms * (source_() % 100) / 100};
}

// -- damage -------------------------------------------------------------------

void simulation::damage_something() {
  if (damage_ && !damage_over_)
    return;
  if (damage_) {
    log_.note("repaired: " + damage_->text());
    damage_->repair(disk_, signer_);
    damage_.reset();
    durable_.lost_the_end(false);
    damage_over_ = false;
    return;
  }
  if (closing_ || !chance(source_, weather_.damage)) {
    if (!older_ || source_() % 2 == 0)
      older_ = damage::copy{disk_.disk->image(), signer_.file};
    return;
  }
  damage_ = damage::strike(source_, disk_, signer_, older_);
  if (!damage_)
    return;
  log_.note("damaged: " + damage_->text());
  log_.count("damages");
  durable_.lost_the_end(damage_->lost_the_end());
  damage_until_ = sched_->now() + milliseconds{3'000 + source_() % 4'000};
}

void simulation::damage_running() {
  if (damage_ || *root_gone_)
    return;
  damage_ = damage::strike_live(source_, disk_, signer_);
  if (!damage_)
    return;
  log_.note("damaged: " + damage_->text());
  log_.count("live_damages");
  damage_until_ = sched_->now() + milliseconds{12'000};
  // Who has it in memory does not notice.
  kill_name(damage_->read_by());
}

void simulation::watch_damage() {
  if (damage_ && !damage_over_ && damage_until_ <= sched_->now())
    end_damage();
}

void simulation::end_damage() {
  if (!damage_ || damage_over_)
    return;
  // It may have come just now.
  if (damage_until_ > sched_->now()) {
    auto left = damage_until_ - sched_->now();
    rest(std::chrono::duration_cast<std::chrono::seconds>(left)
         + std::chrono::seconds{1});
  }
  // A bout at rest has no reader yet.
  if (damage_->missed() && damage_->live() && !*root_gone_) {
    auto bouts = services_->names.open<protocol::bouts_actor>("bouts");
    caf::anon_send(bouts, protocol::wake_bout{damage_->bout()});
    kill_name(damage_->read_by());
    rest(std::chrono::seconds{4});
  }
  if (auto silent = damage_->missed())
    return log_.fail(*silent);
  damage_over_ = true;
  if (!*root_gone_)
    caf::anon_send_exit(root_, caf::exit_reason::kill);
}

} // namespace ringside::sim
