#pragma once

#include "domain/audit/json.hpp"

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace ringside::load {

enum class unit_of : std::uint8_t { nanoseconds, per_second, bytes };

/// One line of the result.
struct row {
  /// Stable name for comparisons: `commands/64/per_second`.
  std::string id;
  /// What a person reads.
  std::string what;
  unit_of unit = unit_of::nanoseconds;
  std::int64_t value = 0;
  /// The same without our program, measured in the same run; 0 if there is no
  /// such thing.
  std::int64_t limit = 0;
  std::string limit_what;
  /// What the project set itself; a least value for rates, else a greatest.
  std::optional<std::int64_t> aim;
};

/// Everything that one run found out, and on what machine.
class report {
public:
  void add(row r);

  /// Text for a person, while the run goes on.
  void say(const std::string& line) const;

  void markdown(std::ostream& out, const std::string& command) const;

  json::value to_json(const std::string& command) const;

private:
  std::vector<row> rows_;
};

} // namespace ringside::load
