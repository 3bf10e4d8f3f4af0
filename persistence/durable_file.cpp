#include "persistence/durable_file.hpp"

#include "persistence/unique_fd.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

namespace ringside::persistence {

namespace {

namespace fs = std::filesystem;

fs::path directory_of(const fs::path& path) {
  auto dir = path.parent_path();
  return dir.empty() ? fs::path{"."} : dir;
}

result<unit> write_all(int fd, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    auto n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return file_error("writing", path, n < 0 ? errno : ENOSPC);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return unit{};
}

result<unit> write_temporary(const fs::path& path, std::string_view bytes,
                             ::mode_t mode) {
  // A crash may have left one behind, with any mode.
  ::unlink(path.c_str());
  unique_fd fd{
    ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)};
  if (!fd)
    return file_error("creating", path, errno);
  if (::fchmod(fd.get(), mode) != 0)
    return file_error("setting the mode of", path, errno);
  if (auto ok = write_all(fd.get(), bytes, path); !ok)
    return ok;
  if (::fsync(fd.get()) != 0)
    return file_error("syncing", path, errno);
  return unit{};
}

result<unit> put_in_place(const fs::path& from, const fs::path& to,
                          on_existing rule) {
  unsigned flags = rule == on_existing::keep ? RENAME_NOREPLACE : 0;
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), flags) == 0)
    return sync_directory(directory_of(to));
  if (errno == EEXIST)
    return refuse(ec::wrong_state, to.string() + " exists already");
  return file_error("renaming to", to, errno);
}

} // namespace

result<unit> write_durably(const fs::path& path, std::string_view bytes,
                           ::mode_t mode, on_existing rule) {
  auto temporary = path;
  temporary += ".tmp";
  auto done = write_temporary(temporary, bytes, mode);
  if (done)
    done = put_in_place(temporary, path, rule);
  if (!done)
    ::unlink(temporary.c_str());
  return done;
}

result<std::string> read_small_file(const fs::path& path,
                                    std::size_t bytes_max) {
  unique_fd fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!fd && errno == ENOENT)
    return refuse(ec::not_found, "no file " + path.string());
  if (!fd)
    return file_error("opening", path, errno);
  std::string bytes(bytes_max + 1, '\0');
  std::size_t used = 0;
  while (used < bytes.size()) {
    auto n = ::read(fd.get(), bytes.data() + used, bytes.size() - used);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return file_error("reading", path, errno);
    if (n == 0)
      break;
    used += static_cast<std::size_t>(n);
  }
  if (used > bytes_max)
    return refuse(ec::too_large, path.string() + " has more than "
                                   + std::to_string(bytes_max) + " bytes");
  bytes.resize(used);
  return bytes;
}

result<unit> sync_directory(const fs::path& path) {
  unique_fd fd{::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (!fd || ::fsync(fd.get()) != 0)
    return file_error("syncing the directory", path, errno);
  return unit{};
}

namespace {

std::string hint_for(int errno_value) {
  switch (errno_value) {
  case ENOENT:
  case ENOTDIR:
  case EEXIST:
  case EISDIR:
  case ELOOP:
  case ENAMETOOLONG:
    return "choose a data directory that exists or can be made, with --data or "
           "the key `data`";
  case EACCES:
  case EPERM:
    return "let the user who runs this own the directory, or choose another "
           "one with --data";
  case EROFS:
    return "this file system is read-only: choose a data directory on another "
           "one, with --data";
  case ENOSPC:
  case EDQUOT:
  case EFBIG:
    return "free space on this file system, then start again";
  case EMFILE:
  case ENFILE:
    return "too many files are open: raise the limit (ulimit -n)";
  default:
    return "look at the disk (dmesg, smartctl); do not write on until it is "
           "sound";
  }
}

} // namespace

error file_error(std::string_view doing, const fs::path& path,
                 int errno_value) {
  return refuse(ec::io_error,
                std::string{doing} + " " + path.string() + ": "
                  + std::generic_category().message(errno_value),
                {}, hint_for(errno_value));
}

} // namespace ringside::persistence
