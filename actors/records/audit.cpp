#include "actors/records/audit.hpp"

#include "actors/protocol/feed_actors.hpp"
#include "actors/runtime/harden.hpp"
#include "actors/runtime/journal_pace.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "domain/audit/checkpoint.hpp"
#include "domain/audit/json.hpp"
#include "domain/audit/merkle.hpp"
#include "domain/audit/proof_text.hpp"
#include "domain/audit/tiles.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace ringside {

namespace {

constexpr std::chrono::seconds audit_period{5};
/// A checkpoint every hour shows that the log is alive.
constexpr int ticks_per_heartbeat = 720;
constexpr std::size_t leaf_page = 65'536;

error no_such(std::string what) {
  return refuse(ec::not_found, std::move(what));
}

} // namespace

void audit_state::init(audit_deps what) {
  deps = std::move(what);
  auto last = deps.load_signed();
  if (last)
    signed_last = *last;
  else
    halt(last.reason());
  clock.start(self, audit_period);
  load();
}

audit_state::ready_promise audit_state::when_ready() {
  auto promise = self->make_response_promise<is_ready>();
  if (loading)
    waiting.push_back(promise);
  else
    promise.deliver(is_ready{});
  return promise;
}

// -- loading ------------------------------------------------------------------

void audit_state::load() {
  if (std::exchange(loading, true))
    return;
  auto reader
    = deps.services->names.open<protocol::reader_actor>("node/reader");
  ask(
    self, reader, journal_timeout, protocol::read_leaves{log.size(), leaf_page},
    [this, from = log.size()](const protocol::leaves_answer& page) {
      loading = false;
      take_page(from, page);
    },
    [this](const error& reason) {
      loading = false;
      log_to(deps.services->log, severity::error, "node/audit",
             "the leaves cannot be read: " + reason.detail);
    });
}

void audit_state::take_page(std::uint64_t from,
                            const protocol::leaves_answer& page) {
  if (const auto* reason = std::get_if<error>(&page.outcome)) {
    log_to(deps.services->log, severity::error, "node/audit",
           "the leaves cannot be read: " + reason->detail);
    // Trying again does not mend a damaged journal, and the rest of the node
    // can still show what is readable.
    if (reason->code == ec::corrupt) {
      halt(*reason);
      loaded();
    }
    return;
  }
  const auto& leaves = std::get<std::vector<audit::hash>>(page.outcome);
  // News may have come in while the page was read.
  for (auto i = log.size() - from; i < leaves.size(); ++i)
    log.append(leaves[i]);
  if (leaves.size() == leaf_page || log.size() < committed)
    return load();
  loaded();
}

void audit_state::loaded() {
  for (auto& promise : std::exchange(waiting, {}))
    promise.deliver(is_ready{});
  due = true;
  sign();
}

// -- new leaves ---------------------------------------------------------------

void audit_state::take(const protocol::leaves_committed& news) {
  committed = std::max(committed, news.first_seq + news.leaves.size());
  if (news.first_seq > log.size())
    return load();
  auto known = log.size() - news.first_seq;
  for (auto i = known; i < news.leaves.size(); ++i)
    log.append(news.leaves[i]);
  due = true;
  if (news.milestone)
    sign();
}

void audit_state::on_tick() {
  ++ticks_since_checkpoint;
  if (!waiting.empty() || log.size() < committed)
    load();
  if (due || ticks_since_checkpoint >= ticks_per_heartbeat) {
    due = true;
    sign();
  }
}

// -- signing ------------------------------------------------------------------

void audit_state::halt(const error& reason) {
  if (!halted)
    log_to(deps.services->log, severity::alarm, "node/audit",
           "no checkpoint is signed any more: " + reason.detail);
  halted = reason;
}

void audit_state::sign() {
  if (!due || halted || loading)
    return;
  audit::checkpoint head{deps.origin, log.size(), log.root()};
  if (signed_last) {
    if (auto ok = audit::may_sign(*signed_last, head); !ok)
      return halt(ok.reason());
    auto before = log.root_at(signed_last->last.size);
    if (!before || *before != signed_last->last.root)
      return halt(refuse(ec::corrupt, "the journal does not continue what was "
                                      "signed last"));
  }
  if (!keep_head(head))
    return;
  signed_last = audit::signer_state{head};
  note = audit::sign_checkpoint(head, *deps.key);
  due = false;
  ticks_since_checkpoint = 0;
  auto journal
    = deps.services->names.open<protocol::journal_actor>("node/journal");
  self->send(journal, protocol::keep_checkpoint{{head.size, head.root, note}});
  publish();
}

/// A full disk is no contradiction: what could not be noted is not signed, and
/// the next tick tries again. Everything else ends the signing.
result<unit> audit_state::keep_head(const audit::checkpoint& head) {
  auto kept = deps.store_signed({head});
  if (kept) {
    if (std::exchange(unkept, false))
      log_to(deps.services->log, severity::warning, "node/audit",
             "checkpoints are signed again");
  } else if (kept.reason().code != ec::io_error) {
    halt(kept.reason());
  } else if (!std::exchange(unkept, true)) {
    log_to(deps.services->log, severity::alarm, "node/audit",
           "no checkpoint is signed for now: " + kept.reason().detail);
  }
  return kept;
}

void audit_state::publish() const {
  if (note.empty())
    return;
  const auto& last = signed_last->last;
  json::object state;
  state["origin"] = last.origin;
  state["size"] = last.size;
  state["note"] = note;
  auto hub = deps.services->names.open<protocol::hub_actor>("node/hub");
  self->send(
    hub, protocol::set_topic{"audit/head", json::to_text(json::value{state})});
}

// -- queries ------------------------------------------------------------------

protocol::text_answer audit_state::latest() const {
  if (note.empty())
    return {no_such("no checkpoint is signed yet")};
  return {note};
}

protocol::text_answer
audit_state::inclusion(const protocol::get_inclusion& what) const {
  if (!signed_last || note.empty())
    return {no_such("no checkpoint is signed yet")};
  auto size = what.size == 0 ? signed_last->last.size : what.size;
  if (size != signed_last->last.size)
    return {refuse(ec::not_found,
                   "proofs are made for the latest checkpoint, of size "
                     + std::to_string(signed_last->last.size),
                   "size")};
  auto proof = log.inclusion(what.index, size);
  if (!proof)
    return {proof.reason()};
  audit::inclusion_receipt receipt{what.index, std::move(*proof), note};
  return {audit::to_text(receipt)};
}

protocol::text_answer
audit_state::consistency(const protocol::get_consistency& what) const {
  auto to = what.to == 0 ? log.size() : what.to;
  auto proof = log.consistency(what.from, to);
  if (!proof)
    return {proof.reason()};
  return {audit::proof_lines(*proof)};
}

protocol::text_answer audit_state::tile(const protocol::get_tile& what) const {
  auto width = what.width == 0 ? audit::tile_width : what.width;
  auto bytes = audit::tile_bytes(
    log, {static_cast<unsigned>(what.level), what.index, width});
  if (!bytes)
    return {bytes.reason()};
  return {std::move(*bytes)};
}

protocol::proofs_answer audit_state::proofs(const protocol::get_proofs& what) {
  if (what.size == 0)
    sign();
  if (!signed_last || note.empty())
    return {refuse(ec::unavailable, "no checkpoint is signed", {},
                   halted ? "the journal does not verify: ringside verify "
                            "names the entry"
                          : "try again in a moment")};
  protocol::proof_list all;
  all.size = what.size == 0 ? signed_last->last.size : what.size;
  if (what.size == 0)
    all.note = note;
  for (auto index : what.indexes) {
    if (index >= all.size)
      break;
    auto proof = log.inclusion(index, all.size);
    if (!proof)
      return {proof.reason()};
    all.proofs.push_back(std::move(*proof));
  }
  return {std::move(all)};
}

audit_impl::behavior_type audit_behavior(audit_state::pointer self,
                                         audit_deps deps) {
  harden(self, deps.services->log, "node/audit",
         [self](const caf::error&) { self->state.sign(); });
  self->state.init(std::move(deps));
  return {
    [self](const protocol::leaves_committed& x) { self->state.take(x); },
    [self](const protocol::hub_started&) { self->state.publish(); },
    [self](const protocol::get_checkpoint&) { return self->state.latest(); },
    [self](const protocol::get_inclusion& x) {
      return self->state.inclusion(x);
    },
    [self](const protocol::get_consistency& x) {
      return self->state.consistency(x);
    },
    [self](const protocol::get_tile& x) { return self->state.tile(x); },
    [self](const protocol::get_proofs& x) { return self->state.proofs(x); },
    [self](const get_ready&) { return self->state.when_ready(); },
    [self](const tick& t) {
      if (self->state.clock.accept(t))
        self->state.on_tick();
    },
  };
}

} // namespace ringside
