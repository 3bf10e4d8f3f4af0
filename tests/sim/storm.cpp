#include "tests/sim/simulation.hpp"

#include <algorithm>

namespace ringside::sim {

namespace {

using std::chrono::milliseconds;

bool is_supervisor(const std::string& name) {
  return name == "arena" || name == "arena/bouts"
         || (name.starts_with("bout/")
             && std::count(name.begin(), name.end(), '/') == 1);
}

} // namespace

void simulation::storm() {
  disk_.now = weather_;
  for (std::size_t n = 0; n < options_.steps && step(); ++n) {
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
  auto who = "bout/" + at->id.str() + "/bout";
  if (at->id.empty())
    return;
  log_.note("kill " + who + " before the journal goes on");
  log_.count("kills");
  caf::anon_send_exit(services_->names.open(who), caf::exit_reason::kill);
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

} // namespace ringside::sim
