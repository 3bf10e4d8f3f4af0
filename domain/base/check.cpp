#include "domain/base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace ringside {

void check_failed(const char* condition, const char* file, int line) noexcept {
  std::fprintf(stderr, "ringside: broken invariant at %s:%d: %s\n", file, line,
               condition);
  std::abort();
}

} // namespace ringside
