#include "tests/sim/simulation.hpp"

#include "actors/runtime/supervisor.hpp"
#include "app/node/journal_gate.hpp"
#include "app/node/tree.hpp"
#include "persistence/memory/memory_journal_store.hpp"
#include "tests/support/memory_world.hpp"

#include <utility>

namespace ringside::sim {

namespace {

constexpr std::int64_t wall_start_ns = 1'790'000'000'000'000'000;
constexpr const char* origin = "ringside.example/audit/sim";

/// Two rule sets: cards hidden to the end, and cards shown after every round.
std::shared_ptr<const bout::ruleset_lookup> make_rulesets() {
  auto hidden = test::plain_mma();
  auto open = std::make_shared<rules::ruleset>(*hidden);
  open->id = "mma_open";
  open->open_scoring.when = rules::reveal_when::each_round;
  return std::make_shared<const bout::ruleset_lookup>(
    [hidden, open](std::string_view id,
                   int) -> std::shared_ptr<const rules::ruleset> {
      if (id == hidden->id)
        return hidden;
      return id == open->id ? open : nullptr;
    });
}

std::shared_ptr<const audit::signing_key> make_key() {
  std::array<std::uint8_t, 32> seed{};
  auto made = audit::signing_key::from_seed(
    origin, audit::key_algorithm::ed25519, seed);
  return std::make_shared<const audit::signing_key>(std::move(made.value()));
}

/// The state of an actor that was just spawned.
template <class State, class Handle>
State* state_of(const Handle& who) {
  using actor_type = std::remove_pointer_t<typename State::pointer>;
  return &static_cast<actor_type*>(caf::actor_cast<caf::abstract_actor*>(who))
            ->state;
}

} // namespace

simulation::simulation(const run_options& options)
  : options_(options), source_(options.seed), log_(options.verbose),
    rulesets_(make_rulesets()), durable_(log_, rulesets_),
    disk_{source_, log_, durable_}, signer_{source_, log_, durable_},
    network_(source_, log_) {
  runtime_settings settings;
  settings.scheduler = scheduler_kind::testing;
  apply_settings(cfg_, settings);
  cfg_.hook = &network_;
  sys_ = std::make_unique<caf::actor_system>(cfg_);
  log_.clock(&sys_->clock());
  services_ = std::make_shared<runtime_services>(
    *sys_, [this](const log_event& line) { take_line(line); });
  sched_ = std::make_unique<test::sim_scheduler>(*sys_, source_());
  key_ = make_key();
  begin_ = sched_->now();
  weather_ = weather::draw(source_);
  if (source_() % 3 == 0)
    lull_at_ = source_() % options_.steps;
  bad_weather();
  make_fights();
  make_people();
  make_screens();
  start_node();
}

simulation::~simulation() {
  tear_down();
}

// -- the world ----------------------------------------------------------------

void simulation::make_fights() {
  auto count = 1 + source_() % 2;
  for (std::uint64_t n = 1; n <= count; ++n) {
    auto at = std::make_shared<fight>();
    at->number = static_cast<int>(n);
    at->ruleset = source_() % 3 == 0 ? "mma_open" : "mma_test";
    at->rounds = 1 + static_cast<int>(source_() % 3);
    if (source_() % 4 == 0)
      at->knockout_round
        = 1 + static_cast<int>(source_() % static_cast<unsigned>(at->rounds));
    else
      at->called_off = source_() % 10 == 0;
    fights_.push_back(std::move(at));
  }
}

void simulation::make_people() {
  for (const auto& at : fights_) {
    auto n = std::to_string(at->number);
    std::vector<person> officials{{role::supervisor, "s1"},
                                  {role::timekeeper, "t" + n},
                                  {role::operator_, "o" + n},
                                  {role::commission, "c1"}};
    for (auto seat = 1; seat <= 3; ++seat)
      officials.push_back(
        {role::judge, "j" + n + "_" + std::to_string(seat), seat});
    for (auto& who : officials) {
      auto client = keep(sys_->spawn(
        client_behavior, client_deps{services_, who, at, &source_, &log_,
                                     &durable_, &closing_, &hushed_}));
      clients_.push_back(state_of<client_state>(client));
    }
  }
  auto watcher = keep(sys_->spawn(
    observer_behavior, observer_deps{services_, fights_, &source_, &log_,
                                     &durable_, &assessed_, &closing_}));
  observer_ = state_of<observer_state>(watcher);
}

void simulation::make_screens() {
  using kind = wire::audience::kind;
  struct place {
    const char* topic;
    wire::audience who;
  };
  static const std::vector<place> places{
    {"", {kind::control, 0}},       {"", {kind::desk, 0}},
    {"", {kind::judge, 1}},         {"", {kind::judge, 2}},
    {"", {kind::broadcast, 0}},     {"", {kind::public_, 0}},
    {"/board", {kind::public_, 0}}, {"assessment", {kind::control, 0}}};
  auto add = [this](std::shared_ptr<const fight> at, const place& what) {
    auto name = "feed/" + std::to_string(screens_.size() + 1);
    auto screen = keep(sys_->spawn(
      screen_behavior,
      screen_deps{services_, name, std::move(at), what.topic, what.who,
                  &source_, &log_, &durable_, &assessed_, &closing_}));
    screens_.push_back(state_of<screen_state>(screen));
    screens_.back()->self->adopt_probe(services_->probes.open(name));
    services_->names.bind(name, caf::actor_cast<caf::actor>(screen));
  };
  for (const auto& at : fights_)
    for (const auto& what : places)
      if (source_() % 3 != 0)
        add(at, what);
  add(nullptr, {"bouts", {kind::control, 0}});
}

utc_ns simulation::wall() const {
  auto run = std::chrono::duration_cast<std::chrono::nanoseconds>(sched_->now()
                                                                  - begin_);
  return {wall_start_ns + run.count() + wall_skew_ns_};
}

std::shared_ptr<node_world> simulation::make_world() {
  auto world = std::make_shared<node_world>();
  world->open_writer = [this] { return disk_.open(false); };
  world->open_reader = [this] { return disk_.open(true); };
  world->utc_now = [this] { return wall(); };
  world->time = begin_timeline(wall(), {durable_.latest_us()}, sched_->now());
  world->random = [this](auto bytes) {
    for (auto& b : bytes)
      b = static_cast<std::uint8_t>(source_());
  };
  world->load_signed = [this] { return signer_.load(); };
  world->store_signed
    = [this](const audit::signer_state& s) { return signer_.store(s); };
  world->log_key = key_;
  world->origin = origin;
  world->rulesets = rulesets_;
  world->read_profiles
    = [] { return result<advice::profile_list>{sim_profiles()}; };
  world->accounts = book_;
  if (options_.seed % 2 == 0)
    world->board_delay = std::chrono::milliseconds{500};
  world->seat_rate
    = {static_cast<int>(seat_rate), static_cast<int>(seat_burst)};
  world->workers = worker_thread::shared;
  return world;
}

/// As `ringside serve` does it: the whole journal is verified before anything
/// is written on top of it.
void simulation::start_node() {
  auto world = make_world();
  std::optional<audit::signer_state> known;
  auto store
    = persistence::memory_journal_store::open(disk_.disk, {.read_only = true});
  if (store) {
    audit::verify_options options;
    options.origin = origin;
    options.keys = {{key_->verifier()}};
    auto found = check_journal(**store, std::move(options),
                               [this] { return signer_.load(); });
    if (!found)
      return log_.fail("the journal cannot be checked");
    auto unsound = why_unsound(found->report);
    if (unsound && !damage_)
      return log_.fail("undamaged: " + unsound->detail);
    durable_.forbid_writing(unsound ? unsound->detail : std::string{});
    known = found->signed_last;
    shut_if_unsound(*world, found->report);
  }
  remember_signer(*world, known);
  // In a process of its own nobody refused anything under these names yet.
  for (const auto& name : services_->names.list("node/"))
    services_->names.hold(name);
  log_.note("the node starts");
  root_ = spawn_root(services_, node_tree(std::move(world)));
  root_gone_ = std::make_shared<bool>(false);
  root_->attach_functor([gone = root_gone_] { *gone = true; });
  start_at_.reset();
}

void simulation::watch_node() {
  if (!*root_gone_)
    return;
  auto now = sched_->now();
  // What the dead node leaves behind has to be gone before another one starts.
  if (sys_->registry().running() > people_.size())
    return;
  if (!start_at_) {
    log_.note("the node is gone");
    start_at_ = now + std::chrono::milliseconds{source_() % 1'000};
  } else if (*start_at_ <= now) {
    auto untouched = !damage_;
    damage_something();
    if (untouched && !damage_ && chance(source_, weather_.erase))
      erase_something();
    start_node();
  }
}

void simulation::take_line(const log_event& line) {
  if (line.level >= severity::warning || options_.verbose)
    log_.note(line.actor + ": " + line.text);
  if (damage_)
    return damage_->hear(line);
  if (line.level >= severity::alarm && line.actor == "node/audit"
      && line.text.starts_with("no checkpoint is signed any more"))
    log_.fail("undamaged: " + line.text);
}

bool simulation::step() {
  ++steps_;
  auto more = sched_->step();
  watch_node();
  return more && !log_.failed();
}

// -- one run ------------------------------------------------------------------

run_result simulation::run() {
  storm();
  if (!log_.failed())
    calm_down();
  if (!log_.failed())
    check_all();
  // Not only who spoke when: every byte that was written.
  for (auto byte : durable_.tree().root())
    sched_->mix(byte);
  run_result result;
  result.trace = sched_->trace();
  result.steps = steps_;
  result.span = sched_->now() - begin_;
  tear_down();
  result.broken = log_.broken();
  result.lines = log_.lines();
  result.counts = log_.counts();
  return result;
}

run_result run_simulation(const run_options& options) {
  simulation one{options};
  return one.run();
}

} // namespace ringside::sim
