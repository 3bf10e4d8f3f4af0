#include "domain/rules/validate.hpp"

#include "domain/base/limits.hpp"
#include "domain/base/strong_id.hpp"
#include "domain/rules/finish.hpp"
#include "domain/rules/validate_parts.hpp"

#include <algorithm>
#include <set>

namespace ringside::rules {

namespace parts {

error wrong(std::string field, std::string detail) {
  auto text = field + ": " + detail;
  return refuse(ec::invalid_value, std::move(text), std::move(field));
}

bool iso_date_or_empty(const std::string& text) noexcept {
  if (text.empty())
    return true;
  if (text.size() != 4 && text.size() != 7 && text.size() != 10)
    return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto dash = i == 4 || i == 7;
    if (dash ? text[i] != '-' : text[i] < '0' || text[i] > '9')
      return false;
  }
  auto two = [&](std::size_t at) {
    return (text[at] - '0') * 10 + (text[at + 1] - '0');
  };
  if (text.size() >= 7 && (two(5) < 1 || two(5) > 12))
    return false;
  return text.size() < 10 || (two(8) >= 1 && two(8) <= 31);
}

namespace {

bool snake_case(const std::string& word) noexcept {
  auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  auto inner
    = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_'; };
  return !word.empty() && word.size() <= 64 && letter(word.front())
         && std::all_of(word.begin(), word.end(), inner);
}

} // namespace

finding check_words(const std::string& field,
                    const std::vector<std::string>& words) {
  std::set<std::string> seen;
  for (const auto& word : words) {
    if (!snake_case(word))
      return wrong(field, "'" + word + "' is not lower snake case");
    if (!seen.insert(word).second)
      return wrong(field, "'" + word + "' stands twice");
  }
  return std::nullopt;
}

finding check_rising(const std::string& field, const std::vector<int>& values,
                     int low, int high) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] < low || values[i] > high)
      return wrong(field, std::to_string(values[i]) + " is not between "
                            + std::to_string(low) + " and "
                            + std::to_string(high));
    if (i > 0 && values[i] <= values[i - 1])
      return wrong(field, "the values must rise");
  }
  return std::nullopt;
}

finding check_head(const ruleset& rules) {
  if (!valid_id_text(rules.id))
    return wrong("id", "'" + rules.id + "' is not an id");
  if (rules.title.empty() || rules.title.size() > limits::name_bytes_max)
    return wrong("title", "must have 1 to 120 bytes");
  if (rules.version < 1)
    return wrong("version", "must be at least 1");
  if (!iso_date_or_empty(rules.effective_from))
    return wrong("effective_from",
                 "'" + rules.effective_from + "' is not an ISO date");
  if (rules.jurisdiction.empty())
    return wrong("jurisdiction", "must not be empty");
  if (rules.origin.source.empty())
    return wrong("origin.source", "must say where the rules come from");
  for (const auto& note : rules.notes)
    if (note.source.empty() || note.note.empty())
      return wrong("notes", "every note needs a source and a text");
  return std::nullopt;
}

finding check_lists(const ruleset& rules) {
  if (rules.finish_methods.empty())
    return wrong("finish_methods", "must not be empty");
  if (auto bad = check_words("finish_methods", rules.finish_methods))
    return bad;
  for (const auto& method : rules.finish_methods) {
    auto kind = parse_enum<result_kind>(method);
    if (!kind || !is_finish(*kind))
      return wrong("finish_methods", "'" + method + "' is not a finish");
  }
  if (rules.overturn_grounds.empty())
    return wrong("overturn_grounds", "must not be empty");
  if (auto bad = check_words("overturn_grounds", rules.overturn_grounds))
    return bad;
  if (auto bad = check_words("techniques", rules.techniques))
    return bad;
  if (auto bad = check_words("control_kinds", rules.control_kinds))
    return bad;
  if (rules.four_one_is_majority && rules.judges.count != 5)
    return wrong("four_one_is_majority", "needs five judges");
  return std::nullopt;
}

} // namespace parts

result<unit> validate(const ruleset& rules) {
  using namespace parts;
  constexpr std::array checks{
    check_head,         check_rounds,          check_judges,
    check_scale,        check_criteria,        check_knockdowns,
    check_fouls,        check_accidental_foul, check_extension,
    check_open_scoring, check_consensus,       check_technique_counts,
    check_lists,
  };
  for (auto check : checks)
    if (auto bad = check(rules))
      return *bad;
  return unit{};
}

} // namespace ringside::rules
