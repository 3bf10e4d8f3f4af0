#include "actors/records/evidence.hpp"

#include "actors/runtime/harden.hpp"
#include "actors/runtime/request_helpers.hpp"
#include "domain/audit/entry.hpp"
#include "domain/base/limits.hpp"
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
  for (;;) {
    auto& entries = j.source.entries;
    auto from = static_cast<std::uint32_t>(entries.size());
    auto page = (*store)->read_bout(j.what.bout, from, evidence_page);
    if (!page)
      return page.reason();
    for (auto& row : *page) {
      bytes += row.bytes.size() + proof_bytes
               + (row.personal ? row.personal->payload.size() : 0);
      entries.push_back(
        {row.seq, std::move(row.bytes), {}, std::move(row.personal)});
    }
    if (bytes > limits::bundle_bytes_max)
      return too_big();
    if (page->size() < evidence_page)
      break;
  }
  if (j.source.entries.empty())
    return refuse(ec::not_found, "there is no such bout", "bout_id");
  return unit{};
}

/// The next page of entries without a proof. The first answer says which
/// checkpoint it is.
void evidence_state::ask_proofs() {
  auto& j = jobs.front();
  protocol::get_proofs what;
  what.size = j.size;
  auto& entries = j.source.entries;
  auto done = std::find_if(entries.begin(), entries.end(),
                           [](const auto& e) { return e.proof.empty(); });
  for (auto e = done; e != entries.end() && what.indexes.size() < evidence_page;
       ++e)
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
  auto& entries = j.source.entries;
  if (j.size == 0)
    if (auto ok = cut_at_checkpoint(list); !ok)
      return finish(ok.reason());
  auto at = std::find_if(entries.begin(), entries.end(),
                         [](const auto& e) { return e.proof.empty(); });
  for (const auto& proof : list.proofs)
    if (at != entries.end())
      (at++)->proof = proof;
  // A tree of one leaf has an empty proof, and then there is one entry only.
  if (at == entries.end() || j.size == 1)
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
  auto& entries = j.source.entries;
  std::erase_if(entries, [&](const auto& e) { return e.index >= j.size; });
  if (entries.empty())
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
