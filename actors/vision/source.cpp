#include "actors/vision/source.hpp"

#include "actors/runtime/harden.hpp"
#include "actors/runtime/request_helpers.hpp"

#include <chrono>
#include <utility>

namespace ringside {

namespace {

constexpr std::chrono::seconds source_period{1};
/// Less than a child has to get ready.
constexpr std::chrono::seconds recall_timeout{4};

} // namespace

std::string source_name(const std::string& id) {
  return "source/" + id;
}

void source_state::init(source_deps what) {
  deps = std::move(what);
  clock.start(self, source_period);
  recall();
}

source_state::ready_promise source_state::when_ready() {
  auto result = self->make_response_promise<is_ready>();
  if (fact)
    result.deliver(is_ready{});
  else
    waiting.push_back(result);
  return result;
}

// -- starting anew ------------------------------------------------------------

void source_state::recall() {
  auto all = deps.services->names.open<protocol::sources_actor>(sources_name);
  ask(
    self, all, recall_timeout, protocol::recall_source{deps.id},
    [this](const protocol::source_recalled& x) { recalled(x); },
    [this](const error& reason) { self->quit(to_caf(reason)); });
}

void source_state::recalled(const protocol::source_recalled& x) {
  if (!x.fact)
    return self->quit(
      to_caf(refuse(ec::not_found, "nobody knows source " + deps.id)));
  book = x.book ? *x.book : intake::source_book{x.fact->rate_hz};
  become(*x.fact, x.active);
}

void source_state::told(const protocol::source_is& x) {
  // One that is starting hears it with what it asked for; before, it knows
  // nothing and has nothing to hand over.
  if (fact)
    become(x.fact, x.active);
}

void source_state::become(const intake::source_fact& f, bool active) {
  // What is kept was seen in the other bout.
  if (fact && fact->bout != f.bout)
    book.standby().forget();
  auto known = deps.mappers->find(f.mapping);
  how = known != deps.mappers->end() ? known->second : nullptr;
  if (fact && fact->draining != f.draining)
    tell_drained(f.draining);
  fact = f;
  if (!active && !book.standby().on()) {
    begin_standby();
  } else if (active && book.standby().on()) {
    auto kept = book.standby().end(deps.time.at(self->clock().now()));
    pass_on(std::move(kept.reports), std::move(kept.acts));
  }
  remember();
  for (auto& p : std::exchange(waiting, {}))
    p.deliver(is_ready{});
}

void source_state::begin_standby() {
  book.standby().begin();
  // It is not silent, it is not asked: from its last word on its silence is no
  // evidence against a strike.
  auto since = book.heard().value_or(deps.time.at(self->clock().now()));
  tell_bout(protocol::source_beat{*fact, since, false});
}

// -- what comes in ------------------------------------------------------------

std::optional<error> source_state::closed_to(const std::string& account) const {
  if (!fact)
    return refuse(ec::unavailable, "the source is starting", {},
                  "try again in a moment");
  if (!fact->account.empty() && fact->account != account)
    return refuse(ec::forbidden, "this source belongs to another account",
                  "source_id");
  if (!how)
    return refuse(ec::unavailable,
                  "the mapping '" + fact->mapping + "' is not on this node",
                  "mapping", "put its file back and start the node again");
  return std::nullopt;
}

protocol::text_answer source_state::take(const protocol::send_detections& x) {
  if (auto why = closed_to(x.account))
    return {*why};
  auto got = book.take(*fact, *how, x.what);
  if (!got) {
    remember();
    return {got.reason()};
  }
  pass_on(std::move(got->reports), std::move(got->acts));
  remember();
  if (fact->workers && !got->repeated)
    offer(x.what.seq);
  return {std::move(got->answer)};
}

protocol::text_answer source_state::beat(const protocol::source_heartbeat& x) {
  if (auto why = closed_to(x.account))
    return {*why};
  book.beat(x.arrived, x.in_view);
  if (!book.standby().on())
    tell_bout(protocol::source_beat{*fact, x.arrived, x.in_view});
  remember();
  if (fact->kind == intake::source_kind::worker)
    tell_router();
  json::object o;
  o["source_id"] = fact->id;
  o["next_seq"] = book.newest() + 1;
  o["credit"] = book.credit_left(x.arrived);
  o["quarantine"] = text_of(book.held());
  return {json::to_text(json::value{std::move(o)})};
}

void source_state::on_tick() {
  if (!fact)
    return;
  auto now = deps.time.at(self->clock().now());
  auto before = book.held();
  book.look(now);
  look_at_pictures(now);
  if (book.held() != before)
    remember();
  if (fact->workers && !book.unfinished().batches().empty())
    offer_all();
}

void source_state::look_at_pictures(mono_us now) {
  if (!how || !book.pictures())
    return;
  auto seen = book.look_at_pictures(*how, now);
  if (seen.strikes.empty() && seen.acts.empty())
    return;
  pass_on(std::move(seen.strikes), std::move(seen.acts));
  remember();
}

// -- others -------------------------------------------------------------------

void source_state::pass_on(std::vector<fusion::report> reports,
                           std::vector<analytics::event_report> acts) {
  if (book.standby().on())
    return book.standby().keep(std::move(reports), std::move(acts),
                               deps.time.at(self->clock().now()));
  if (!reports.empty())
    tell_bout(protocol::source_reports{
      *fact,
      std::make_shared<const std::vector<fusion::report>>(std::move(reports))});
  if (!acts.empty())
    tell_bout(protocol::source_acts{
      *fact, std::make_shared<const std::vector<analytics::event_report>>(
               std::move(acts))});
}

void source_state::remember() const {
  auto all = deps.services->names.open<protocol::sources_actor>(sources_name);
  self->send(all,
             protocol::remember_source{
               fact->id, std::make_shared<const intake::source_book>(book)});
}

template <class Message>
void source_state::tell_bout(Message what) const {
  if (fact->bout.empty())
    return;
  auto to = deps.services->names.resolve<protocol::harmonizer_actor>(
    "bout/" + fact->bout.str() + "/harmonizer");
  if (to)
    self->send(to, std::move(what));
}

source_impl::behavior_type source_behavior(source_state::pointer self,
                                           source_deps deps) {
  harden(self, deps.services->log, source_name(deps.id));
  self->state.init(std::move(deps));
  return {
    [self](const protocol::send_detections& x) { return self->state.take(x); },
    [self](const protocol::source_heartbeat& x) { return self->state.beat(x); },
    [self](const protocol::source_is& x) { self->state.told(x); },
    [self](const protocol::get_work& x) { return self->state.ask_for_work(x); },
    [self](const protocol::work_result& x) { return self->state.take(x); },
    [self](const tick& t) {
      if (self->state.clock.accept(t))
        self->state.on_tick();
    },
    [self](const get_ready&) { return self->state.when_ready(); },
  };
}

} // namespace ringside
