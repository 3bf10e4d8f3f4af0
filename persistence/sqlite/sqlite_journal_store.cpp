#include "persistence/sqlite/sqlite_journal_store.hpp"

#include "persistence/append_check.hpp"
#include "persistence/durable_file.hpp"
#include "persistence/sqlite/directory_lock.hpp"
#include "persistence/sqlite/journal_rows.hpp"
#include "persistence/sqlite/journal_statements.hpp"
#include "persistence/sqlite/open_database.hpp"
#include "persistence/write_gate.hpp"

#include <utility>

namespace ringside::persistence {

using namespace sqlite;

namespace fs = std::filesystem;

// -- the store ----------------------------------------------------------------

struct sqlite_journal_store::impl {
  impl(bool read_only, directory_lock held, connection handle,
       journal_statements prepared)
    : gate(read_only), lock(std::move(held)), db(std::move(handle)),
      sql(std::move(prepared)) {
    // nop
  }

  /// A failure after which nobody knows what the disk holds.
  result<unit> failed(const error& reason) {
    gate.close(reason);
    return reason;
  }

  /// A refusal before anything was written. What the disk could not tell
  /// counts as a failure.
  result<unit> refused(const error& reason) {
    return reason.code == ec::io_error ? failed(reason) : reason;
  }

  result<unit> check_batch(sqlite_journal_store& self,
                           std::span<const journal_entry> entries,
                           const journal_head& after);
  result<unit> write_batch(std::span<const journal_entry> entries,
                           const journal_head& after);
  result<unit> write_personal(const journal_entry& entry);
  result<bool> overwrite_personal(std::uint64_t seq);
  result<unit> empty_wal();
  result<std::optional<checkpoint_row>> checkpoint_at(std::uint64_t size);

  // Destroyed from the bottom up: statements, database, lock.
  write_gate gate;
  directory_lock lock;
  connection db;
  journal_statements sql;
};

sqlite_journal_store::sqlite_journal_store(std::unique_ptr<impl> data)
  : impl_(std::move(data)) {
  // nop
}

sqlite_journal_store::~sqlite_journal_store() = default;

result<std::unique_ptr<sqlite_journal_store>>
sqlite_journal_store::open(const fs::path& file,
                           const sqlite_options& options) {
  auto dir = fs::absolute(file).parent_path();
  directory_lock lock;
  if (!options.read_only) {
    auto held = directory_lock::acquire(dir / "journal.lock");
    if (!held)
      return held.reason();
    lock = std::move(*held);
  }
  auto db = open_database(file, options);
  if (!db)
    return db.reason();
  auto sql = journal_statements::prepare(*db);
  if (!sql)
    return sql.reason();
  if (!options.read_only)
    if (auto ok = sync_directory(dir); !ok)
      return ok.reason();
  auto data = std::make_unique<impl>(options.read_only, std::move(lock),
                                     std::move(*db), std::move(*sql));
  return std::unique_ptr<sqlite_journal_store>{
    new sqlite_journal_store{std::move(data)}};
}

result<unit>
sqlite_journal_store::impl::check_batch(sqlite_journal_store& self,
                                        std::span<const journal_entry> entries,
                                        const journal_head& after) {
  auto before = self.head();
  if (!before)
    return before.reason();
  auto tail
    = [this](const bout_id& bout) -> result<std::optional<std::uint32_t>> {
    use row{sql.select_tail};
    row->bind_text(1, bout.str());
    auto found = row->step("reading a tail");
    if (!found)
      return found.reason();
    if (!*found)
      return std::optional<std::uint32_t>{};
    return std::optional{static_cast<std::uint32_t>(row->integer(0))};
  };
  return check_append(*before, entries, after, tail);
}

result<unit>
sqlite_journal_store::impl::write_personal(const journal_entry& entry) {
  if (!entry.personal)
    return unit{};
  use row{sql.insert_personal};
  row->bind(1, entry.seq).bind_bytes(2, entry.personal->salt);
  row->bind_bytes(3, entry.personal->payload);
  if (auto done = row->step("writing a personal part"); !done)
    return done.reason();
  return unit{};
}

result<unit>
sqlite_journal_store::impl::write_batch(std::span<const journal_entry> entries,
                                        const journal_head& after) {
  for (const auto& entry : entries) {
    use row{sql.insert_entry};
    row->bind(1, entry.seq).bind_text(2, entry.bout.str());
    row->bind(3, entry.bseq).bind_bytes(4, entry.leaf);
    row->bind_bytes(5, entry.bytes);
    if (auto done = row->step("appending an entry"); !done)
      return done.reason();
    if (auto done = write_personal(entry); !done)
      return done;
  }
  use row{sql.update_head};
  row->bind(1, after.size).bind_bytes(2, after.root);
  row->bind_bytes(3, flat(after.frontier));
  if (auto done = row->step("writing the head"); !done)
    return done.reason();
  return unit{};
}

result<unit>
sqlite_journal_store::append(std::span<const journal_entry> entries,
                             const journal_head& head) {
  if (auto no = impl_->gate.refusal())
    return *no;
  transaction changes{impl_->db};
  if (auto ok = changes.begin(); !ok)
    return impl_->failed(ok.reason());
  if (auto ok = impl_->check_batch(*this, entries, head); !ok)
    return impl_->refused(ok.reason());
  if (entries.empty())
    return unit{};
  if (auto ok = impl_->write_batch(entries, head); !ok)
    return impl_->failed(ok.reason());
  if (auto ok = changes.commit(); !ok)
    return impl_->failed(ok.reason());
  return unit{};
}

// -- erasing ------------------------------------------------------------------

result<bool> sqlite_journal_store::impl::overwrite_personal(std::uint64_t seq) {
  transaction changes{db};
  if (auto ok = changes.begin(); !ok)
    return ok.reason();
  use row{sql.erase_personal};
  row->bind(1, seq);
  if (auto done = row->step("erasing a personal part"); !done)
    return done.reason();
  auto found = sqlite3_changes(db.raw()) > 0;
  if (auto ok = changes.commit(); !ok)
    return ok.reason();
  return found;
}

/// Moves everything into the database and cuts the WAL to nothing: older pages
/// in it hold what was just erased.
result<unit> sqlite_journal_store::impl::empty_wal() {
  auto cut = statement::prepare(db, "PRAGMA wal_checkpoint(TRUNCATE)");
  if (!cut)
    return cut.reason();
  auto row = cut->step("emptying the WAL");
  if (!row)
    return row.reason();
  if (!*row || cut->integer(0) != 0)
    return refuse(ec::unavailable,
                  "erased, but the old bytes are still in the WAL: somebody "
                  "reads the journal",
                  {}, "stop whoever reads it and do the same again");
  return unit{};
}

result<bool> sqlite_journal_store::erase_personal(std::uint64_t seq) {
  auto& my = *impl_;
  if (auto no = my.gate.refusal())
    return *no;
  auto found = my.overwrite_personal(seq);
  if (!found)
    return my.failed(found.reason()).reason();
  auto cut = my.empty_wal();
  if (!cut && cut.reason().code != ec::unavailable)
    return my.failed(cut.reason()).reason();
  if (!cut)
    return cut.reason();
  return found;
}

result<journal_head> sqlite_journal_store::head() {
  use row{impl_->sql.select_head};
  auto found = at_most_one<journal_head>(*row, "reading the head", take_head);
  if (!found)
    return found.reason();
  if (!*found)
    return damaged("the head row is missing");
  auto entries = row->is_null(3) ? 0 : row->integer(3) + 1;
  if (entries != (*found)->size)
    return damaged("the head says " + std::to_string((*found)->size)
                   + " entries, there are " + std::to_string(entries));
  return std::move(**found);
}

// -- reading ------------------------------------------------------------------

result<std::vector<journal_entry>>
sqlite_journal_store::read(std::uint64_t seq, std::size_t limit) {
  use rows{impl_->sql.select_entries};
  rows->bind(1, seq).bind(2, limit);
  auto take = [seq](const statement& row, journal_entry& out, std::size_t i) {
    return take_entry(row, out) && out.seq == seq + i;
  };
  return collect<journal_entry>(*rows, "reading entries", take);
}

result<std::vector<journal_entry>>
sqlite_journal_store::read_bout(const bout_id& bout, std::uint32_t bseq,
                                std::size_t limit) {
  use rows{impl_->sql.select_bout};
  rows->bind_text(1, bout.str()).bind(2, bseq).bind(3, limit);
  auto take = [bseq](const statement& row, journal_entry& out, std::size_t i) {
    return take_entry(row, out) && out.bseq == bseq + i;
  };
  return collect<journal_entry>(*rows, "reading a bout", take);
}

result<std::vector<bout_tail>> sqlite_journal_store::tails() {
  use rows{impl_->sql.select_tails};
  auto take = [](const statement& row, bout_tail& out, std::size_t) {
    return take_tail(row, out);
  };
  return collect<bout_tail>(*rows, "reading tails", take);
}

result<std::vector<audit::hash>>
sqlite_journal_store::leaves(std::uint64_t seq, std::size_t limit) {
  use rows{impl_->sql.select_leaves};
  rows->bind(1, seq).bind(2, limit);
  auto take = [seq](const statement& row, audit::hash& out, std::size_t i) {
    return row.integer(0) == seq + i && take_hash(row, 1, out);
  };
  return collect<audit::hash>(*rows, "reading leaves", take);
}

// -- checkpoints --------------------------------------------------------------

result<std::optional<checkpoint_row>>
sqlite_journal_store::impl::checkpoint_at(std::uint64_t size) {
  use row{sql.select_checkpoint};
  row->bind(1, size);
  return at_most_one<checkpoint_row>(*row, "reading a checkpoint",
                                     take_checkpoint);
}

result<unit> sqlite_journal_store::put_checkpoint(const checkpoint_row& row) {
  auto& my = *impl_;
  if (auto no = my.gate.refusal())
    return *no;
  transaction changes{my.db};
  if (auto ok = changes.begin(); !ok)
    return my.failed(ok.reason());
  auto known = head();
  if (!known)
    return my.refused(known.reason());
  auto kept = my.checkpoint_at(row.size);
  if (!kept)
    return my.refused(kept.reason());
  auto fresh = check_checkpoint(*known, *kept, row);
  if (!fresh)
    return fresh.reason();
  if (!*fresh)
    return unit{};
  use insert{my.sql.insert_checkpoint};
  insert->bind(1, row.size).bind_bytes(2, row.root).bind_bytes(3, row.note);
  if (auto done = insert->step("keeping a checkpoint"); !done)
    return my.failed(done.reason());
  if (auto ok = changes.commit(); !ok)
    return my.failed(ok.reason());
  return unit{};
}

result<std::vector<checkpoint_row>> sqlite_journal_store::checkpoints() {
  use rows{impl_->sql.select_checkpoints};
  auto take = [](const statement& row, checkpoint_row& out, std::size_t) {
    return take_checkpoint(row, out);
  };
  return collect<checkpoint_row>(*rows, "reading checkpoints", take);
}

result<std::optional<checkpoint_row>> sqlite_journal_store::last_checkpoint() {
  use row{impl_->sql.select_last_checkpoint};
  return at_most_one<checkpoint_row>(*row, "reading the last checkpoint",
                                     take_checkpoint);
}

// -- checking -----------------------------------------------------------------

result<unit> sqlite_journal_store::check() {
  auto& db = impl_->db;
  auto verdict = statement::prepare(db, "PRAGMA integrity_check(1)");
  if (!verdict)
    return verdict.reason();
  auto row = verdict->step("checking the database");
  if (!row)
    return row.reason();
  if (!*row || verdict->text(0) != "ok")
    return damaged(verdict->text(0));
  auto known = head();
  if (!known)
    return known.reason();
  auto count = statement::prepare(db, "SELECT count(*) FROM audit_entry");
  if (!count)
    return count.reason();
  if (auto got = count->step("counting entries"); !got)
    return got.reason();
  if (count->integer(0) != known->size)
    return damaged(std::to_string(count->integer(0))
                   + " entries, the head says " + std::to_string(known->size));
  return unit{};
}

} // namespace ringside::persistence
