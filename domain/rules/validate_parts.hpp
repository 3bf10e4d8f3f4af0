#pragma once

#include "domain/base/result.hpp"
#include "domain/rules/ruleset.hpp"

#include <optional>
#include <string>
#include <vector>

/// INTERNAL: the parts of `validate`, one per section of a rule set.
namespace ringside::rules::parts {

/// What is wrong, or nothing.
using finding = std::optional<error>;

/// A finding about a field.
error wrong(std::string field, std::string detail);

/// True for a year, a month, or a day in ISO form, and for nothing at all.
bool iso_date_or_empty(const std::string& text) noexcept;

/// Words must be lower snake case, and each may stand only once.
finding check_words(const std::string& field,
                    const std::vector<std::string>& words);

/// Values must rise and lie in `[low, high]`.
finding check_rising(const std::string& field, const std::vector<int>& values,
                     int low, int high);

finding check_head(const ruleset& rules);
finding check_rounds(const ruleset& rules);
finding check_judges(const ruleset& rules);
finding check_scale(const ruleset& rules);
finding check_criteria(const ruleset& rules);
finding check_knockdowns(const ruleset& rules);
finding check_fouls(const ruleset& rules);
finding check_accidental_foul(const ruleset& rules);
finding check_extension(const ruleset& rules);
finding check_open_scoring(const ruleset& rules);
finding check_consensus(const ruleset& rules);
finding check_technique_counts(const ruleset& rules);
finding check_lists(const ruleset& rules);

} // namespace ringside::rules::parts
