#pragma once

#include "domain/base/result.hpp"
#include "persistence/unique_fd.hpp"

#include <filesystem>

namespace ringside::persistence {

/// The right to write one data directory, held by at most one store on this
/// machine. The system takes it back when the process ends, however it ends.
/// A forked child shares it. The file stays: removing it would let two
/// processes lock two files of the same name.
class directory_lock {
public:
  /// `unavailable` with the process id of the holder if it is taken.
  static result<directory_lock> acquire(const std::filesystem::path& file);

private:
  unique_fd fd_;
};

} // namespace ringside::persistence
