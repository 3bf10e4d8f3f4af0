#pragma once

#include <unistd.h>

#include <utility>

namespace ringside::persistence {

/// Owns one file descriptor.
class unique_fd {
public:
  unique_fd() = default;

  explicit unique_fd(int fd) noexcept : fd_(fd) {
    // nop
  }

  unique_fd(unique_fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {
    // nop
  }

  unique_fd& operator=(unique_fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }

  ~unique_fd() {
    if (fd_ >= 0)
      ::close(fd_);
  }

  explicit operator bool() const noexcept {
    return fd_ >= 0;
  }

  int get() const noexcept {
    return fd_;
  }

private:
  int fd_ = -1;
};

} // namespace ringside::persistence
