#pragma once

#include "actors/runtime/services.hpp"
#include "actors/runtime/settings.hpp"
#include "app/node/world.hpp"
#include "tests/sim/clients.hpp"
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
  bool step();

  // -- trouble (storm.cpp) ----------------------------------------------------

  void storm();
  void kill_somebody(bool supervisors);
  void kill_a_bout();
  void stop_node();
  void step_wall_clock();
  void fill_disk();
  void stall_somebody();
  std::string pick_name(bool supervisors);

  // -- the end (calm.cpp) -----------------------------------------------------

  void calm_down();
  bool settled() const;
  void report_unsettled();
  std::optional<std::string> ask_text(const std::string& name,
                                      caf::message what);
  void check_views();
  void check_screens();
  void check_accounts();
  void tear_down();

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
  sim_disk disk_;
  bad_network network_;
  weather weather_;
  hooked_config cfg_;
  std::unique_ptr<caf::actor_system> sys_;
  services_ptr services_;
  std::unique_ptr<test::sim_scheduler> sched_;
  std::shared_ptr<const audit::signing_key> key_;
  std::shared_ptr<account_book> book_ = std::make_shared<account_book>();
  std::optional<audit::signer_state> signed_last_;
  caf::actor_clock::time_point begin_{};
  std::int64_t wall_skew_ns_ = 0;
  bool closing_ = false;

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
  std::uint64_t steps_ = 0;
};

/// Runs one seed from begin to end.
run_result run_simulation(const run_options& options);

} // namespace ringside::sim
