#include "actors/bout/bout.hpp"

#include "actors/runtime/harden.hpp"
#include "actors/runtime/journal_pace.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "domain/audit/json.hpp"
#include "domain/audit/personal.hpp"
#include "domain/base/limits.hpp"
#include "domain/wire/event_codec.hpp"
#include "domain/wire/personal.hpp"
#include "domain/wire/view.hpp"

#include <algorithm>
#include <utility>

namespace ringside {

namespace {

/// How long a bout takes the journal's "read-only" for granted.
constexpr std::chrono::seconds read_only_patience{1};

/// The sections that a part of the REST interface shows.
wire::section_set sections_of(protocol::bout_part part) {
  switch (part) {
  case protocol::bout_part::cards:
    return wire::section_set{}.add(wire::section::cards);
  case protocol::bout_part::result:
    return wire::section_set{}
      .add(wire::section::phase)
      .add(wire::section::result);
  case protocol::bout_part::statistics:
    return wire::section_set{}.add_rounds();
  case protocol::bout_part::all:
    break;
  }
  return wire::section_set::all();
}

/// Every corner over all rounds.
void put_totals(json::object& out, const bout::state& s) {
  auto totals = bout::totals_of(s);
  json::object both;
  for (auto c : both_corners)
    both.emplace(std::string{to_string(c)}, wire::line_json(totals[c]));
  out.emplace("totals", std::move(both));
}

} // namespace

void bout_actor_state::init(bout_deps what) {
  deps = std::move(what);
  label = "bout/" + deps.id.str() + "/bout";
  auto& names = deps.services->names;
  journal = names.open<protocol::journal_actor>("node/journal");
  reader = names.open<protocol::reader_actor>("node/reader");
  hub = names.open<protocol::hub_actor>("node/hub");
  scorer = names.open<protocol::news_sink>("bout/" + deps.id.str() + "/scorer");
  bouts = names.open<protocol::bouts_actor>("bouts");
  load();
}

bout_actor_state::ready_promise bout_actor_state::when_ready() {
  auto promise = self->make_response_promise<is_ready>();
  if (loading)
    ready_waiting.push_back(promise);
  else
    promise.deliver(is_ready{});
  return promise;
}

// -- commands -----------------------------------------------------------------

void bout_actor_state::answer(const protocol::submit& what, error reason) {
  self->send(what.to, protocol::command_answer{what.tag, std::move(reason)});
}

bool bout_actor_state::still_read_only() {
  if (!read_only)
    return false;
  if (placed && self->clock().now() - read_only_since >= read_only_patience)
    read_only.reset();
  return read_only.has_value();
}

void bout_actor_state::submit(const protocol::submit& what) {
  if (never_made) {
    // The BOUTS may have been restarted before they heard of it.
    give_up();
    return answer(what, refuse(ec::unavailable, "this bout was not created", {},
                               "send the same command again in a moment"));
  }
  if (still_read_only())
    return answer(what, *read_only);
  if (held.size() + early.size() >= limits::bout_pending_max)
    return answer(what, refuse(ec::overloaded, "this bout is overloaded", {},
                               "send the same command again in a moment"));
  if (loading || !placed)
    early.push_back(what);
  else
    decide_now(what);
}

void bout_actor_state::decide_now(const protocol::submit& what) {
  const auto& command = *what.command;
  // A refusal may rest on events that are not durable yet: it waits for them.
  auto refuse_later = [this, &what](error reason) {
    held.hold(now.version, [this, what, reason](const error* lost) {
      answer(what, lost != nullptr ? *lost : reason);
    });
    held.release(durable);
  };
  auto known = bout::recall(now, command);
  if (!known)
    return refuse_later(known.reason());
  if (*known)
    return repeat(what, **known);
  auto decided = bout::decide(
    now, command, {deps.time.at(self->clock().now()), *deps.rulesets});
  if (!decided)
    return refuse_later(decided.reason());
  accept(what, std::move(*decided));
}

void bout_actor_state::repeat(const protocol::submit& what,
                              const bout::remembered_command& known) {
  held.hold(known.last, [this, what](const error* lost) {
    if (lost != nullptr)
      return answer(what, *lost);
    const auto& c = now.commands.at(what.command->id);
    self->send(what.to,
               protocol::command_answer{
                 what.tag, protocol::accepted{deps.id, c.last, c.first, c.last,
                                              c.position, true}});
  });
  held.release(durable);
}

void bout_actor_state::accept(const protocol::submit& what,
                              std::vector<bout::decided_event> decided) {
  const auto& command = *what.command;
  auto first = now.version + 1;
  auto news = std::make_shared<std::vector<bout::event>>();
  for (auto& d : decided) {
    bout::event e{now.version + 1, command.by, d.at, std::move(d.body)};
    bout::apply(now, e, *deps.rulesets);
    persistence::command_part part{
      command.id, command.public_digest.value_or(command.digest), e.no - first,
      static_cast<std::uint32_t>(decided.size())};
    auto kind = std::string{wire::kind_of(e.body)};
    auto data = wire::split_personal(kind, wire::data_of(e), &command.digest);
    drafts.push_back({to_string(e.by), std::move(kind), std::move(data.open),
                      part, std::move(data.personal)});
    news->push_back(std::move(e));
  }
  bout::remember(now, command.id, command.digest, first, now.version, 0);
  unplaced.push_back({command.id, now.version});
  held.hold(now.version, [this, what, first, news](const error* lost) {
    if (lost != nullptr)
      return answer(what, *lost);
    confirm(what, first, news);
  });
  write();
}

void bout_actor_state::confirm(const protocol::submit& what,
                               bout::event_no first, event_list news) {
  const auto& c = now.commands.at(what.command->id);
  self->send(what.to, protocol::command_answer{
                        what.tag, protocol::accepted{deps.id, c.last, first,
                                                     c.last, c.position}});
  tell({deps.id, c.last, std::move(news)});
}

void bout_actor_state::tell(const protocol::bout_news& news) {
  self->send(hub, news);
  // Advice: if nobody is there, nothing is lost that the journal does not have.
  self->send(scorer, news);
  // Not every node fuses, so nothing waits for one that may never come.
  if (!harmonizer)
    harmonizer = deps.services->names.resolve<protocol::news_sink>(
      "bout/" + deps.id.str() + "/harmonizer");
  if (harmonizer)
    self->send(harmonizer, news);
}

void bout_actor_state::fail_all(const error& reason) {
  held.fail(reason);
  for (auto& what : std::exchange(early, {}))
    answer(what, reason);
}

// -- queries ------------------------------------------------------------------

bout_actor_state::text_promise
bout_actor_state::view(const protocol::get_bout& what) {
  auto promise = self->make_response_promise<protocol::text_answer>();
  if (loading || now.version == 0) {
    promise.deliver(protocol::text_answer{
      refuse(loading ? ec::unavailable : ec::not_found,
             loading ? "this bout is loading" : "there is no such bout")});
    return promise;
  }
  auto shown
    = wire::render(now, deps.id, what.audience, sections_of(what.part));
  if (what.part == protocol::bout_part::statistics)
    put_totals(shown, now);
  auto text = json::to_text(json::value{std::move(shown)});
  held.hold(now.version,
            [promise, text = std::move(text)](const error* lost) mutable {
              if (lost != nullptr)
                promise.deliver(protocol::text_answer{*lost});
              else
                promise.deliver(protocol::text_answer{std::move(text)});
            });
  held.release(durable);
  return promise;
}

bout_actor_state::text_promise
bout_actor_state::events(const protocol::get_bout_events& what) {
  auto promise = self->make_response_promise<protocol::text_answer>();
  auto limit = std::clamp<std::size_t>(what.limit, 1, 1'000);
  ask(
    self, reader, journal_timeout,
    protocol::read_bout{deps.id, what.after_version, limit},
    [this, promise, what](const protocol::entries_answer& page) mutable {
      deliver_events(std::move(promise), page, what);
    },
    [promise](const error& reason) mutable {
      promise.deliver(protocol::text_answer{reason});
    });
  return promise;
}

void bout_actor_state::deliver_events(text_promise promise,
                                      const protocol::entries_answer& page,
                                      const protocol::get_bout_events& what) {
  if (loading) {
    promise.deliver(
      protocol::text_answer{refuse(ec::unavailable, "this bout is loading")});
    return;
  }
  // What may be seen follows from the state, which may be ahead of the disk.
  auto made = event_page(page, what);
  held.hold(now.version,
            [promise, made = std::move(made)](const error* lost) mutable {
              if (lost != nullptr)
                promise.deliver(protocol::text_answer{*lost});
              else
                promise.deliver(std::move(made));
            });
  held.release(durable);
}

protocol::text_answer
bout_actor_state::event_page(const protocol::entries_answer& page,
                             const protocol::get_bout_events& what) const {
  if (const auto* reason = std::get_if<error>(&page.outcome))
    return {*reason};
  json::array shown;
  auto after = what.after_version;
  for (const auto& row : *std::get<protocol::entry_list>(page.outcome)) {
    auto fields = audit::read_entry(row.bytes, row.personal);
    if (!fields)
      return {fields.reason()};
    auto e = wire::event_of(*fields);
    if (!e)
      return {e.reason()};
    after = e->no;
    if (auto seen = wire::redact(*e, now, what.audience))
      shown.push_back(std::move(*seen));
  }
  json::object body;
  body["bout_id"] = deps.id.str();
  body["events"] = std::move(shown);
  body["after_version"] = after;
  body["version"] = now.version;
  return {json::to_text(json::value{std::move(body)})};
}

bout_impl::behavior_type bout_behavior(bout_actor_state::pointer self,
                                       bout_deps deps) {
  auto label = "bout/" + deps.id.str() + "/bout";
  harden(self, deps.services->log, label, [self](const caf::error&) {
    self->state.fail_all(refuse(ec::unavailable, "this bout is stopping"));
  });
  self->state.init(std::move(deps));
  return {
    [self](const protocol::submit& x) { self->state.submit(x); },
    [self](const protocol::get_bout& x) { return self->state.view(x); },
    [self](const protocol::get_bout_events& x) {
      return self->state.events(x);
    },
    [self](const get_ready&) { return self->state.when_ready(); },
    [self](const bout_msg::check_place& x) {
      self->state.check_place_again(x);
    },
    [self](const tick& t) {
      if (self->state.proof.accept(t))
        self->state.prove_emptiness();
    },
  };
}

} // namespace ringside
