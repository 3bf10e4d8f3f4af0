/// Preloaded into a server: makes writing and syncing fail on command. The
/// file named by FAILING_DISK_COMMAND holds words like `fsync` and `write`;
/// while it is there, these calls fail for files below FAILING_DISK_ROOT.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

namespace {

bool below_root(int fd) {
  const char* root = getenv("FAILING_DISK_ROOT");
  if (root == nullptr)
    return false;
  char link[64];
  snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
  char path[4096];
  auto n = readlink(link, path, sizeof(path) - 1);
  return n > 0 && strncmp(path, root, strlen(root)) == 0;
}

/// Whether `what` is to fail for `fd`. Direct calls of the kernel, because the
/// functions of the library are ours here.
bool fails(int fd, const char* what) {
  const char* command = getenv("FAILING_DISK_COMMAND");
  if (command == nullptr || access(command, F_OK) != 0 || !below_root(fd))
    return false;
  int from = static_cast<int>(
    syscall(SYS_openat, AT_FDCWD, command, O_RDONLY | O_CLOEXEC, 0));
  if (from < 0)
    return false;
  char words[128] = {};
  auto n = syscall(SYS_read, from, words, sizeof(words) - 1);
  syscall(SYS_close, from);
  return n > 0 && strstr(words, what) != nullptr;
}

int failing_sync(int fd, long call) {
  if (fails(fd, "fsync")) {
    errno = EIO;
    return -1;
  }
  return static_cast<int>(syscall(call, fd));
}

ssize_t failing_pwrite(int fd, const void* data, size_t size, off64_t at) {
  if (fails(fd, "write")) {
    errno = ENOSPC;
    return -1;
  }
  return syscall(SYS_pwrite64, fd, data, size, at);
}

ssize_t failing_write(int fd, const void* data, size_t size) {
  if (fails(fd, "write")) {
    errno = ENOSPC;
    return -1;
  }
  return syscall(SYS_write, fd, data, size);
}

} // namespace

extern "C" {

ssize_t write(int fd, const void* data, size_t size) {
  return failing_write(fd, data, size);
}

int fsync(int fd) {
  return failing_sync(fd, SYS_fsync);
}

int fdatasync(int fd) {
  return failing_sync(fd, SYS_fdatasync);
}

ssize_t pwrite(int fd, const void* data, size_t size, off_t at) {
  return failing_pwrite(fd, data, size, at);
}

ssize_t pwrite64(int fd, const void* data, size_t size, off64_t at) {
  return failing_pwrite(fd, data, size, at);
}

} // extern "C"
