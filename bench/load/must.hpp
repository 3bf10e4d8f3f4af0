#pragma once

#include "domain/base/result.hpp"

#include <cstdlib>
#include <iostream>
#include <string_view>
#include <utility>

namespace ringside::load {

/// Ends the program: a measurement that does not do what it says is worth
/// nothing. The node it started ends with it.
[[noreturn]] inline void give_up(std::string_view why) {
  std::cerr << "ringside-load: " << why << std::endl;
  std::_Exit(1);
}

/// The value, or the end of the program.
template <class T>
T must(result<T> outcome, std::string_view doing) {
  if (!outcome)
    give_up(std::string{doing} + ": " + outcome.reason().detail);
  return std::move(*outcome);
}

} // namespace ringside::load
