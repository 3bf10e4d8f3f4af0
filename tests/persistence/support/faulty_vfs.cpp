#include "tests/persistence/support/faulty_vfs.hpp"

#include "domain/base/check.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <new>
#include <random>
#include <sstream>

namespace ringside::persistence::test {

namespace {

namespace fs = std::filesystem;

std::string slurp(const std::string& name) {
  std::ifstream in{name, std::ios::binary};
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

void apply(std::string& content, const faulty_disk::change& what) {
  if (what.truncate) {
    content.resize(what.offset);
    return;
  }
  if (content.size() < what.offset + what.bytes.size())
    content.resize(what.offset + what.bytes.size());
  content.replace(what.offset, what.bytes.size(), what.bytes);
}

faulty_disk& disk() {
  static faulty_disk one;
  return one;
}

// -- one open file: our header, then the platform's own -----------------------

struct vfs_file {
  sqlite3_file base;
  faulty_disk::file* state;
  sqlite3_file* real;
};

vfs_file& mine(sqlite3_file* f) {
  return *reinterpret_cast<vfs_file*>(f);
}

sqlite3_file* real(sqlite3_file* f) {
  return mine(f).real;
}

int x_close(sqlite3_file* f) {
  return real(f)->pMethods->xClose(real(f));
}

int x_read(sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
  return real(f)->pMethods->xRead(real(f), to, n, at);
}

int x_write(sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
  faulty_disk::change what{
    static_cast<std::uint64_t>(at),
    {static_cast<const char*>(from), static_cast<std::size_t>(n)},
    false};
  if (mine(f).state != nullptr)
    if (int rc = disk().write(*mine(f).state, std::move(what)); rc != SQLITE_OK)
      return rc;
  return real(f)->pMethods->xWrite(real(f), from, n, at);
}

int x_truncate(sqlite3_file* f, sqlite3_int64 size) {
  faulty_disk::change what{static_cast<std::uint64_t>(size), {}, true};
  if (mine(f).state != nullptr)
    if (int rc = disk().write(*mine(f).state, std::move(what)); rc != SQLITE_OK)
      return rc;
  return real(f)->pMethods->xTruncate(real(f), size);
}

/// No real fsync: the disk's own book says what is durable.
int x_sync(sqlite3_file* f, int) {
  return mine(f).state == nullptr ? SQLITE_OK : disk().sync(*mine(f).state);
}

int x_file_size(sqlite3_file* f, sqlite3_int64* size) {
  return real(f)->pMethods->xFileSize(real(f), size);
}

int x_lock(sqlite3_file* f, int level) {
  return real(f)->pMethods->xLock(real(f), level);
}

int x_unlock(sqlite3_file* f, int level) {
  return real(f)->pMethods->xUnlock(real(f), level);
}

int x_check_reserved_lock(sqlite3_file* f, int* out) {
  return real(f)->pMethods->xCheckReservedLock(real(f), out);
}

int x_file_control(sqlite3_file* f, int op, void* arg) {
  return real(f)->pMethods->xFileControl(real(f), op, arg);
}

int x_sector_size(sqlite3_file* f) {
  return real(f)->pMethods->xSectorSize(real(f));
}

int x_device_characteristics(sqlite3_file*) {
  // Promise nothing: no atomic writes, no safe append.
  return 0;
}

int x_shm_map(sqlite3_file* f, int page, int size, int extend,
              void volatile** out) {
  return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
}

int x_shm_lock(sqlite3_file* f, int offset, int n, int flags) {
  return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
}

void x_shm_barrier(sqlite3_file* f) {
  real(f)->pMethods->xShmBarrier(real(f));
}

int x_shm_unmap(sqlite3_file* f, int remove) {
  return real(f)->pMethods->xShmUnmap(real(f), remove);
}

const sqlite3_io_methods methods = {2,
                                    x_close,
                                    x_read,
                                    x_write,
                                    x_truncate,
                                    x_sync,
                                    x_file_size,
                                    x_lock,
                                    x_unlock,
                                    x_check_reserved_lock,
                                    x_file_control,
                                    x_sector_size,
                                    x_device_characteristics,
                                    x_shm_map,
                                    x_shm_lock,
                                    x_shm_barrier,
                                    x_shm_unmap,
                                    nullptr,
                                    nullptr};

sqlite3_vfs* platform = nullptr;

int x_open(sqlite3_vfs*, const char* name, sqlite3_file* f, int flags,
           int* out_flags) {
  auto& file = mine(f);
  file.base.pMethods = nullptr;
  file.real = reinterpret_cast<sqlite3_file*>(&file + 1);
  int rc = platform->xOpen(platform, name, file.real, flags, out_flags);
  if (rc != SQLITE_OK)
    return rc;
  file.state = name == nullptr ? nullptr : &disk().opened(name);
  file.base.pMethods = &methods;
  return SQLITE_OK;
}

int x_delete(sqlite3_vfs*, const char* name, int sync_dir) {
  if (!disk().remove(name))
    return SQLITE_IOERR_DELETE;
  return platform->xDelete(platform, name, sync_dir);
}

void register_vfs() {
  static sqlite3_vfs ours;
  platform = sqlite3_vfs_find(nullptr);
  ours = *platform;
  ours.szOsFile += static_cast<int>(sizeof(vfs_file));
  ours.zName = faulty_disk::vfs_name;
  ours.pNext = nullptr;
  ours.xOpen = x_open;
  ours.xDelete = x_delete;
  RINGSIDE_CHECK(sqlite3_vfs_register(&ours, 0) == SQLITE_OK);
}

} // namespace

// -- the disk -----------------------------------------------------------------

faulty_disk& faulty_disk::fresh() {
  static bool registered = (register_vfs(), true);
  static_cast<void>(registered);
  disk() = faulty_disk{};
  return disk();
}

void faulty_disk::fail_write(std::uint64_t n, int rc) {
  fail_write_at_ = n == 0 ? 0 : writes_ + n;
  write_rc_ = rc;
}

void faulty_disk::fail_sync(std::uint64_t n) {
  fail_sync_at_ = n == 0 ? 0 : syncs_ + n;
}

void faulty_disk::die(std::uint64_t after_writes) {
  die_at_ = writes_ + after_writes;
  dead_ = after_writes == 0;
}

void faulty_disk::revive() {
  dead_ = false;
  die_at_ = 0;
  fail_write_at_ = 0;
  fail_sync_at_ = 0;
}

void faulty_disk::power_cut(std::uint64_t seed, bool keep_some) {
  std::mt19937_64 random{seed};
  for (auto& [name, book] : files_) {
    for (const auto& what : book.pending)
      if (keep_some && random() % 2 == 0)
        apply(book.durable, what);
    book.pending.clear();
    if (fs::exists(name)) {
      std::ofstream out{name, std::ios::binary | std::ios::trunc};
      out << book.durable;
    }
    fs::remove(name + "-shm");
  }
  revive();
}

faulty_disk::file& faulty_disk::opened(const std::string& name) {
  auto [it, fresh] = files_.try_emplace(name);
  if (fresh)
    it->second.durable = slurp(name);
  return it->second;
}

int faulty_disk::write(file& target, change what) {
  ++writes_;
  if (die_at_ != 0 && writes_ >= die_at_)
    dead_ = true;
  if (dead_)
    return SQLITE_IOERR_WRITE;
  if (writes_ == fail_write_at_)
    return write_rc_;
  target.pending.push_back(std::move(what));
  return SQLITE_OK;
}

int faulty_disk::sync(file& target) {
  ++syncs_;
  if (dead_)
    return SQLITE_IOERR_FSYNC;
  auto failed = syncs_ == fail_sync_at_;
  if (!failed)
    for (const auto& what : target.pending)
      apply(target.durable, what);
  target.pending.clear();
  return failed ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

bool faulty_disk::remove(const std::string& name) {
  if (!dead_)
    files_.erase(name);
  return !dead_;
}

} // namespace ringside::persistence::test
