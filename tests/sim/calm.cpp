#include "tests/sim/simulation.hpp"

#include "actors/runtime/request_helpers.hpp"
#include "domain/wire/view.hpp"

#include <algorithm>

namespace ringside::sim {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// Longer than every timeout of the node together.
constexpr seconds calm_max{90};
/// Checkpoints every 5 s, retries every 2 s, rounds of 20 ms.
constexpr seconds calm_rest{12};

const wire::audience control{wire::audience::kind::control, 0};

using text_slot = std::shared_ptr<std::optional<protocol::text_answer>>;

caf::behavior ask_once(caf::event_based_actor* self, const caf::actor& to,
                       const caf::message& what, const text_slot& into) {
  self->request(to, caf::duration{seconds{10}}, what)
    .then([into](const protocol::text_answer& x) { into->emplace(x); },
          [into](const caf::error& reason) {
            into->emplace(protocol::text_answer{from_caf(reason)});
          });
  return {};
}

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

void simulation::calm_down() {
  log_.note("calm");
  network_.calm();
  disk_.now = {};
  disk_.disk->capacity(UINT64_MAX);
  closing_ = true;
  auto end = sched_->now() + calm_max;
  while (sched_->now() < end && step() && !settled()) {
    // nop
  }
  if (log_.failed())
    return;
  if (!settled())
    return report_unsettled();
  end = sched_->now() + calm_rest;
  while (sched_->now() < end && step()) {
    // nop
  }
  if (!log_.failed() && !settled())
    log_.fail("what was settled came apart");
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

// -- the checks ---------------------------------------------------------------

void simulation::check_views() {
  for (const auto& [id, known] : durable_.bouts()) {
    if (!ask_text("bouts", caf::make_message(protocol::wake_bout{id})))
      return;
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

void simulation::check_screens() {
  for (const auto* s : screens_) {
    if (s->key().topic.empty())
      continue;
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
