#include "app/node/log_keys.hpp"

#include "actors/runtime/journal_pace.hpp"
#include "persistence/durable_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <optional>
#include <utility>

#include <sodium.h>

namespace ringside {

namespace {

using persistence::data_directory;
using persistence::journal_store;
using persistence::key_seed;

constexpr const char* how_to_restore
  = "restore log.key from its backup; if it is lost for good, keep this "
    "directory as it is for verification and start a new one under another "
    "origin: no other key may continue this log";

bool has_history(const data_directory& where, journal_store& store) {
  std::error_code unknown;
  if (std::filesystem::exists(where.signer_state(), unknown))
    return true;
  auto head = store.head();
  auto signed_last = store.last_checkpoint();
  // What cannot be read was there.
  return !head || head->size > 0 || !signed_last || *signed_last;
}

result<key_seed> read_or_make_seed(const data_directory& where,
                                   journal_store& store, key_access access) {
  auto seed = persistence::read_key_file(where.log_key());
  if (seed || seed.reason().code != ec::not_found)
    return seed;
  if (has_history(where, store))
    return refuse(ec::wrong_state,
                  where.log_key().string()
                    + " is missing, but this log was written with it",
                  {}, how_to_restore);
  if (access == key_access::read)
    return seed;
  key_seed fresh{};
  randombytes_buf(fresh.data(), fresh.size());
  if (auto kept = persistence::write_key_file(where.log_key(), fresh); !kept)
    return kept.reason();
  return fresh;
}

/// The rotations that can be read; the check of the journal complains about
/// the rest.
std::vector<audit::key_rotation> rotations_in(journal_store& store) {
  const bout_id system{std::string{audit::system_bout}};
  std::vector<audit::key_rotation> all;
  for (std::uint32_t next = 0;;) {
    auto page = store.read_bout(system, next, journal_page);
    if (!page)
      return all;
    for (const auto& row : *page) {
      auto fields = audit::parse_entry(row.bytes);
      auto found = fields ? audit::rotation_in(*fields) : fields.reason();
      if (found && *found)
        all.push_back(std::move(**found));
    }
    next += static_cast<std::uint32_t>(page->size());
    if (page->size() < journal_page)
      return all;
  }
}

/// The rotation away from this key: it signed that itself.
const audit::key_rotation*
rotation_from(const audit::verifier_key& key,
              const std::vector<audit::key_rotation>& rotations) {
  auto found = std::find_if(rotations.begin(), rotations.end(),
                            [&](const auto& r) { return r.old_key == key; });
  return found != rotations.end() ? &*found : nullptr;
}

/// Takes the key that an interrupted rotation left behind.
result<std::shared_ptr<const audit::signing_key>>
finish_rotation(const data_directory& where, const audit::key_rotation& r,
                const std::string& origin, key_access access) {
  auto seed = persistence::read_key_file(where.next_log_key());
  auto key = seed ? make_log_key(origin, *seed) : seed.reason();
  if (!key || !((*key)->verifier() == r.new_key))
    return refuse(ec::wrong_state,
                  where.log_key().string()
                    + " holds a key that was replaced in entry "
                    + std::to_string(r.from - 1),
                  {}, how_to_restore);
  if (access == key_access::make)
    if (auto ok = promote_next_key(where); !ok)
      return ok.reason();
  return key;
}

} // namespace

result<std::shared_ptr<const audit::signing_key>>
make_log_key(const std::string& origin, key_seed seed) {
  auto key = audit::signing_key::from_seed(origin,
                                           audit::key_algorithm::ed25519, seed);
  sodium_memzero(seed.data(), seed.size());
  if (!key)
    return key.reason();
  return std::make_shared<const audit::signing_key>(std::move(*key));
}

result<unit> promote_next_key(const data_directory& where) {
  auto from = where.next_log_key();
  auto to = where.log_key();
  if (std::rename(from.c_str(), to.c_str()) != 0)
    return persistence::file_error("renaming to", to, errno);
  return persistence::sync_directory(where.root());
}

result<log_keys> open_log_keys(const data_directory& where,
                               journal_store& store, const std::string& origin,
                               key_access access) {
  auto seed = read_or_make_seed(where, store, access);
  if (!seed)
    return seed.reason();
  auto key = make_log_key(origin, *seed);
  if (!key)
    return key.reason();
  auto rotations = rotations_in(store);
  if (const auto* gone = rotation_from((*key)->verifier(), rotations)) {
    key = finish_rotation(where, *gone, origin, access);
    if (!key)
      return key.reason();
  }
  auto all = audit::keys_before((*key)->verifier(), rotations);
  return log_keys{std::move(*key), std::move(all)};
}

} // namespace ringside
