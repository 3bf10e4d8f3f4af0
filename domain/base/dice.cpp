#include "domain/base/dice.hpp"

namespace ringside {

dice::dice(std::string_view text) : state_(0xcbf29ce484222325) {
  for (unsigned char byte : text)
    state_ = (state_ ^ byte) * 0x100000001b3;
}

/// SplitMix64.
std::uint64_t dice::next() noexcept {
  auto z = (state_ += 0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

std::int64_t dice::below(std::int64_t n) noexcept {
  return n <= 0
           ? 0
           : static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(n));
}

} // namespace ringside
