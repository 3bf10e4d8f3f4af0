#pragma once

#include "app/csv/csv.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace ringside::fit {

/// Reads fields of one row of a table by the names of their columns and keeps
/// the first thing that is wrong. Columns are found once per file.
class row_reader {
public:
  /// Biggest count in one round; a bigger one is a typing error.
  static constexpr int count_max = 2'000;

  /// @param table Must outlive the reader.
  explicit row_reader(const csv::table& table);

  std::size_t rows() const noexcept {
    return table_.rows();
  }

  /// Goes to a row, from 0.
  void select(std::size_t row) noexcept {
    row_ = row;
  }

  /// Line of the row in a file without line breaks inside fields.
  std::size_t line() const noexcept {
    return row_ + 2;
  }

  /// A text that must be there and not empty.
  const std::string& text(const std::string& name);

  /// A text, or another one where the column is missing or the field empty.
  std::string text_or(const std::string& name, const std::string& otherwise);

  /// `YYYY-MM-DD`; empty where the column is missing or the field empty.
  std::string date(const std::string& name);

  /// A whole number in `[low, high]`.
  int number(const std::string& name, int low, int high);

  /// Nothing where the column is missing or the field empty.
  std::optional<int> optional_number(const std::string& name, int low,
                                     int high);

  int number_or(const std::string& name, int low, int high, int otherwise) {
    return optional_number(name, low, high).value_or(otherwise);
  }

  /// Notes a fault of a field; the first one stays.
  void fail(const std::string& name, const std::string& why);

  const result<unit>& ok() const noexcept {
    return ok_;
  }

private:
  const std::string* field(const std::string& name) const;

  const csv::table& table_;
  std::unordered_map<std::string, std::size_t> columns_;
  std::size_t row_ = 0;
  result<unit> ok_{unit{}};
};

} // namespace ringside::fit
