#include "app/csv/csv.hpp"

#include "domain/base/check.hpp"

#include <algorithm>
#include <set>

namespace ringside::csv {

table::table(std::vector<std::string> header,
             std::vector<std::vector<std::string>> rows)
  : header_(std::move(header)), rows_(std::move(rows)) {
  for (const auto& row : rows_)
    RINGSIDE_CHECK(row.size() == header_.size());
}

std::optional<std::size_t> table::column(std::string_view name) const noexcept {
  auto at = std::find(header_.begin(), header_.end(), name);
  if (at == header_.end())
    return std::nullopt;
  return static_cast<std::size_t>(at - header_.begin());
}

const std::string& table::at(std::size_t row, std::size_t column) const {
  RINGSIDE_CHECK(row < rows_.size() && column < header_.size());
  return rows_[row][column];
}

const std::string* table::find(std::size_t row,
                               std::string_view name) const noexcept {
  auto index = column(name);
  return index && row < rows_.size() ? &rows_[row][*index] : nullptr;
}

namespace {

using record = std::vector<std::string>;

class parser {
public:
  explicit parser(std::streambuf& in) : in_(in) {
    // nop
  }

  /// Skips a byte order mark; bytes that only begin like one stay.
  result<unit> skip_mark() {
    if (peek() != 0xEF)
      return unit{};
    for (auto byte : {0xEF, 0xBB, 0xBF})
      if (next() != byte)
        return bad("broken byte order mark");
    return unit{};
  }

  bool at_end() {
    return peek() == end;
  }

  /// Line on which the record that is read now began.
  int line() const noexcept {
    return line_;
  }

  result<record> read_record() {
    record fields;
    for (;;) {
      auto field = peek() == '"' ? quoted() : plain();
      if (!field)
        return field.reason();
      fields.push_back(std::move(*field));
      auto stop = next();
      if (stop == ',')
        continue;
      if (stop == '\r' && next() != '\n')
        return bad("a carriage return without a line feed");
      if (stop != end)
        ++line_;
      return fields;
    }
  }

  error bad(const std::string& why) const {
    return refuse(ec::malformed, "line " + std::to_string(line_) + ": " + why);
  }

private:
  static constexpr int end = std::char_traits<char>::eof();

  int peek() {
    return in_.sgetc();
  }

  int next() {
    return in_.sbumpc();
  }

  error too_long() const {
    return refuse(ec::too_large,
                  "line " + std::to_string(line_) + ": a field is too long");
  }

  result<std::string> plain() {
    std::string text;
    for (auto c = peek(); c != ',' && c != '\n' && c != '\r' && c != end;
         c = peek()) {
      if (c == '"')
        return bad("a quote inside a field that is not quoted");
      if (text.size() >= field_bytes_max)
        return too_long();
      text.push_back(static_cast<char>(next()));
    }
    return text;
  }

  result<std::string> quoted() {
    std::string text;
    auto opened = line_;
    next();
    for (;;) {
      auto c = next();
      if (c == end)
        return refuse(ec::malformed, "line " + std::to_string(opened)
                                       + ": a quote is never closed");
      if (c == '"' && peek() != '"')
        break;
      if (c == '"')
        next();
      if (c == '\n')
        ++line_;
      if (text.size() >= field_bytes_max)
        return too_long();
      text.push_back(static_cast<char>(c));
    }
    auto after = peek();
    if (after != ',' && after != '\n' && after != '\r' && after != end)
      return bad("text after a closing quote");
    return text;
  }

  std::streambuf& in_;
  int line_ = 1;
};

result<unit> check_header(const record& header) {
  std::set<std::string> seen;
  for (const auto& name : header) {
    if (name.empty())
      return refuse(ec::malformed, "line 1: a column has no name");
    if (!seen.insert(name).second)
      return refuse(ec::malformed,
                    "line 1: column '" + name + "' stands twice");
  }
  return unit{};
}

} // namespace

result<table> read(std::istream& in) {
  if (!in || in.rdbuf() == nullptr)
    return refuse(ec::io_error, "the stream cannot be read");
  parser source{*in.rdbuf()};
  if (auto mark = source.skip_mark(); !mark)
    return mark.reason();
  if (source.at_end())
    return refuse(ec::malformed, "line 1: there is no header");
  auto header = source.read_record();
  if (!header)
    return header.reason();
  if (auto sound = check_header(*header); !sound)
    return sound.reason();
  std::vector<record> rows;
  while (!source.at_end()) {
    auto line = source.line();
    auto row = source.read_record();
    if (!row)
      return row.reason();
    if (row->size() != header->size())
      return refuse(ec::malformed, "line " + std::to_string(line) + ": "
                                     + std::to_string(row->size())
                                     + " fields instead of "
                                     + std::to_string(header->size()));
    rows.push_back(std::move(*row));
  }
  return table{std::move(*header), std::move(rows)};
}

} // namespace ringside::csv
