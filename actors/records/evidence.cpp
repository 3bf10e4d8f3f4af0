#include "actors/records/evidence.hpp"

#include "actors/runtime/harden.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "domain/advice/hybrid_entry.hpp"
#include "domain/audit/entry.hpp"
#include "domain/base/limits.hpp"
#include "domain/vision/desk/fused_entry.hpp"
#include "domain/wire/entry_codec.hpp"
#include "domain/wire/evidence.hpp"
#include "domain/wire/ruleset_json.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace ringside {

namespace {

constexpr std::chrono::seconds proof_timeout{10};
constexpr std::size_t evidence_page = 512;
/// What the proof of one entry takes, about: the checkpoint and its hashes.
constexpr std::size_t proof_bytes = 1'400;

/// Entries without a proof, in the order in which proofs are asked for.
std::vector<audit::bundle_entry*> unproved(audit::bundle_source& in) {
  std::vector<audit::bundle_entry*> out;
  auto add = [&out](std::vector<audit::bundle_entry>& entries) {
    for (auto& e : entries)
      if (e.proof.empty())
        out.push_back(&e);
  };
  add(in.entries);
  for (auto& chain : in.beside)
    add(chain.entries);
  return out;
}

error too_big() {
  return refuse(ec::too_large,
                "the evidence of this bout has more than "
                  + std::to_string(limits::bundle_bytes_max / 1024 / 1024)
                  + " MiB",
                {}, "hand out the data directory itself and verify that");
}

} // namespace

evidence_state::promise evidence_state::add(const protocol::get_bundle& what) {
  auto to = self->make_response_promise<protocol::bundle_answer>();
  if (jobs.size() >= limits::bundle_queue_max) {
    to.deliver(protocol::bundle_answer{
      refuse(ec::overloaded, "other bundles are being made")});
    return to;
  }
  jobs.push_back({what, to, {}, 0});
  if (jobs.size() == 1)
    start_next();
  return to;
}

void evidence_state::fail_all(const error& reason) {
  for (auto& j : std::exchange(jobs, {}))
    j.to.deliver(protocol::bundle_answer{reason});
}

void evidence_state::start_next() {
  if (!deps.pack)
    return finish(refuse(ec::unavailable, "this node packs no bundles"));
  if (auto ok = read_entries(); !ok)
    return finish(ok.reason());
  ask_proofs();
}

result<unit> evidence_state::read_entries() {
  auto& j = jobs.front();
  auto store = deps.open();
  if (!store)
    return store.reason();
  std::size_t bytes = 0;
  if (auto ok = read_chain(**store, j.what.bout, j.source.entries, bytes); !ok)
    return ok;
  if (j.source.entries.empty())
    return refuse(ec::not_found, "there is no such bout", "bout_id");
  for (const auto& chain :
       {advice::hybrid_chain(j.what.bout), desk::fused_chain(j.what.bout)}) {
    audit::bundle_chain beside{chain.str(), {}};
    if (auto ok = read_chain(**store, chain, beside.entries, bytes); !ok)
      return ok;
    j.source.beside.push_back(std::move(beside));
  }
  return unit{};
}

result<unit> evidence_state::read_chain(persistence::journal_store& from,
                                        const bout_id& chain,
                                        std::vector<audit::bundle_entry>& to,
                                        std::size_t& bytes) {
  for (;;) {
    auto page = from.read_bout(chain, static_cast<std::uint32_t>(to.size()),
                               evidence_page);
    if (!page)
      return page.reason();
    for (auto& row : *page) {
      bytes += row.bytes.size() + proof_bytes
               + (row.personal ? row.personal->payload.size() : 0);
      to.push_back(
        {row.seq, std::move(row.bytes), {}, std::move(row.personal)});
    }
    if (bytes > limits::bundle_bytes_max)
      return too_big();
    if (page->size() < evidence_page)
      return unit{};
  }
}

/// The next page of entries without a proof. The first answer says which
/// checkpoint it is.
void evidence_state::ask_proofs() {
  auto& j = jobs.front();
  protocol::get_proofs what;
  what.size = j.size;
  for (const auto* e : unproved(j.source))
    if (what.indexes.size() < evidence_page)
      what.indexes.push_back(e->index);
  auto audit = deps.services->names.open<protocol::audit_actor>("node/audit");
  ask(
    self, audit, proof_timeout, std::move(what),
    [this](const protocol::proofs_answer& x) { take_proofs(x); },
    [this](const error& reason) { finish(reason); });
}

void evidence_state::take_proofs(const protocol::proofs_answer& answer) {
  if (const auto* reason = std::get_if<error>(&answer.outcome))
    return finish(*reason);
  const auto& list = std::get<protocol::proof_list>(answer.outcome);
  auto& j = jobs.front();
  if (j.size == 0)
    if (auto ok = cut_at_checkpoint(list); !ok)
      return finish(ok.reason());
  auto open = unproved(j.source);
  auto n = std::min(open.size(), list.proofs.size());
  for (std::size_t i = 0; i < n; ++i)
    open[i]->proof = list.proofs[i];
  // A tree of one leaf has an empty proof, and then there is one entry only.
  if (n == open.size() || j.size == 1)
    return finish(pack());
  if (list.proofs.empty())
    return finish(refuse(ec::internal, "the audit gave no proof"));
  ask_proofs();
}

/// What came after the checkpoint is not in this bundle.
result<unit>
evidence_state::cut_at_checkpoint(const protocol::proof_list& first) {
  auto& j = jobs.front();
  j.size = first.size;
  j.source.note = first.note;
  auto later = [&](const auto& e) { return e.index >= j.size; };
  std::erase_if(j.source.entries, later);
  for (auto& chain : j.source.beside)
    std::erase_if(chain.entries, later);
  std::erase_if(j.source.beside,
                [](const auto& x) { return x.entries.empty(); });
  if (j.source.entries.empty())
    return refuse(ec::unavailable, "this bout is not in a checkpoint yet", {},
                  "try again in a moment");
  return unit{};
}

result<std::shared_ptr<const std::string>> evidence_state::pack() {
  auto& j = jobs.front();
  auto& source = j.source;
  wire::bout_folder folder{*deps.rulesets};
  for (const auto& e : source.entries) {
    auto fields = audit::read_entry(e.bytes, e.personal);
    if (!fields)
      return fields.reason();
    if (auto ok = folder.add(*fields); !ok)
      return ok.reason();
  }
  auto state = std::move(folder).finish();
  if (!state)
    return state.reason();
  if (auto ok = wire::may_export(*state, j.what.audience); !ok)
    return ok.reason();
  source.origin = deps.origin;
  source.bout = j.what.bout.str();
  source.program = deps.program;
  source.keys = deps.keys;
  source.ruleset = json::to_text(wire::ruleset_json(*state->ruleset));
  source.result = json::to_text(wire::derived_result(*state, j.what.bout));
  auto files = audit::make_bundle(source, *deps.key);
  if (!files)
    return files.reason();
  auto zip = deps.pack(*files);
  if (!zip)
    return zip.reason();
  return std::make_shared<const std::string>(std::move(*zip));
}

void evidence_state::finish(result<std::shared_ptr<const std::string>> made) {
  auto to = jobs.front().to;
  jobs.pop_front();
  if (made)
    to.deliver(protocol::bundle_answer{std::move(*made)});
  else
    to.deliver(protocol::bundle_answer{made.reason()});
  if (!jobs.empty())
    start_next();
}

protocol::evidence_actor::behavior_type
evidence_behavior(evidence_state::pointer self, evidence_deps deps) {
  harden(self, deps.services->log, "node/evidence", [self](const caf::error&) {
    self->state.fail_all(refuse(ec::unavailable, "the node is stopping"));
  });
  self->state.deps = std::move(deps);
  return {
    [self](const protocol::get_bundle& x) { return self->state.add(x); },
  };
}

} // namespace ringside
