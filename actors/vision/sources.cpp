#include "actors/vision/sources.hpp"

#include "actors/protocol/feed_actors.hpp"
#include "actors/protocol/records_actors.hpp"
#include "actors/runtime/harden.hpp"
#include "actors/runtime/journal_pace.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "domain/base/limits.hpp"
#include "domain/vision/failover/failover_entry.hpp"
#include "domain/vision/intake/source_status.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <caf/actor_cast.hpp>
#include <caf/actor_system.hpp>

namespace ringside {

namespace {

constexpr std::chrono::seconds sources_period{1};
constexpr std::chrono::seconds start_timeout{30};
/// Bouts whose fusion is listed.
constexpr std::size_t fusions_max = 64;

std::string text_of_object(json::object fields) {
  return json::to_text(json::value{std::move(fields)});
}

error no_such() {
  return refuse(ec::not_found, "there is no such source", "source_id",
                "GET /sources lists them");
}

child_spec source_child(const sources_deps& deps, const std::string& id) {
  child_spec spec;
  spec.name = source_name(id);
  spec.spawn = [time = deps.time, mappers = deps.mappers,
                id](const child_context& context) {
    return caf::actor_cast<caf::actor>(context.services->system.spawn(
      source_behavior, source_deps{context.services, time, mappers, id}));
  };
  return spec;
}

} // namespace

void sources_state::init(sources_deps what) {
  deps = std::move(what);
  clock.start(self, sources_period);
  load();
}

sources_state::ready_promise sources_state::when_ready() {
  auto result = self->make_response_promise<is_ready>();
  if (loading)
    waiting.push_back(result);
  else
    result.deliver(is_ready{});
  return result;
}

// -- changes ------------------------------------------------------------------

sources_state::promise sources_state::refused(error reason) {
  auto result = self->make_response_promise<protocol::text_answer>();
  result.deliver(protocol::text_answer{std::move(reason)});
  return result;
}

std::optional<error> sources_state::busy() const {
  if (damaged)
    return damaged;
  if (loading || changing)
    return refuse(ec::unavailable, "another change is on its way", {},
                  "try again in a moment");
  return std::nullopt;
}

std::optional<error> sources_state::wrong(const intake::source_fact& f) const {
  if (f.name.empty() || f.name.size() > limits::name_bytes_max)
    return refuse(ec::invalid_value, "a name has 1 to 120 bytes", "name");
  if (!failover::valid_arena(f.arena))
    return refuse(ec::invalid_value, "an arena is 1 to 32 of a-z 0-9 _",
                  "arena");
  if (!deps.mappers->contains(f.mapping)) {
    std::string all;
    for (const auto& [id, how] : *deps.mappers)
      all += (all.empty() ? "" : ", ") + id;
    return refuse(ec::invalid_value, "there is no mapping '" + f.mapping + "'",
                  "mapping", "known are: " + all);
  }
  if (f.rate_hz < 1 || f.rate_hz > intake::rate_max)
    return refuse(ec::invalid_value, "a rate is 1 to 2000 a second", "rate_hz");
  if (f.workers && f.kind == intake::source_kind::worker)
    return refuse(ec::invalid_value, "a worker sends no pictures", "workers");
  if (known.size() >= intake::sources_max)
    return refuse(ec::overloaded, "this node has as many sources as it can");
  return std::nullopt;
}

std::string sources_state::next_id() const {
  // Sources are never removed and one change goes on at a time.
  return "s" + std::to_string(known.size() + 1);
}

sources_state::promise
sources_state::create(const protocol::create_source& what) {
  if (auto why = busy())
    return refused(*why);
  if (auto why = wrong(what.wanted))
    return refused(*why);
  auto fact = what.wanted;
  fact.id = next_id();
  auto result = self->make_response_promise<protocol::text_answer>();
  auto id = fact.id;
  commit(what.by, intake::kind_source_created, intake::source_json(fact),
         [this, id, result](const error* reason) mutable {
           if (reason != nullptr) {
             result.deliver(protocol::text_answer{*reason});
             return;
           }
           start(id, [id, result](const error* failed) mutable {
             // The pool tries on; the source exists.
             static_cast<void>(failed);
             result.deliver(
               protocol::text_answer{text_of_object({{"source_id", id}})});
           });
         });
  return result;
}

sources_state::promise
sources_state::assign(const protocol::assign_source& what) {
  if (auto why = busy())
    return refused(*why);
  auto found = known.find(what.source);
  if (found == known.end())
    return refused(no_such());
  return change(what.by, what.source, intake::kind_source_assigned,
                intake::source_assigned_data(what.source, what.bout));
}

sources_state::promise
sources_state::drain(const protocol::drain_source& what) {
  if (auto why = busy())
    return refused(*why);
  auto found = known.find(what.source);
  if (found == known.end())
    return refused(no_such());
  if (found->second.kind != intake::source_kind::worker)
    return refused(refuse(ec::wrong_state, "this source is no vision worker",
                          "source_id", "make a source of kind worker"));
  return change(what.by, what.source, intake::kind_source_drained,
                intake::source_drained_data(what.source, what.on));
}

sources_state::promise sources_state::change(const issuer& by,
                                             const std::string& id,
                                             std::string_view kind,
                                             json::value data) {
  auto result = self->make_response_promise<protocol::text_answer>();
  commit(by, kind, std::move(data),
         [this, id, result](const error* reason) mutable {
           if (reason != nullptr) {
             result.deliver(protocol::text_answer{*reason});
             return;
           }
           tell(id);
           result.deliver(
             protocol::text_answer{text_of_object(status(known.at(id)))});
         });
  return result;
}

void sources_state::commit(const issuer& by, std::string_view kind,
                           json::value data,
                           std::function<void(const error*)> done) {
  changing = true;
  persistence::append_batch batch{protocol::sources_bout, entries, {}};
  batch.drafts.push_back(
    {to_string(by), std::string{kind}, json::to_text(data), std::nullopt});
  auto lost = [this, done](const error& reason) {
    changing = false;
    done(&reason);
    // It may have been written all the same.
    resync();
  };
  auto journal
    = deps.services->names.open<protocol::journal_actor>("node/journal");
  ask(
    self, journal, journal_timeout, protocol::append{std::move(batch)},
    [this, done, lost, kind,
     data = std::move(data)](const protocol::append_answer& x) {
      if (const auto* reason = std::get_if<error>(&x.outcome))
        return lost(*reason);
      changing = false;
      ++entries;
      RINGSIDE_CHECK(intake::apply_source_entry(known, kind, data));
      done(nullptr);
    },
    lost);
}

void sources_state::start(const std::string& id,
                          std::function<void(const error*)> done) {
  changed.insert(id);
  auto pool = deps.services->names.open(source_pool_name);
  ask(
    self, pool, start_timeout, add_child{source_child(deps, id)},
    [done](const child_done&) { done(nullptr); },
    [this, id, done](const error& reason) {
      // It runs already if only this actor was restarted.
      if (reason.code == ec::wrong_state) {
        tell(id);
        return done(nullptr);
      }
      log_to(deps.services->log, severity::error, sources_name,
             "source " + id + " does not start: " + reason.detail);
      done(&reason);
    });
}

void sources_state::tell(const std::string& id) {
  changed.insert(id);
  auto to = deps.services->names.open<protocol::source_actor>(source_name(id));
  const auto& fact = known.at(id);
  self->send(to, protocol::source_is{fact, active(fact)});
}

// -- what the SOURCEs know ----------------------------------------------------

void sources_state::remember(const protocol::remember_source& what) {
  books[what.source] = what.book;
  changed.insert(what.source);
  watch(what.source);
}

void sources_state::watch(const std::string& source) {
  const auto& book = books.at(source);
  auto fact = known.find(source);
  if (fact == known.end() || fact->second.bout.empty() || !book->pictures())
    return;
  const auto& votes = book->pictures()->votes();
  if (votes.empty())
    return;
  watched[fact->second.bout].take(source, votes);
  if (watched.size() <= intake::sources_max)
    return;
  // No more bouts than sources are watched; the others are over.
  std::erase_if(watched, [this](const auto& w) {
    return std::none_of(known.begin(), known.end(), [&](const auto& k) {
      return k.second.bout == w.first;
    });
  });
}

protocol::source_recalled sources_state::recalled(const std::string& id) const {
  protocol::source_recalled out;
  if (auto i = known.find(id); i != known.end()) {
    out.fact = i->second;
    out.active = active(i->second);
  }
  if (auto i = books.find(id); i != books.end())
    out.book = i->second;
  return out;
}

sources_state::recall_promise
sources_state::recall(const protocol::recall_source& what) {
  auto result = self->make_response_promise<protocol::source_recalled>();
  if (loading)
    recalls.emplace_back(what.source, result);
  else
    result.deliver(recalled(what.source));
  return result;
}

void sources_state::told(const protocol::fusion_told& what) {
  std::erase_if(fused, [&](const auto& x) { return x.bout == what.bout; });
  fused.push_back(what);
  if (fused.size() > fusions_max)
    fused.pop_front();
}

protocol::text_answer sources_state::fusions() const {
  std::string all;
  for (const auto& x : fused)
    all += (all.empty() ? "" : ",") + x.stats;
  return {"{\"bouts\":[" + all + "]}"};
}

// -- views --------------------------------------------------------------------

json::object sources_state::status(const intake::source_fact& f) const {
  auto book = books.find(f.id);
  return intake::status_json(f,
                             book != books.end() ? book->second.get() : nullptr,
                             deps.time.at(self->clock().now()));
}

protocol::text_answer sources_state::list() const {
  json::array all;
  for (const auto& [id, fact] : known)
    all.emplace_back(status(fact));
  return {text_of_object({{"sources", std::move(all)}})};
}

protocol::text_answer
sources_state::show(const protocol::get_source& what) const {
  auto i = known.find(what.source);
  if (i == known.end())
    return {no_such()};
  return {text_of_object(status(i->second))};
}

std::vector<intake::known_source> sources_state::all_known() const {
  std::vector<intake::known_source> all;
  for (const auto& [id, fact] : known) {
    auto book = books.find(id);
    all.push_back({&fact, book != books.end() ? book->second.get() : nullptr});
  }
  return all;
}

protocol::text_answer sources_state::metrics() const {
  auto now = deps.time.at(self->clock().now());
  return {text_of_object(intake::metrics_json(all_known(), watched, now))};
}

protocol::text_answer sources_state::series() const {
  return {
    intake::metrics_series(all_known(), deps.time.at(self->clock().now()))};
}

void sources_state::say_all() {
  for (const auto& [id, fact] : known)
    changed.insert(id);
}

void sources_state::on_tick() {
  json::object state;
  for (const auto& [id, fact] : known) {
    auto o = status(fact);
    auto is = *o.at("state").as_string();
    if (!changed.contains(id) && said_state[id] == is)
      continue;
    said_state[id] = std::move(is);
    state.emplace(id, std::move(o));
  }
  changed.clear();
  if (state.empty())
    return;
  auto hub = deps.services->names.open<protocol::hub_actor>("node/hub");
  self->send(hub,
             protocol::set_topic{"sources", text_of_object(std::move(state))});
}

sources_impl::behavior_type sources_behavior(sources_state::pointer self,
                                             sources_deps deps) {
  harden(self, deps.services->log, sources_name);
  self->state.init(std::move(deps));
  return {
    [self](const protocol::create_source& x) { return self->state.create(x); },
    [self](const protocol::assign_source& x) { return self->state.assign(x); },
    [self](const protocol::drain_source& x) { return self->state.drain(x); },
    [self](const protocol::list_sources&) { return self->state.list(); },
    [self](const protocol::get_source& x) { return self->state.show(x); },
    [self](const protocol::remember_source& x) { self->state.remember(x); },
    [self](const protocol::recall_source& x) { return self->state.recall(x); },
    [self](const protocol::fusion_told& x) { self->state.told(x); },
    [self](const protocol::list_fusions&) { return self->state.fusions(); },
    [self](const protocol::get_mode_health&) { return self->state.health(); },
    [self](const protocol::mode_is& x) { self->state.listen(x); },
    [self](const protocol::get_vision_metrics&) {
      return self->state.metrics();
    },
    [self](const protocol::get_series&) { return self->state.series(); },
    [self](const protocol::hub_started&) { self->state.say_all(); },
    [self](const tick& t) {
      if (self->state.clock.accept(t))
        self->state.on_tick();
    },
    [self](const get_ready&) { return self->state.when_ready(); },
  };
}

} // namespace ringside
