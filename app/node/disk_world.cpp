#include "app/node/disk_world.hpp"

#include "app/bundle/check_bundle.hpp"
#include "app/bundle/zip_archive.hpp"
#include "app/node/log_keys.hpp"
#include "app/node/log_origin.hpp"
#include "app/node/scoring_files.hpp"
#include "domain/audit/entry.hpp"
#include "persistence/key_file.hpp"
#include "persistence/signer_file.hpp"
#include "persistence/sqlite/sqlite_journal_store.hpp"

#include <chrono>
#include <utility>

#include <sodium.h>

namespace ringside {

namespace {

using persistence::data_directory;
using persistence::journal_store;
using store_ptr = std::unique_ptr<journal_store>;

result<store_ptr> open_store(const data_directory& where, bool read_only) {
  persistence::sqlite_options options;
  options.read_only = read_only;
  auto store
    = persistence::sqlite_journal_store::open(where.journal(), options);
  if (!store)
    return store.reason();
  return store_ptr{std::move(*store)};
}

/// Wall clock of the last entry.
utc_ns last_time(journal_store& store) {
  auto head = store.head();
  if (!head || head->size == 0)
    return {};
  auto last = store.read(head->size - 1, 1);
  if (!last || last->empty())
    return {};
  auto fields = audit::parse_entry(last->front().bytes);
  return fields ? fields->t : utc_ns{};
}

result<opened_disk> check(data_directory where, const std::string& origin,
                          log_keys keys, journal_store& store,
                          const disk_progress& progress) {
  audit::verify_options options;
  options.origin = origin;
  options.keys = keys.all;
  auto checked = check_journal(
    store, std::move(options),
    [&] {
      return persistence::read_signer_state(where.signer_state(), origin);
    },
    progress);
  if (!checked)
    return checked.reason();
  return opened_disk{std::move(where),           std::move(keys.key),
                     std::move(keys.all),        checked->signed_last,
                     std::move(checked->report), last_time(store)};
}

/// A journal that cannot even be opened, although the signer knows that there
/// was one.
result<opened_disk> unreadable(data_directory where, std::string origin,
                               persistence::key_seed seed,
                               const error& reason) {
  auto key = make_log_key(origin, seed);
  auto signed_last
    = persistence::read_signer_state(where.signer_state(), origin);
  if (!key || !signed_last || !*signed_last || (*signed_last)->last.size == 0)
    return reason;
  audit::verify_report report;
  complain(
    report,
    {audit::finding_kind::truncated,
     0,
     {},
     "the signer saw " + std::to_string((*signed_last)->last.size)
       + " entries, but the journal cannot be opened: " + reason.detail});
  return opened_disk{std::move(where), std::move(*key),   {},
                     *signed_last,     std::move(report), {}};
}

/// The origin that the journal itself names; for tools that are not told.
std::string origin_of(journal_store& store, std::string fallback) {
  auto first = store.read(0, 1);
  if (!first || first->empty())
    return fallback;
  auto fields = audit::parse_entry(first->front().bytes);
  return fields ? fields->log : fallback;
}

} // namespace

result<opened_disk> open_disk(const std::filesystem::path& root,
                              const std::string& origin,
                              const disk_progress& progress) {
  auto where = data_directory::create_or_open(root);
  if (!where)
    return where.reason();
  auto store = open_store(*where, false);
  // What is too damaged to be written may still be read.
  if (!store && store.reason().code == ec::corrupt)
    store = open_store(*where, true);
  if (!store)
    return store.reason();
  auto keys = open_log_keys(*where, **store, origin, key_access::make);
  if (!keys)
    return keys.reason();
  return check(std::move(*where), origin, std::move(*keys), **store, progress);
}

result<opened_disk> inspect_disk(const std::filesystem::path& root,
                                 std::string origin,
                                 const disk_progress& progress) {
  auto where = data_directory::open_existing(root);
  if (!where)
    return where.reason();
  auto store = open_store(*where, true);
  std::error_code missing;
  auto emptied = std::filesystem::file_size(where->journal(), missing) == 0;
  if (!store && store.reason().code != ec::corrupt && !emptied)
    return store.reason();
  auto seed = persistence::read_key_file(where->log_key());
  if (!store) {
    if (!seed)
      return store.reason();
    return unreadable(std::move(*where),
                      origin.empty() ? default_origin : origin, *seed,
                      store.reason());
  }
  if (origin.empty())
    origin = origin_of(**store, default_origin);
  auto keys = open_log_keys(*where, **store, origin, key_access::read);
  if (!keys)
    return keys.reason();
  return check(std::move(*where), origin, std::move(*keys), **store, progress);
}

std::shared_ptr<const bout::ruleset_lookup>
make_lookup(std::shared_ptr<const rules::catalog> sets) {
  return std::make_shared<const bout::ruleset_lookup>(
    [sets
     = std::move(sets)](std::string_view id,
                        int version) -> std::shared_ptr<const rules::ruleset> {
      const auto* found = sets->find(id);
      if (found == nullptr || (version != 0 && version != found->version))
        return nullptr;
      return {sets, found};
    });
}

void system_random(std::span<std::uint8_t> bytes) {
  randombytes_buf(bytes.data(), bytes.size());
}

utc_ns system_utc_now() {
  return {std::chrono::duration_cast<std::chrono::nanoseconds>(
            std::chrono::system_clock::now().time_since_epoch())
            .count()};
}

std::shared_ptr<node_world>
make_disk_world(const config::node_config& config, const opened_disk& disk,
                std::shared_ptr<const rules::catalog> sets) {
  auto world = std::make_shared<node_world>();
  auto where = disk.directory;
  auto origin = config.origin;
  world->open_writer = [where] { return open_store(where, false); };
  world->open_reader = [where] { return open_store(where, true); };
  world->utc_now = system_utc_now;
  world->watched_wall = system_utc_now;
  world->time
    = begin_timeline(system_utc_now(), {disk.last_entry.count / 1'000},
                     std::chrono::steady_clock::now());
  world->random = system_random;
  world->load_signed = [where, origin] {
    return persistence::read_signer_state(where.signer_state(), origin);
  };
  world->store_signed = [where](const audit::signer_state& s) {
    return persistence::advance_signer_state(where.signer_state(), s);
  };
  world->log_key = disk.key;
  world->log_keys = disk.keys;
  world->pack_bundle = bundle::pack_zip;
  world->program = bundle::program_name();
  world->origin = origin;
  world->rulesets = make_lookup(std::move(sets));
  world->read_profiles
    = [dir = config.scoring] { return read_scoring_profiles(dir); };
  world->seat_rate = config.judge_rate;
  world->desk_rate = config.operator_rate;
  world->repeat = std::chrono::milliseconds{config.repeat_ms};
  world->board_delay = std::chrono::milliseconds{config.board_delay_ms};
  world->spectator_round = std::chrono::milliseconds{config.spectator_round_ms};
  remember_signer(*world, disk.signed_last);
  shut_if_unsound(*world, disk.report);
  return world;
}

} // namespace ringside
