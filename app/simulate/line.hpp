#pragma once

#include <cstdio>
#include <string>

namespace ringside::simulate {

/// One line of a table, in the format of printf; no longer than a screen.
template <class... Ts>
std::string line(const char* format, Ts... values) {
  char text[200];
  std::snprintf(text, sizeof text, format, values...);
  return text;
}

} // namespace ringside::simulate
