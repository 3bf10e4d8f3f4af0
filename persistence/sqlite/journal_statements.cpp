#include "persistence/sqlite/journal_statements.hpp"

#include <utility>

namespace ringside::persistence::sqlite {

namespace {

struct named_sql {
  statement journal_statements::*target;
  std::string_view sql;
};

constexpr named_sql list[] = {
  {&journal_statements::insert_entry,
   "INSERT INTO audit_entry (idx, bout, bseq, leaf, bytes) "
   "VALUES (?1, ?2, ?3, ?4, ?5)"},
  {&journal_statements::insert_personal,
   "INSERT INTO personal (seq, erased, salt, payload) VALUES (?1, 0, ?2, ?3)"},
  // The row keeps its size, so SQLite writes over it where it stands.
  {&journal_statements::erase_personal,
   "UPDATE personal SET erased = 1, salt = zeroblob(16), "
   "payload = zeroblob(length(payload)) WHERE seq = ?1 AND erased = 0"},
  {&journal_statements::update_head,
   "UPDATE audit_head SET size = ?1, root = ?2, frontier = ?3 WHERE id = 0"},
  {&journal_statements::select_head,
   "SELECT size, root, frontier, (SELECT max(idx) FROM audit_entry) "
   "FROM audit_head WHERE id = 0"},
  {&journal_statements::select_entries,
   "SELECT idx, bout, bseq, leaf, bytes, salt, payload FROM audit_entry "
   "LEFT JOIN personal ON seq = idx AND erased = 0 "
   "WHERE idx >= ?1 ORDER BY idx LIMIT ?2"},
  {&journal_statements::select_bout,
   "SELECT idx, bout, bseq, leaf, bytes, salt, payload FROM audit_entry "
   "LEFT JOIN personal ON seq = idx AND erased = 0 "
   "WHERE bout = ?1 AND bseq >= ?2 ORDER BY bseq LIMIT ?3"},
  {&journal_statements::select_tail,
   "SELECT bseq FROM audit_entry WHERE bout = ?1 "
   "ORDER BY bseq DESC LIMIT 1"},
  // Jumps from bout to bout through the index; GROUP BY would read all rows.
  {&journal_statements::select_tails,
   "WITH RECURSIVE b(bout) AS ("
   "  SELECT min(bout) FROM audit_entry"
   "  UNION ALL"
   "  SELECT (SELECT min(bout) FROM audit_entry WHERE bout > b.bout)"
   "  FROM b WHERE b.bout IS NOT NULL) "
   "SELECT e.bout, e.bseq, e.leaf, e.idx FROM b "
   "JOIN audit_entry e ON e.idx = ("
   "  SELECT idx FROM audit_entry WHERE bout = b.bout"
   "  ORDER BY bseq DESC LIMIT 1) "
   "ORDER BY b.bout"},
  {&journal_statements::select_leaves,
   "SELECT idx, leaf FROM audit_entry WHERE idx >= ?1 ORDER BY idx LIMIT ?2"},
  {&journal_statements::insert_checkpoint,
   "INSERT INTO audit_checkpoint (size, root, note) VALUES (?1, ?2, ?3)"},
  {&journal_statements::select_checkpoint,
   "SELECT size, root, note FROM audit_checkpoint WHERE size = ?1"},
  {&journal_statements::select_checkpoints,
   "SELECT size, root, note FROM audit_checkpoint ORDER BY size"},
  {&journal_statements::select_last_checkpoint,
   "SELECT size, root, note FROM audit_checkpoint "
   "ORDER BY size DESC LIMIT 1"},
};

} // namespace

result<journal_statements> journal_statements::prepare(const connection& db) {
  journal_statements all;
  for (const auto& [target, sql] : list) {
    auto one = statement::prepare(db, sql);
    if (!one)
      return one.reason();
    all.*target = std::move(*one);
  }
  return all;
}

} // namespace ringside::persistence::sqlite
