#pragma once

#include "domain/base/result.hpp"

#include <filesystem>

namespace ringside::persistence {

/// Where a node keeps what it must not lose. Names only: nobody else spells
/// these paths.
class data_directory {
public:
  /// Creates the directory with mode 0700, or checks that an existing one is
  /// private and writable. `forbidden` if others may enter it, `io_error` if
  /// it cannot be made or written.
  static result<data_directory>
  create_or_open(const std::filesystem::path& root);

  /// An existing directory, for reading: `not_found` if it is none. Who else
  /// may enter it is not asked: it may be somebody else's copy.
  static result<data_directory>
  open_existing(const std::filesystem::path& root);

  const std::filesystem::path& root() const noexcept {
    return root_;
  }

  /// The journal database; its WAL lies beside it.
  std::filesystem::path journal() const {
    return root_ / "journal.db";
  }

  /// Locked by the one process that writes the journal.
  std::filesystem::path lock() const {
    return root_ / "journal.lock";
  }

  /// The signer's own last tree head, apart from the journal on purpose.
  std::filesystem::path signer_state() const {
    return root_ / "signer.state";
  }

  /// The seed of the log key, mode 0600.
  std::filesystem::path log_key() const {
    return root_ / "log.key";
  }

  /// The seed that a rotation is about to put in place of `log_key`.
  std::filesystem::path next_log_key() const {
    return root_ / "log.key.next";
  }

private:
  explicit data_directory(std::filesystem::path root);

  std::filesystem::path root_;
};

} // namespace ringside::persistence
