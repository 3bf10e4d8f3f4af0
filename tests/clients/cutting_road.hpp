#pragma once

#include <cstdint>
#include <memory>

namespace ringside::test {

/// A relay in front of a server on loopback that swallows the n-th answer to a
/// batch and cuts that connection: the batch has arrived and its sender does
/// not know. Other connections go on.
class cutting_road {
public:
  /// @param to Port of the server.
  /// @param nth Which `accepted` is swallowed, from 1; each nth again up to
  /// `cuts` times.
  cutting_road(std::uint16_t to, int nth, int cuts);
  ~cutting_road();

  cutting_road(const cutting_road&) = delete;
  cutting_road& operator=(const cutting_road&) = delete;

  std::uint16_t port() const noexcept;
  /// How often it has cut.
  int cuts() const noexcept;

private:
  struct parts;
  std::unique_ptr<parts> parts_;
};

} // namespace ringside::test
