#pragma once

#include "actors/runtime/services.hpp"
#include "actors/runtime/settings.hpp"
#include "app/node/world.hpp"
#include "tests/sim/assessments.hpp"
#include "tests/sim/clients.hpp"
#include "tests/sim/damage.hpp"
#include "tests/sim/faults.hpp"
#include "tests/sim/observer.hpp"
#include "tests/sim/screens.hpp"
#include "tests/sim/truth.hpp"
#include "tests/support/sim_scheduler.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ringside::sim {

struct run_options {
  std::uint64_t seed = 1;
  /// Messages of the stormy part; what follows is as long as it takes.
  std::size_t steps = 5'000;
  bool verbose = false;
};

struct run_result {
  /// What broke; empty if nothing did.
  std::string broken;
  std::deque<std::string> lines;
  /// Everything that happened, hashed.
  std::uint64_t trace = 0;
  std::uint64_t steps = 0;
  std::chrono::nanoseconds span{0};
  std::map<std::string, std::uint64_t> counts;
};

/// What one account gets through a SEAT, a second and at once.
inline constexpr std::size_t seat_rate = 5;
inline constexpr std::size_t seat_burst = 10;

/// One run: a node on a simulated disk, officials, screens, and bad weather,
/// all of it from one seed. First a storm, then calm until everything that was
/// asked is answered, then the checks.
class simulation {
public:
  explicit simulation(const run_options& options);
  ~simulation();

  simulation(const simulation&) = delete;
  simulation& operator=(const simulation&) = delete;

  run_result run();

private:
  // -- the world (simulation.cpp) ---------------------------------------------

  void make_fights();
  void make_people();
  void make_screens();
  std::shared_ptr<node_world> make_world();
  utc_ns wall() const;
  void start_node();
  void watch_node();
  void take_line(const log_event& line);
  bool step();

  // -- trouble (storm.cpp) ----------------------------------------------------

  void storm();
  void bad_weather();
  void kill_somebody(bool supervisors);
  void kill_a_bout();
  void stop_node();
  void step_wall_clock();
  void fill_disk();
  void stall_somebody();
  std::string pick_name(bool supervisors);
  void kill_name(const std::string& name);
  void damage_something();
  void damage_running();
  void watch_damage();
  void end_damage();

  // -- texts about people (erasure.cpp) ---------------------------------------

  void erase_something();
  std::optional<std::uint64_t> pick_text();

  // -- quiet (calm.cpp) -------------------------------------------------------

  void good_weather();
  void rest(std::chrono::seconds span);
  void lull();
  void calm_down();
  bool settled() const;
  void report_unsettled();
  void tear_down();

  // -- what has to hold whenever it is quiet (checks.cpp) ---------------------

  void check_all();
  std::optional<std::string> ask_text(const std::string& name,
                                      caf::message what);
  std::vector<protocol::command_answer>
  ask_bout(const std::string& name, const bout_id& id,
           const std::vector<bout::command>& commands);
  void check_running();
  void wake_all();
  void check_views();
  void check_repeats();
  void check_doors();
  void check_assessments();
  void check_screens();
  void check_advice(const screen_state& s);
  void check_accounts();
  void check_the_tree();
  void check_disk();

  template <class Handle>
  Handle keep(Handle who) {
    people_.push_back(caf::actor_cast<caf::actor>(who));
    return who;
  }

  run_options options_;
  rng source_;
  run_log log_;
  std::shared_ptr<const bout::ruleset_lookup> rulesets_;
  truth durable_;
  assessment_check assessed_{log_, durable_};
  sim_disk disk_;
  sim_signer signer_;
  bad_network network_;
  weather weather_;
  hooked_config cfg_;
  std::unique_ptr<caf::actor_system> sys_;
  services_ptr services_;
  std::unique_ptr<test::sim_scheduler> sched_;
  std::shared_ptr<const audit::signing_key> key_;
  std::shared_ptr<account_book> book_ = std::make_shared<account_book>();
  caf::actor_clock::time_point begin_{};
  std::int64_t wall_skew_ns_ = 0;
  bool closing_ = false;
  bool hushed_ = false;

  std::vector<std::shared_ptr<fight>> fights_;
  std::vector<client_state*> clients_;
  std::vector<screen_state*> screens_;
  observer_state* observer_ = nullptr;
  std::vector<caf::actor> people_;

  caf::actor root_;
  std::shared_ptr<bool> root_gone_;
  /// When the node starts again after it is gone.
  std::optional<caf::actor_clock::time_point> start_at_;
  std::optional<caf::actor_clock::time_point> disk_free_at_;
  std::optional<caf::actor_clock::time_point> strike_at_;
  /// The step from which on nobody asks for anything for a while.
  std::optional<std::size_t> lull_at_;
  std::optional<damage> damage_;
  std::optional<damage::copy> older_;
  caf::actor_clock::time_point damage_until_{};
  /// The damage was seen; it is repaired before the next start.
  bool damage_over_ = false;
  std::uint64_t steps_ = 0;
};

/// Runs one seed from begin to end.
run_result run_simulation(const run_options& options);

} // namespace ringside::sim
