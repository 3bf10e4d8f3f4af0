#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace ringside::persistence::test {

/// A disk under SQLite that can fail and that can lose its power. Written
/// bytes are visible at once but durable only after a successful sync, like
/// in a page cache; a failed sync loses what it should have made durable
/// while it stays visible, like on Linux. Registered as SQLite VFS `faulty`.
/// One per process, for one thread.
class faulty_disk {
public:
  /// The disk, with all files and faults forgotten.
  static faulty_disk& fresh();

  static constexpr const char* vfs_name = "faulty";

  /// The n-th write or sync from now fails, 0 for none.
  void fail_write(std::uint64_t n, int rc);
  void fail_sync(std::uint64_t n);

  /// From the n-th write on, nothing has an effect any more and everything
  /// fails: the process is dead and does not know it. 0: at once.
  void die(std::uint64_t after_writes);

  /// The next process begins: everything works, the page cache is as it was.
  void revive();

  /// Every file falls back to its durable content plus a random choice of the
  /// writes that were under way; with `keep_some` false plus none. Only with
  /// all stores closed. Includes revive().
  void power_cut(std::uint64_t seed, bool keep_some);

  std::uint64_t writes() const noexcept {
    return writes_;
  }

  std::uint64_t syncs() const noexcept {
    return syncs_;
  }

  // -- used by the VFS --------------------------------------------------------

  struct change {
    std::uint64_t offset = 0;
    std::string bytes;
    /// The file is cut to `offset` instead.
    bool truncate = false;
  };

  struct file {
    std::string durable;
    std::vector<change> pending;
  };

  file& opened(const std::string& name);
  int write(file& target, change what);
  int sync(file& target);
  bool remove(const std::string& name);

private:
  std::map<std::string, file> files_;
  std::uint64_t writes_ = 0;
  std::uint64_t syncs_ = 0;
  std::uint64_t fail_write_at_ = 0;
  std::uint64_t fail_sync_at_ = 0;
  std::uint64_t die_at_ = 0;
  int write_rc_ = 0;
  bool dead_ = false;
};

} // namespace ringside::persistence::test
