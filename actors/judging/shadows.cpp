#include "actors/judging/shadows.hpp"

#include "actors/runtime/chain_page.hpp"
#include "actors/runtime/harden.hpp"
#include "actors/runtime/journal_pace.hpp"
#include "actors/runtime/request_helpers.hpp"

#include <chrono>
#include <utility>

namespace ringside {

namespace {

/// Bouts that are kept read.
constexpr std::size_t bouts_max = 32;
constexpr const char* shadows_label = "node/shadows";

} // namespace

void shadows_state::init(shadows_deps what) {
  deps = std::move(what);
  auto& names = deps.services->names;
  reader = names.open<protocol::reader_actor>("node/reader");
  journal = names.open<protocol::journal_actor>("node/journal");
  load();
}

// -- the chain ----------------------------------------------------------------

void shadows_state::load() {
  loaded = false;
  ask(
    self, journal, journal_timeout,
    protocol::append{{protocol::shadows_bout, std::nullopt, {}}},
    [this](const protocol::append_answer&) { read(); },
    [this](const error& reason) { load_failed(reason); });
}

void shadows_state::read() {
  ask(
    self, reader, journal_timeout,
    protocol::read_bout{protocol::shadows_bout, book.version, journal_page},
    [this](const protocol::entries_answer& page) { take_page(page); },
    [this](const error& reason) { load_failed(reason); });
}

void shadows_state::take_page(const protocol::entries_answer& page) {
  auto more = fold_chain(page, [this](const auto& fields, const auto&) {
    return advice::apply_shadow_entry(book, fields);
  });
  if (!more)
    return load_failed(more.reason());
  if (*more)
    return read();
  loaded = true;
  next();
}

void shadows_state::load_failed(const error& reason) {
  log_to(deps.services->log, severity::error, shadows_label,
         "the shadow seats cannot be read: " + reason.detail);
  if (reason.code != ec::corrupt)
    return again.start(self, journal_retry);
  damaged = refuse(ec::corrupt, reason.detail, {}, "verify the journal");
  loaded = true;
  next();
}

void shadows_state::on_tick(const tick& t) {
  if (!again.accept(t))
    return;
  again.stop();
  load();
}

// -- requests -----------------------------------------------------------------

void shadows_state::next() {
  if (!loaded || busy || requests.empty())
    return;
  busy = true;
  auto work = std::move(requests.front());
  requests.pop_front();
  work();
}

void shadows_state::done() {
  busy = false;
  next();
}

void shadows_state::fail(promise reply, const error& reason) {
  reply.deliver(protocol::text_answer{reason});
  done();
}

shadows_state::promise shadows_state::queue(std::function<void(promise)> work) {
  auto reply = self->make_response_promise<protocol::text_answer>();
  if (requests.size() >= requests_max) {
    reply.deliver(protocol::text_answer{
      refuse(ec::overloaded, "too many requests about shadow seats wait")});
    return reply;
  }
  requests.push_back([this, reply, work = std::move(work)] {
    if (damaged)
      return fail(reply, *damaged);
    work(reply);
  });
  next();
  return reply;
}

void shadows_state::with_bout(const bout_id& id, promise reply, on_bout then) {
  if (audit::is_system_chain(id.str()))
    return fail(reply,
                refuse(ec::not_found, "there is no such bout", "bout_id"));
  auto& bout = bouts[id];
  if (!bout) {
    bout = std::make_shared<folded_bout>();
    bout->id = id;
  }
  read_on(
    self, reader, bout, deps.rulesets,
    [this, id, bout, reply, then = std::move(then)](const error* why) {
      if (why != nullptr || bout->now.version == 0 || bouts.size() > bouts_max)
        bouts.erase(id);
      if (why != nullptr)
        return fail(reply, *why);
      if (bout->now.version == 0)
        return fail(reply,
                    refuse(ec::not_found, "there is no such bout", "bout_id"));
      then(bout->now);
    });
}

void shadows_state::answer(const issuer& by, const bout_id& id,
                           const bout::state& s, promise reply) {
  reply.deliver(protocol::text_answer{
    json::to_text(json::value{advice::shadows_json(book, s, id, by)})});
  done();
}

shadows_state::promise shadows_state::show(const protocol::get_shadows& what) {
  return queue([this, what](promise reply) {
    with_bout(what.bout, reply, [this, what, reply](const bout::state& s) {
      answer(what.by, what.bout, s, reply);
    });
  });
}

// -- changes ------------------------------------------------------------------

template <class Decide>
shadows_state::promise
shadows_state::change(const issuer& by, const bout_id& id,
                      std::string_view kind, Decide decide) {
  return queue([this, by, id, kind, decide](promise reply) {
    with_bout(id, reply,
              [this, by, id, kind, decide, reply](const bout::state& s) {
                auto data = decide(s);
                if (!data)
                  return fail(reply, data.reason());
                if (!*data)
                  return answer(by, id, s, reply);
                commit(by, id, kind, std::move(**data), s, reply);
              });
  });
}

shadows_state::promise
shadows_state::give(const protocol::give_shadow_seat& what) {
  return change(what.by, what.what.bout, advice::kind_shadow_seated,
                [this, x = what.what](const bout::state& s) {
                  return advice::decide(book, s, x);
                });
}

shadows_state::promise
shadows_state::file(const protocol::file_shadow_card& what) {
  return change(what.by, what.what.bout, advice::kind_shadow_card_filed,
                [this, x = what.what](const bout::state& s) {
                  return advice::decide(book, s, x);
                });
}

void shadows_state::commit(const issuer& by, const bout_id& id,
                           std::string_view kind, json::value data,
                           const bout::state& s, promise reply) {
  persistence::append_batch batch{protocol::shadows_bout, book.version, {}};
  batch.drafts.push_back(
    {to_string(by), std::string{kind}, json::to_text(data), std::nullopt});
  audit::entry_fields entry;
  entry.kind = kind;
  entry.data = std::move(data);
  auto lost = [this, reply](const error& reason) {
    // It may have been written all the same.
    load();
    fail(reply, reason);
  };
  ask(
    self, journal, journal_timeout, protocol::append{std::move(batch)},
    [this, by, id, s, reply, entry = std::move(entry),
     lost](const protocol::append_answer& x) {
      if (const auto* reason = std::get_if<error>(&x.outcome))
        return lost(*reason);
      RINGSIDE_CHECK(advice::apply_shadow_entry(book, entry));
      answer(by, id, s, reply);
    },
    lost);
}

shadows_impl::behavior_type shadows_behavior(shadows_state::pointer self,
                                             shadows_deps deps) {
  harden(self, deps.services->log, shadows_label);
  self->state.init(std::move(deps));
  return {
    [self](const protocol::give_shadow_seat& x) { return self->state.give(x); },
    [self](const protocol::file_shadow_card& x) { return self->state.file(x); },
    [self](const protocol::get_shadows& x) { return self->state.show(x); },
    [self](const tick& t) { self->state.on_tick(t); },
  };
}

} // namespace ringside
