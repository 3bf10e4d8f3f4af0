#include "persistence/sqlite/data_directory.hpp"

#include "persistence/durable_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace ringside::persistence {

namespace {

namespace fs = std::filesystem;

/// Absolute and without a slash at the end.
fs::path full_path(const fs::path& root) {
  auto full = fs::absolute(root).lexically_normal();
  return full.has_filename() ? full : full.parent_path();
}

result<unit> make(const fs::path& root) {
  std::error_code failed;
  fs::create_directories(root.parent_path(), failed);
  if (failed)
    return file_error("creating", root.parent_path(), failed.value());
  if (::mkdir(root.c_str(), 0700) != 0)
    return errno == EEXIST ? result<unit>{unit{}}
                           : file_error("creating", root, errno);
  return sync_directory(root.parent_path());
}

result<unit> check(const fs::path& root) {
  struct stat info {};
  if (::stat(root.c_str(), &info) != 0)
    return file_error("looking at", root, errno);
  if (!S_ISDIR(info.st_mode))
    return file_error("opening", root, ENOTDIR);
  if ((info.st_mode & 077) != 0)
    return refuse(ec::forbidden,
                  "others may enter the data directory " + root.string(), {},
                  "chmod 700 " + root.string());
  // The effective user counts, which plain access() would ignore.
  if (::faccessat(AT_FDCWD, root.c_str(), R_OK | W_OK | X_OK, AT_EACCESS) != 0)
    return file_error("writing to", root, errno);
  return unit{};
}

} // namespace

data_directory::data_directory(fs::path root) : root_(std::move(root)) {
  // nop
}

result<data_directory> data_directory::create_or_open(const fs::path& root) {
  if (root.empty())
    return refuse(ec::invalid_value, "the data directory has no name");
  auto full = full_path(root);
  if (auto ok = make(full); !ok)
    return ok.reason();
  if (auto ok = check(full); !ok)
    return ok.reason();
  return data_directory{std::move(full)};
}

result<data_directory> data_directory::open_existing(const fs::path& root) {
  std::error_code failed;
  if (!fs::is_directory(root, failed))
    return refuse(ec::not_found, "there is no directory " + root.string());
  return data_directory{full_path(root)};
}

} // namespace ringside::persistence
