#include "actors/protocol/advice_messages.hpp"
#include "actors/protocol/bout_actors.hpp"
#include "tests/sim/simulation.hpp"

#include "actors/runtime/caf_error.hpp"
#include "domain/audit/checkpoint.hpp"
#include "domain/audit/proof_text.hpp"
#include "domain/audit/tiles.hpp"
#include "domain/wire/view.hpp"

#include <algorithm>
#include <chrono>

namespace ringside::sim {

namespace {

using std::chrono::seconds;

const wire::audience control{wire::audience::kind::control, 0};

using text_slot = std::shared_ptr<std::optional<protocol::text_answer>>;
using answer_list = std::vector<protocol::command_answer>;

caf::behavior ask_once(caf::event_based_actor* self, const caf::actor& to,
                       const caf::message& what, const text_slot& into) {
  self->request(to, caf::duration{seconds{10}}, what)
    .then([into](const protocol::text_answer& x) { into->emplace(x); },
          [into](const caf::error& reason) {
            into->emplace(protocol::text_answer{from_caf(reason)});
          });
  return {};
}

protocol::answer_sink::behavior_type
collect(protocol::answer_sink::pointer, std::shared_ptr<answer_list> into) {
  return {
    [into](const protocol::command_answer& x) { into->push_back(x); },
  };
}

bool same(const protocol::accepted& a, const protocol::accepted& b) {
  return a.bout == b.bout && a.version == b.version && a.first == b.first
         && a.last == b.last && a.position == b.position
         && a.replayed == b.replayed;
}

std::string text_of_answer(const protocol::command_answer& x) {
  if (const auto* reason = std::get_if<error>(&x.outcome))
    return "refused: " + reason->detail;
  const auto& ok = std::get<protocol::accepted>(x.outcome);
  return "versions " + std::to_string(ok.first) + " to "
         + std::to_string(ok.last) + " at position "
         + std::to_string(ok.position);
}

} // namespace

void simulation::check_all() {
  using check = void (simulation::*)();
  static constexpr check checks[]{
    &simulation::check_views,    &simulation::check_assessments,
    &simulation::check_repeats,  &simulation::check_doors,
    &simulation::check_screens,  &simulation::check_accounts,
    &simulation::check_the_tree, &simulation::check_disk};
  for (auto one : checks)
    if (!log_.failed())
      (this->*one)();
}

std::optional<std::string> simulation::ask_text(const std::string& name,
                                                caf::message what) {
  auto slot = std::make_shared<std::optional<protocol::text_answer>>();
  auto to = services_->names.open(name);
  sys_->spawn(ask_once, to, std::move(what), slot);
  auto end = sched_->now() + seconds{11};
  while (!*slot && sched_->now() < end && step()) {
    // nop
  }
  const auto* text
    = *slot ? std::get_if<std::string>(&(*slot)->outcome) : nullptr;
  if (text != nullptr)
    return *text;
  log_.fail(name + " does not answer: "
            + (*slot ? std::get<error>((*slot)->outcome).detail : "silence"));
  return std::nullopt;
}

// -- bouts --------------------------------------------------------------------

/// Whatever was restarted, a bout that is not over runs, and nobody had to wake
/// it.
void simulation::check_running() {
  for (const auto& [id, known] : durable_.bouts()) {
    auto over = known.state.phase == bout::phase::published
                || known.state.phase == bout::phase::cancelled;
    if (!over
        && !ask_text("bout/" + id.str() + "/bout",
                     caf::make_message(protocol::get_bout{
                       control, protocol::bout_part::result})))
      return;
  }
}

/// A bout at rest may still have a command that waits for it.
void simulation::wake_all() {
  for (const auto& [id, known] : durable_.bouts())
    if (log_.failed()
        || !ask_text("bouts", caf::make_message(protocol::wake_bout{id})))
      return;
}

void simulation::check_views() {
  for (const auto& [id, known] : durable_.bouts()) {
    auto view = ask_text(
      "bout/" + id.str() + "/bout",
      caf::make_message(protocol::get_bout{control, protocol::bout_part::all}));
    if (!view)
      return;
    auto wanted
      = json::to_text(json::value{wire::render_all(known.state, id, control)});
    if (*view != wanted)
      return log_.fail("the BOUT of " + id.str()
                       + " differs from the journal:\n  " + *view + "\n  "
                       + wanted);
  }
}

std::vector<protocol::command_answer>
simulation::ask_bout(const std::string& name, const bout_id& id,
                     const std::vector<bout::command>& commands) {
  auto got = std::make_shared<answer_list>();
  auto asker = sys_->spawn(collect, got);
  auto to = services_->names.open<protocol::bout_actor>(name);
  for (std::size_t tag = 0; tag < commands.size(); ++tag)
    caf::anon_send(to, protocol::submit{
                         asker, tag, id,
                         std::make_shared<const bout::command>(commands[tag])});
  auto end = sched_->now() + seconds{11};
  while (got->size() < commands.size() && sched_->now() < end && step()) {
    // nop
  }
  // One answer each, and no second one behind it.
  rest(seconds{1});
  caf::anon_send_exit(asker, caf::exit_reason::kill);
  if (got->size() != commands.size())
    log_.fail(name + " has " + std::to_string(got->size()) + " answers to "
              + std::to_string(commands.size()) + " commands");
  return *got;
}

/// Every command in the journal is repeated: the BOUT knows where its entries
/// are, also of those that nobody was told about.
void simulation::check_repeats() {
  for (const auto& [id, known] : durable_.bouts()) {
    std::vector<protocol::accepted> wanted;
    std::vector<bout::command> commands;
    durable_.each_command(
      id, [&](const bout::command& command, const auto& answer) {
        commands.push_back(command);
        wanted.push_back(answer);
      });
    auto got = ask_bout("bout/" + id.str() + "/bout", id, commands);
    for (const auto& answer : got) {
      const auto* ok = std::get_if<protocol::accepted>(&answer.outcome);
      if (ok == nullptr || !same(*ok, wanted[answer.tag]))
        return log_.fail("the BOUT of " + id.str() + " has a command at "
                         + text_of_answer(answer) + ", the journal at "
                         + text_of_answer({answer.tag, wanted[answer.tag]}));
    }
  }
}

/// Somebody floods a SEAT with one old command: as many get through as its rate
/// allows, and all the others are told so.
void simulation::check_doors() {
  const auto burst = seat_burst;
  for (const auto& [id, known] : durable_.bouts()) {
    bout::command old;
    durable_.each_command(
      id, [&](const bout::command& command, const auto&) { old = command; });
    old.by = {role::judge, "flood"};
    // A name that nobody had before has a full bucket.
    old.by.account += std::to_string(steps_);
    auto begin = sched_->now();
    auto got = ask_bout("bout/" + id.str() + "/seat/1", id,
                        std::vector<bout::command>(4 * burst, old));
    auto took = std::chrono::ceil<seconds>(sched_->now() - begin).count();
    auto passed = static_cast<std::size_t>(
      std::count_if(got.begin(), got.end(), [](const auto& a) {
        return std::holds_alternative<protocol::accepted>(a.outcome);
      }));
    auto most = burst + seat_rate * static_cast<std::size_t>(took);
    if (!log_.failed() && (passed < burst || passed > most))
      return log_.fail("a SEAT let " + std::to_string(passed) + " of "
                       + std::to_string(got.size()) + " commands through");
  }
}

// -- assessments --------------------------------------------------------------

void simulation::check_assessments() {
  for (const auto& [id, known] : durable_.bouts())
    for (int n = 1; n <= bout::current_round_no(known.state); ++n) {
      auto told
        = ask_text("bout/" + id.str() + "/scorer",
                   caf::make_message(protocol::get_assessment{control, n}));
      if (!told)
        return;
      if (*told != durable_.assessment(id, n))
        return log_.fail("the SCORER of " + id.str()
                         + " differs from the journal:\n  " + *told + "\n  "
                         + durable_.assessment(id, n));
      log_.count("assessed_rounds");
    }
}

void simulation::check_advice(const screen_state& s) {
  const auto& id = s.deps.at->id;
  const auto* b = durable_.find(id);
  for (int n = 1; b != nullptr && n <= bout::current_round_no(b->state); ++n) {
    auto shown = s.view.find("round_" + std::to_string(n));
    if (shown == s.view.end()
        || json::to_text(shown->second) != durable_.assessment(id, n))
      return log_.fail(s.deps.name + " on " + s.key().topic
                       + " did not converge on round " + std::to_string(n)
                       + ":\n  " + json::to_text(json::value{s.view}) + "\n  "
                       + durable_.assessment(id, n));
  }
}

// -- screens and lists --------------------------------------------------------

void simulation::check_screens() {
  for (const auto* s : screens_) {
    if (s->key().topic.empty())
      continue;
    if (!s->joined)
      return log_.fail(s->deps.name + " cannot join " + s->key().topic);
    if (s->advice()) {
      check_advice(*s);
      continue;
    }
    if (s->deps.at) {
      const auto* b = durable_.find(s->deps.at->id);
      if (b == nullptr)
        return log_.fail("a screen shows a bout that is not there");
      auto wanted = wire::render_all(b->state, s->deps.at->id, s->deps.who);
      if (s->view != wanted)
        return log_.fail(s->deps.name + " on " + s->key().topic
                         + " did not converge:\n  "
                         + json::to_text(json::value{s->view}) + "\n  "
                         + json::to_text(json::value{wanted}));
      continue;
    }
    for (const auto& [id, known] : durable_.bouts()) {
      auto row = s->view.find(id.str());
      const auto* phase
        = row != s->view.end() ? row->second.find("phase") : nullptr;
      if (phase == nullptr || *phase->as_string() != text_of(known.state.phase))
        return log_.fail("the list of bouts lacks " + id.str() + " as "
                         + std::string{text_of(known.state.phase)} + ": "
                         + json::to_text(json::value{s->view}));
    }
  }
}

void simulation::check_accounts() {
  auto all
    = ask_text("node/accounts", caf::make_message(protocol::list_accounts{}));
  if (!all)
    return;
  for (const auto& made : observer_->accounts) {
    auto body = json::parse(made);
    if (!body
        || all->find("\"" + *body->find("account")->as_string() + "\"")
             == std::string::npos)
      return log_.fail("an account is lost: " + made);
  }
}

// -- the tree -----------------------------------------------------------------

/// The AUDIT's tree has exactly the leaves of the journal, no matter how often
/// it was restarted, and its latest checkpoint covers them all.
void simulation::check_the_tree() {
  const auto& tree = durable_.tree();
  auto size = tree.size();
  if (size == 0)
    return;
  // To 0 means: to the AUDIT's own size.
  auto lines = ask_text("node/audit",
                        caf::make_message(protocol::get_consistency{size, 0}));
  if (!lines)
    return;
  if (!lines->empty())
    return log_.fail("the AUDIT has more leaves than the journal's "
                     + std::to_string(size));
  for (std::uint64_t n = 0; n * audit::tile_width < size; ++n) {
    auto width = static_cast<std::uint32_t>(
      std::min<std::uint64_t>(audit::tile_width, size - n * audit::tile_width));
    auto tile = ask_text("node/audit",
                         caf::make_message(protocol::get_tile{0, n, width}));
    if (!tile)
      return;
    auto wanted = audit::tile_bytes(tree, {0u, n, width});
    if (!wanted || *wanted != *tile)
      return log_.fail("the AUDIT has other leaves than the journal, tile "
                       + std::to_string(n));
  }
  auto note
    = ask_text("node/audit", caf::make_message(protocol::get_checkpoint{}));
  audit::checkpoint head{make_world()->origin, size, tree.root()};
  if (note && *note != audit::sign_checkpoint(head, *key_))
    log_.fail("the AUDIT's checkpoint is not the journal's head:\n" + *note);
}

void simulation::check_disk() {
  check_folds(log_, durable_, disk_.disk, *rulesets_);
  if (!log_.failed())
    check_proof(log_, durable_, disk_.disk, *key_, signer_.file);
}

} // namespace ringside::sim
