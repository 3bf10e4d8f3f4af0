#include "tests/sim/clients.hpp"

#include "actors/protocol/bout_actors.hpp"
#include "actors/runtime/harden.hpp"
#include "actors/runtime/request_helpers.hpp"

#include <algorithm>
#include <utility>

namespace ringside::sim {

namespace {

using std::chrono::milliseconds;

/// The command may still get through later.
bool passing(ec code) noexcept {
  switch (code) {
  case ec::timeout:
  case ec::unavailable:
  case ec::overloaded:
  case ec::read_only:
  case ec::rate_limited:
  case ec::io_error:
    return true;
  default:
    return false;
  }
}

/// No valid command of an official may ever be told this.
bool alarming(ec code) noexcept {
  return code == ec::not_found || code == ec::malformed || code == ec::internal
         || code == ec::corrupt || code == ec::command_id_reused;
}

uuid make_id(rng& source) {
  uuid id;
  for (auto& byte : id.bytes)
    byte = static_cast<std::uint8_t>(source());
  return id;
}

/// The only other digest here: those of whole bodies are zeros.
constexpr std::array<std::uint8_t, 32> digest_without_text{0x80};

bool has_personal_text(const bout::command_body& body) {
  return std::holds_alternative<bout::add_note>(body)
         || std::holds_alternative<bout::raise_protest>(body);
}

} // namespace

void client_state::init(client_deps what) {
  deps = std::move(what);
  clock.start(self, milliseconds{50 + (*deps.source)() % 200});
}

std::string client_state::label() const {
  return deps.who.account + " (" + std::string{text_of(deps.who.role)} + ")";
}

bool client_state::idle() const {
  return std::all_of(sent.begin(), sent.end(),
                     [](const auto& s) { return s.second.settled; });
}

// -- sending ------------------------------------------------------------------

void client_state::begin(intent what) {
  auto& source = *deps.source;
  bout::command c;
  c.id = make_id(source);
  c.by = {deps.who.role, deps.who.account};
  c.body = what.body;
  if (has_personal_text(c.body))
    c.public_digest = digest_without_text;
  auto tag = ++next_tag;
  auto& o = sent[tag];
  o.door = what.door.empty() ? door_of(deps.who, *deps.at) : what.door;
  o.what = std::move(what);
  o.command = std::make_shared<const bout::command>(std::move(c));
  send(tag, o);
}

void client_state::send(std::uint64_t tag, outstanding& o) {
  // The bout may rest, as sessions know: it is woken before a second try.
  if (o.tries++ > 0 && !deps.at->id.empty()) {
    auto bouts = deps.services->names.open<protocol::bouts_actor>("bouts");
    ask(
      self, bouts, milliseconds{2'000}, protocol::wake_bout{deps.at->id},
      [this](const protocol::text_answer& x) {
        // The command goes to the door's name in any case.
        const auto* reason = std::get_if<error>(&x.outcome);
        if (reason != nullptr && reason->code == ec::not_found)
          deps.durable->unknown(deps.at->id);
      },
      [](const error&) {
        // As above.
      });
  }
  o.again = self->clock().now() + milliseconds{700 + (*deps.source)() % 1'500};
  auto door = deps.services->names.open<protocol::bout_actor>(o.door);
  auto me = caf::actor_cast<protocol::answer_sink>(
    caf::strong_actor_ptr{self->ctrl()});
  self->send(door, protocol::submit{me, tag, deps.at->id, o.command});
  deps.log->count("submits");
}

void client_state::on_tick() {
  if (*deps.hushed)
    return;
  auto& source = *deps.source;
  auto now = self->clock().now();
  std::size_t open = 0;
  for (auto& [tag, o] : sent) {
    open += !o.settled;
    if (!o.settled && o.again <= now)
      send(tag, o);
  }
  if (!deps.at->id.empty() && chance(source, 300'000)) {
    auto door = deps.services->names.open<protocol::seat_actor>(
      door_of(deps.who, *deps.at));
    self->send(door, protocol::contact{deps.who.account, "s1", "tablet", true});
  }
  if (*deps.closing)
    return;
  auto several = deps.who.role == role::operator_ ? 4u : 1u;
  if (open >= several)
    return;
  if (!deps.at->id.empty() && chance(source, 40'000))
    return begin(nonsense(deps.who, *deps.at, source));
  if (chance(source, 40'000))
    return repeat_old();
  if (!mine.empty() && deps.at->open && chance(source, 100'000))
    return take_back();
  if (auto next = next_step(deps.who, *deps.at, source, now))
    begin(std::move(*next));
}

void client_state::repeat_old() {
  if (sent.empty())
    return;
  auto it = sent.begin();
  std::advance(it, static_cast<std::ptrdiff_t>((*deps.source)() % sent.size()));
  auto& [tag, old] = *it;
  if (!old.told)
    return;
  if (chance(*deps.source, 700'000))
    return send(tag, old);
  // The same id with another body.
  auto changed = *old.command;
  // In more than its text: once that was erased, nobody knows it any more.
  changed.digest[0] ^= 1;
  if (changed.public_digest)
    (*changed.public_digest)[0] ^= 1;
  auto fresh = ++next_tag;
  auto& o = sent[fresh];
  o.what.answer = expected::no;
  o.door = old.door;
  o.command = std::make_shared<const bout::command>(std::move(changed));
  send(fresh, o);
}

void client_state::take_back() {
  auto no = mine.front();
  mine.pop_front();
  begin({bout::retract_event{no, "mistaken"}, expected::either});
}

// -- answers ------------------------------------------------------------------

void client_state::take(const protocol::command_answer& answer) {
  auto found = sent.find(answer.tag);
  if (found == sent.end())
    return deps.log->fail(label() + " was answered what it never asked");
  deps.log->count("answers");
  if (const auto* ok = std::get_if<protocol::accepted>(&answer.outcome))
    accepted(answer.tag, found->second, *ok);
  else
    refused(answer.tag, found->second, std::get<error>(answer.outcome));
}

void client_state::accepted(std::uint64_t tag, outstanding& o,
                            const protocol::accepted& answer) {
  if (o.what.answer == expected::no)
    return deps.log->fail(label() + " got what nobody may get, tag "
                          + std::to_string(tag));
  deps.durable->acknowledged(o.command->id, answer);
  o.settled = true;
  if (std::exchange(o.told, answer))
    return;
  deps.log->count("acks");
  deps.log->note(label() + ": ack of version "
                 + std::to_string(answer.version));
  if (std::holds_alternative<bout::log_fact>(o.command->body)
      && deps.who.role == role::operator_)
    mine.push_back(answer.first);
  if (o.what.done)
    std::exchange(o.what.done, {})(answer);
}

void client_state::refused(std::uint64_t, outstanding& o, const error& reason) {
  if (passing(reason.code)) {
    deps.log->count("try_again");
    return;
  }
  auto text = label() + " was refused " + std::string{to_string(reason.code)}
              + ": " + reason.detail;
  // The answer to an early copy of a command may come after that to a late
  // one, and the moment for it may have come only in between.
  if (o.told && o.what.answer == expected::either)
    return deps.log->count("refused_before");
  if (o.told)
    return deps.log->fail(text + " (after it was acknowledged)");
  o.settled = true;
  if (o.what.answer == expected::no)
    return deps.log->count("refused");
  deps.log->note(text);
  if (o.what.answer == expected::yes || alarming(reason.code))
    return deps.log->fail(text);
  deps.log->count("too_late");
}

client_impl::behavior_type client_behavior(client_state::pointer self,
                                           client_deps deps) {
  harden(self, deps.services->log, "client/" + deps.who.account);
  self->state.init(std::move(deps));
  return {
    [self](const protocol::command_answer& x) { self->state.take(x); },
    [self](const tick& t) {
      if (self->state.clock.accept(t))
        self->state.on_tick();
    },
  };
}

} // namespace ringside::sim
