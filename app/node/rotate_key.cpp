#include "app/node/rotate_key.hpp"

#include "app/node/disk_world.hpp"
#include "app/node/log_keys.hpp"
#include "persistence/journal_writer.hpp"
#include "persistence/signer_file.hpp"
#include "persistence/sqlite/sqlite_journal_store.hpp"

#include <span>
#include <utility>

#include <sodium.h>

namespace ringside {

namespace {

using persistence::data_directory;

/// A key that waits in its file until the journal speaks of it.
result<std::shared_ptr<const audit::signing_key>>
prepare_next_key(const data_directory& where, const std::string& origin) {
  std::error_code ignored;
  // Left by a rotation that wrote no entry.
  std::filesystem::remove(where.next_log_key(), ignored);
  persistence::key_seed seed{};
  randombytes_buf(seed.data(), seed.size());
  if (auto kept = persistence::write_key_file(where.next_log_key(), seed);
      !kept)
    return kept.reason();
  return make_log_key(origin, seed);
}

result<std::uint64_t> write_entry(persistence::journal_writer& writer,
                                  const audit::signing_key& old_key,
                                  const audit::signing_key& new_key) {
  auto from = writer.tree().size() + 1;
  auto data = audit::rotation_data(old_key, new_key, from);
  persistence::append_batch batch{
    bout_id{std::string{audit::system_bout}}, std::nullopt, {}};
  batch.drafts.push_back({"admin:offline", std::string{audit::kind_key_rotate},
                          json::to_text(data), std::nullopt});
  auto places = writer.commit(std::span{&batch, 1}, system_utc_now());
  if (!places.front())
    return places.front().reason();
  return places.front()->first_seq;
}

result<unit> seal(const data_directory& where,
                  persistence::journal_store& store,
                  const persistence::journal_writer& writer,
                  const audit::signing_key& old_key,
                  const audit::signing_key& new_key) {
  audit::checkpoint head{writer.origin(), writer.tree().size(),
                         writer.tree().root()};
  if (auto ok = persistence::advance_signer_state(where.signer_state(), {head});
      !ok)
    return ok;
  return store.put_checkpoint(
    {head.size, head.root, audit::sign_rotated(head, old_key, new_key)});
}

} // namespace

result<rotated_key> rotate_log_key(const std::filesystem::path& data) {
  if (sodium_init() < 0)
    return refuse(ec::internal, "libsodium does not start");
  auto disk = inspect_disk(data, {});
  if (!disk)
    return disk.reason();
  if (auto unsound = why_unsound(disk->report))
    return *unsound;
  const auto& where = disk->directory;
  auto store = persistence::sqlite_journal_store::open(where.journal());
  if (!store)
    return store.reason();
  auto origin = disk->key->verifier().name;
  auto writer
    = persistence::journal_writer::open(**store, origin, system_random);
  if (!writer)
    return writer.reason();
  if (writer->tree().size() != disk->report.entries)
    return refuse(ec::unavailable, "the journal changed while it was checked",
                  {}, "stop the node and try again");
  // Under the lock now: if a rotation was interrupted, finish that one first.
  auto keys = open_log_keys(where, **store, origin, key_access::make);
  if (!keys)
    return keys.reason();
  auto next = prepare_next_key(where, origin);
  if (!next)
    return next.reason();
  auto entry = write_entry(*writer, *keys->key, **next);
  if (!entry)
    return entry.reason();
  if (auto ok = seal(where, **store, *writer, *keys->key, **next); !ok)
    return ok.reason();
  if (auto ok = promote_next_key(where); !ok)
    return ok.reason();
  return rotated_key{keys->key->verifier(), (*next)->verifier(), *entry};
}

} // namespace ringside
