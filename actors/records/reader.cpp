#include "actors/records/reader.hpp"

#include "actors/runtime/harden.hpp"
#include "domain/audit/merkle.hpp"

#include <string>
#include <utility>
#include <vector>

namespace ringside {

namespace {

using entry_rows = std::vector<persistence::journal_entry>;

protocol::entry_list shared(entry_rows rows) {
  return std::make_shared<const entry_rows>(std::move(rows));
}

/// Nobody folds bytes that are not the ones that were hashed: a node that runs
/// for weeks meets damage here first, when an actor restarts.
result<entry_rows> intact(result<entry_rows> rows) {
  if (!rows)
    return rows;
  for (const auto& row : *rows)
    if (audit::leaf_hash(row.bytes) != row.leaf)
      return refuse(ec::corrupt, "entry " + std::to_string(row.seq)
                                   + ": the stored leaf is not the hash of "
                                     "the stored bytes");
  return rows;
}

std::vector<persistence::bout_tail>
shared(std::vector<persistence::bout_tail> rows) {
  return rows;
}

std::vector<audit::hash> shared(std::vector<audit::hash> rows) {
  return rows;
}

} // namespace

result<persistence::journal_store*> reader_state::opened() {
  if (!store) {
    auto fresh = deps.open();
    if (!fresh)
      return fresh.reason();
    store = std::move(*fresh);
  }
  return store.get();
}

template <class Answer, class T>
Answer reader_state::answer(result<T> got) {
  if (got)
    return {shared(std::move(*got))};
  store.reset();
  return {got.reason()};
}

protocol::entries_answer reader_state::read(const protocol::read_bout& what) {
  auto from = opened();
  if (!from)
    return {from.reason()};
  return answer<protocol::entries_answer>(
    intact((*from)->read_bout(what.bout, what.from_bseq, what.limit)));
}

protocol::entries_answer
reader_state::read(const protocol::read_entries& what) {
  auto from = opened();
  if (!from)
    return {from.reason()};
  return answer<protocol::entries_answer>(
    intact((*from)->read(what.from_seq, what.limit)));
}

protocol::tails_answer reader_state::tails() {
  auto from = opened();
  if (!from)
    return {from.reason()};
  return answer<protocol::tails_answer>((*from)->tails());
}

protocol::leaves_answer
reader_state::leaves(const protocol::read_leaves& what) {
  auto from = opened();
  if (!from)
    return {from.reason()};
  return answer<protocol::leaves_answer>(
    (*from)->leaves(what.from_seq, what.limit));
}

protocol::reader_actor::behavior_type
reader_behavior(reader_state::pointer self, reader_deps deps) {
  harden(self, deps.services->log, "node/reader");
  self->state.deps = std::move(deps);
  return {
    [self](const protocol::read_bout& what) { return self->state.read(what); },
    [self](const protocol::read_entries& what) {
      return self->state.read(what);
    },
    [self](const protocol::read_tails&) { return self->state.tails(); },
    [self](const protocol::read_leaves& what) {
      return self->state.leaves(what);
    },
  };
}

} // namespace ringside
