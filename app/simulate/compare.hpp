#pragma once

#include "domain/audit/json.hpp"
#include "domain/synthetic/observed.hpp"

#include <string>

namespace ringside::simulate {

/// Published rounds and drawn ones in the same figures.
struct comparison {
  synthetic::figures real;
  synthetic::figures drawn;
};

/// Tables for people: every figure twice, with the pairs of stats that go
/// together worst at the end.
std::string text_of(const comparison& c);

/// The same for programs: shares and correlations in parts per million, means
/// and deviations in thousandths.
json::value json_of(const comparison& c);

} // namespace ringside::simulate
