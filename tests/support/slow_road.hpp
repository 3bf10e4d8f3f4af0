#pragma once

#include "tests/support/networks.hpp"

#include <cstdint>
#include <memory>

namespace ringside::test {

/// A relay in front of a server on loopback that holds every piece of data back
/// for a random time, each way by its own: a bad network where the kernel has
/// none to offer. Order is kept, as TCP does. One connection at a time.
class slow_road {
public:
  slow_road(std::uint16_t to, const timing::direction& up,
            const timing::direction& down, std::uint64_t seed);
  ~slow_road();

  slow_road(const slow_road&) = delete;
  slow_road& operator=(const slow_road&) = delete;

  /// Where clients connect.
  std::uint16_t port() const noexcept;

private:
  struct parts;
  std::unique_ptr<parts> parts_;
};

} // namespace ringside::test
