#pragma once

#include "domain/base/result.hpp"
#include "domain/rules/ruleset.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace ringside::rules {

/// All rule sets of a node. Made once at the start and never changed, so that
/// pointers into it stay good as long as it lives.
class catalog {
public:
  /// No rule sets.
  catalog() = default;

  /// Validates and sorts.
  /// @returns what `validate` refuses, with the id, or `invalid_value` for an
  /// id that stands twice.
  static result<catalog> make(std::vector<ruleset> all);

  /// The rule set with this id, or null.
  const ruleset* find(std::string_view id) const noexcept;

  /// All of them, sorted by id.
  std::span<const ruleset> all() const noexcept {
    return all_;
  }

private:
  std::vector<ruleset> all_;
};

} // namespace ringside::rules
