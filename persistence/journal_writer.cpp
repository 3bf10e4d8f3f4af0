#include "persistence/journal_writer.hpp"

#include "domain/audit/entry.hpp"
#include "domain/base/limits.hpp"

#include <algorithm>
#include <utility>

namespace ringside::persistence {

result<journal_writer> journal_writer::open(journal_store& store,
                                            std::string origin,
                                            random_source random) {
  auto head = store.head();
  if (!head)
    return head.reason();
  auto tree = audit::tree::restore(head->size, head->frontier);
  if (!tree)
    return tree.reason();
  // A fresh store has no head row yet, and says so with a zero root.
  if (head->size > 0 && tree->root() != head->root)
    return refuse(ec::corrupt, "the journal's head row contradicts itself");
  auto tails = store.tails();
  if (!tails)
    return tails.reason();
  journal_writer writer{store, std::move(origin), std::move(random)};
  writer.tree_ = std::move(*tree);
  for (const auto& t : *tails)
    writer.tails_.emplace(t.bout, tail{t.bseq + 1, t.leaf});
  if (head->size > 0) {
    auto last = store.read(head->size - 1, 1);
    if (!last || last->empty())
      return refuse(ec::corrupt, "the journal's last entry is missing");
    if (audit::leaf_hash(last->front().bytes) != last->front().leaf)
      return refuse(ec::corrupt, "entry " + std::to_string(head->size - 1)
                                   + ": the stored leaf is not the hash of "
                                     "the stored bytes");
    auto fields = audit::parse_entry(last->front().bytes);
    if (!fields)
      return fields.reason();
    writer.last_t_ = fields->t;
  }
  return writer;
}

journal_writer::tail journal_writer::tail_of(const bout_id& bout) const {
  if (auto found = staged_.find(bout); found != staged_.end())
    return found->second;
  if (auto found = tails_.find(bout); found != tails_.end())
    return found->second;
  return {0, audit::bout_genesis(origin_, bout.str())};
}

result<std::optional<audit::personal_part>>
journal_writer::salted(const entry_draft& draft) const {
  std::optional<audit::personal_part> part;
  if (draft.personal.empty())
    return part;
  if (draft.personal.size() > limits::entry_bytes_max)
    return refuse(ec::too_large, "the personal part of an entry has "
                                   + std::to_string(draft.personal.size())
                                   + " bytes");
  part.emplace().payload = draft.personal;
  random_(part->salt);
  return part;
}

result<journal_entry> journal_writer::make(const entry_draft& draft,
                                           const bout_id& bout, const tail& at,
                                           std::uint64_t seq,
                                           utc_ns now) const {
  auto personal = salted(draft);
  if (!personal)
    return personal.reason();
  std::string cmt;
  if (const auto& part = *personal)
    cmt = audit::commitment(part->salt, std::string_view{part->payload});
  audit::entry_draft entry;
  entry.log = origin_;
  entry.seq = seq;
  entry.t = now;
  entry.bout = bout.str();
  entry.bseq = at.next_bseq;
  entry.bprev = at.leaf;
  entry.actor = draft.actor;
  entry.kind = draft.kind;
  entry.data = draft.data;
  entry.cmt = cmt;
  if (draft.command)
    entry.cmd
      = audit::command_ref{to_string(draft.command->id), draft.command->digest,
                           draft.command->part, draft.command->of};
  auto bytes = audit::format_entry(entry);
  if (!bytes)
    return bytes.reason();
  auto leaf = audit::leaf_hash(*bytes);
  return journal_entry{
    seq, bout, at.next_bseq, std::move(*bytes), leaf, std::move(*personal)};
}

result<batch_place> journal_writer::stage(const append_batch& batch,
                                          utc_ns now) {
  auto at = tail_of(batch.bout);
  if (batch.first_bseq && *batch.first_bseq != at.next_bseq)
    return refuse(ec::corrupt, "bout " + batch.bout.str() + " is at "
                                 + std::to_string(at.next_bseq) + ", not at "
                                 + std::to_string(*batch.first_bseq));
  batch_place place{staged_tree_.size(), at.next_bseq};
  std::vector<journal_entry> made;
  for (const auto& draft : batch.drafts) {
    auto seq = staged_tree_.size() + made.size();
    auto entry = make(draft, batch.bout, at, seq, now);
    if (!entry)
      return entry.reason();
    at = {at.next_bseq + 1, entry->leaf};
    made.push_back(std::move(*entry));
  }
  for (auto& entry : made) {
    staged_tree_.append(entry.leaf);
    entries_.push_back(std::move(entry));
  }
  staged_[batch.bout] = at;
  return place;
}

std::vector<result<batch_place>>
journal_writer::commit(std::span<const append_batch> batches, utc_ns now) {
  std::vector<result<batch_place>> places;
  entries_.clear();
  if (failure_) {
    places.assign(batches.size(), *failure_);
    return places;
  }
  last_t_ = std::max(last_t_, now);
  staged_.clear();
  staged_tree_ = tree_;
  for (const auto& batch : batches)
    places.push_back(stage(batch, last_t_));
  if (entries_.empty())
    return places;
  journal_head head{staged_tree_.size(), staged_tree_.root(),
                    staged_tree_.frontier()};
  if (auto done = store_->append(entries_, head); !done) {
    failure_ = done.reason();
    entries_.clear();
    places.assign(batches.size(), *failure_);
    return places;
  }
  tree_ = std::move(staged_tree_);
  for (auto& [bout, at] : staged_)
    tails_[bout] = at;
  return places;
}

} // namespace ringside::persistence
