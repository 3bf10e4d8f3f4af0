#pragma once

#include "domain/base/result.hpp"

#include <cstddef>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ringside::csv {

/// Biggest field, bytes; a bigger one means a lost quote.
inline constexpr std::size_t field_bytes_max = 64 * 1024;

/// A header and rows of the same width.
class table {
public:
  table() = default;

  /// @pre Every row is as wide as the header.
  table(std::vector<std::string> header,
        std::vector<std::vector<std::string>> rows);

  const std::vector<std::string>& header() const noexcept {
    return header_;
  }

  std::size_t rows() const noexcept {
    return rows_.size();
  }

  /// The index of a column, or nothing.
  std::optional<std::size_t> column(std::string_view name) const noexcept;

  /// One field. @pre Both indexes are in range.
  const std::string& at(std::size_t row, std::size_t column) const;

  /// One field by name, or null if there is no such column.
  const std::string* find(std::size_t row,
                          std::string_view name) const noexcept;

private:
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
};

/// Reads comma-separated values as in RFC 4180: the first record is the
/// header, fields may be quoted, a quoted field may hold commas, line breaks
/// and doubled quotes. Records end with LF or CRLF; the last one may lack it. A
/// UTF-8 byte order mark is skipped.
/// @returns `malformed` with the line for a stray or unclosed quote, a record
/// of another width than the header, an empty or doubled column name or no
/// header at all; `too_large` for a field beyond `field_bytes_max`; `io_error`
/// if the stream fails.
result<table> read(std::istream& in);

} // namespace ringside::csv
