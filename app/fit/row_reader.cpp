#include "app/fit/row_reader.hpp"

#include <charconv>

namespace ringside::fit {

row_reader::row_reader(const csv::table& table) : table_(table) {
  for (std::size_t i = 0; i < table.header().size(); ++i)
    columns_.emplace(table.header()[i], i);
}

const std::string* row_reader::field(const std::string& name) const {
  auto found = columns_.find(name);
  return found == columns_.end() ? nullptr : &table_.at(row_, found->second);
}

const std::string& row_reader::text(const std::string& name) {
  static const std::string none;
  const auto* found = field(name);
  if (found == nullptr)
    fail(name, "the column is missing");
  else if (found->empty())
    fail(name, "the field is empty");
  return found != nullptr ? *found : none;
}

std::string row_reader::text_or(const std::string& name,
                                const std::string& otherwise) {
  const auto* found = field(name);
  return found == nullptr || found->empty() ? otherwise : *found;
}

std::string row_reader::date(const std::string& name) {
  auto day = text_or(name, "");
  if (day.empty())
    return day;
  auto good = day.size() == 10;
  for (std::size_t i = 0; good && i < day.size(); ++i) {
    auto dash = i == 4 || i == 7;
    good = dash ? day[i] == '-' : day[i] >= '0' && day[i] <= '9';
  }
  if (!good)
    fail(name, "'" + day + "' is not a date such as 2021-02-20");
  return day;
}

std::optional<int> row_reader::optional_number(const std::string& name, int low,
                                               int high) {
  const auto* found = field(name);
  if (found == nullptr || found->empty())
    return std::nullopt;
  int n = 0;
  const auto* end = found->data() + found->size();
  auto [stop, wrong] = std::from_chars(found->data(), end, n);
  if (wrong == std::errc{} && stop == end && n >= low && n <= high)
    return n;
  fail(name, "'" + *found + "' is not a number of " + std::to_string(low)
               + " to " + std::to_string(high));
  return std::nullopt;
}

int row_reader::number(const std::string& name, int low, int high) {
  if (const auto* found = field(name); found == nullptr)
    fail(name, "the column is missing");
  else if (found->empty())
    fail(name, "the field is empty");
  return optional_number(name, low, high).value_or(low);
}

void row_reader::fail(const std::string& name, const std::string& why) {
  if (ok_)
    ok_ = refuse(
      ec::invalid_value,
      "line " + std::to_string(line()) + ", column " + name + ": " + why, name);
}

} // namespace ringside::fit
