#include "persistence/sqlite/directory_lock.hpp"

#include "persistence/durable_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <string>

namespace ringside::persistence {

namespace {

namespace fs = std::filesystem;

error taken(const fs::path& file) {
  auto text = read_small_file(file, 32);
  auto pid = text ? text->substr(0, text->find('\n')) : std::string{};
  return refuse(ec::unavailable,
                "process " + (pid.empty() ? "unknown" : pid)
                  + " writes the journal in " + file.parent_path().string()
                  + " (" + file.filename().string() + " is locked)",
                {}, "stop that process or use another data directory");
}

} // namespace

result<directory_lock> directory_lock::acquire(const fs::path& file) {
  directory_lock lock;
  lock.fd_
    = unique_fd{::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
  if (!lock.fd_)
    return file_error("opening", file, errno);
  if (::flock(lock.fd_.get(), LOCK_EX | LOCK_NB) != 0)
    return errno == EWOULDBLOCK ? taken(file)
                                : file_error("locking", file, errno);
  auto text = std::to_string(::getpid()) + '\n';
  // Only for people: the lock holds whether or not the number can be written.
  if (::ftruncate(lock.fd_.get(), 0) == 0
      && ::pwrite(lock.fd_.get(), text.data(), text.size(), 0) < 0)
    errno = 0;
  return lock;
}

} // namespace ringside::persistence
