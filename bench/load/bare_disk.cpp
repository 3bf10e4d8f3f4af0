#include "bench/load/bare.hpp"
#include "bench/load/must.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <string>

namespace ringside::load {

namespace {

/// As large as the log of SQLite gets before it starts over. Writing into
/// space that exists spares the file system its own journal.
constexpr std::size_t file_bytes = 4 * 1024 * 1024;

int make_file(const std::string& name) {
  auto fd = ::open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  std::string zeros(file_bytes, '\0');
  if (fd < 0
      || ::write(fd, zeros.data(), zeros.size())
           != static_cast<ssize_t>(zeros.size())
      || ::fsync(fd) != 0)
    give_up("cannot write " + name);
  return fd;
}

} // namespace

fsync_limit bare_fsync(const std::filesystem::path& directory,
                       std::size_t entries, std::size_t entry_bytes,
                       std::chrono::milliseconds time) {
  auto name = (directory / "bare").string();
  auto fd = make_file(name);
  std::string block(entries * entry_bytes, 'x');
  fsync_limit found;
  auto begin = now_ns();
  auto end = begin + time.count() * 1'000'000;
  auto now = begin;
  std::size_t at = 0;
  while (now < end) {
    if (at + block.size() > file_bytes)
      at = 0;
    if (::pwrite(fd, block.data(), block.size(), static_cast<off_t>(at))
          != static_cast<ssize_t>(block.size())
        || ::fdatasync(fd) != 0)
      give_up("cannot write " + name);
    at += block.size();
    auto then = now_ns();
    found.batch.add(then - now);
    now = then;
  }
  ::close(fd);
  ::unlink(name.c_str());
  auto all = static_cast<std::int64_t>(found.batch.size() * entries);
  found.per_second = all * 1'000'000'000 / (now - begin);
  return found;
}

} // namespace ringside::load
