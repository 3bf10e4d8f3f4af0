#include "app/node/erase_personal.hpp"

#include "app/node/disk_world.hpp"
#include "domain/audit/personal.hpp"
#include "domain/audit/text.hpp"
#include "domain/base/limits.hpp"
#include "persistence/journal_writer.hpp"
#include "persistence/sqlite/sqlite_journal_store.hpp"

#include <span>
#include <utility>

#include <sodium.h>

namespace ringside {

namespace {

result<unit> check_reason(const std::string& reason) {
  if (reason.empty() || reason.size() > limits::text_bytes_max)
    return refuse(ec::invalid_value, "a reason has 1 to 2000 bytes", "reason");
  if (audit::find_bad_utf8(reason) != std::string::npos)
    return refuse(ec::invalid_value, "the reason is not UTF-8", "reason");
  return unit{};
}

/// The entry, if it commits to a text.
result<persistence::journal_entry> find_entry(persistence::journal_store& store,
                                              std::uint64_t seq) {
  auto page = store.read(seq, 1);
  if (!page)
    return page.reason();
  if (page->empty() || page->front().seq != seq)
    return refuse(ec::not_found, "there is no entry " + std::to_string(seq));
  auto fields = audit::parse_entry(page->front().bytes);
  if (!fields)
    return fields.reason();
  if (fields->cmt.empty())
    return refuse(ec::wrong_state,
                  "entry " + std::to_string(seq) + " (" + fields->kind
                    + ") holds no text that can be erased",
                  {},
                  "only notes, protests, rulings and names of accounts can be "
                  "erased, and not if they are from before there was erasure");
  return std::move(page->front());
}

result<std::uint64_t> record(persistence::journal_store& store,
                             const std::string& origin, std::uint64_t seq,
                             const std::string& reason) {
  auto writer = persistence::journal_writer::open(store, origin, system_random);
  if (!writer)
    return writer.reason();
  persistence::append_batch batch{
    bout_id{std::string{audit::system_bout}}, std::nullopt, {}};
  batch.drafts.push_back(
    {"admin:offline", std::string{audit::kind_personal_erased},
     json::to_text(audit::erased_data(seq, reason)), std::nullopt});
  auto places = writer->commit(std::span{&batch, 1}, system_utc_now());
  if (!places.front())
    return places.front().reason();
  return places.front()->first_seq;
}

} // namespace

result<erased_personal> erase_personal(const std::filesystem::path& data,
                                       std::uint64_t entry,
                                       const std::string& reason) {
  if (sodium_init() < 0)
    return refuse(ec::internal, "libsodium does not start");
  if (auto ok = check_reason(reason); !ok)
    return ok.reason();
  auto disk = inspect_disk(data, {});
  if (!disk)
    return disk.reason();
  if (auto unsound = why_unsound(disk->report))
    return *unsound;
  auto store
    = persistence::sqlite_journal_store::open(disk->directory.journal());
  if (!store)
    return store.reason();
  auto row = find_entry(**store, entry);
  if (!row)
    return row.reason();
  auto fields = audit::parse_entry(row->bytes);
  erased_personal done{fields->bout, fields->kind, {}};
  if (row->personal) {
    auto at = record(**store, disk->key->verifier().name, entry, reason);
    if (!at)
      return at.reason();
    done.recorded = *at;
  }
  // Also if the row says so already: an interrupted call may have left the
  // bytes in the WAL.
  if (auto gone = (*store)->erase_personal(entry); !gone)
    return gone.reason();
  return done;
}

} // namespace ringside
