#pragma once

#include "domain/base/enum_text.hpp"
#include "domain/base/number.hpp"
#include "domain/base/result.hpp"

#include <yaml-cpp/yaml.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ringside::config {

/// Collects what is wrong with one file, so that a person can mend all of it
/// at once.
class yaml_problems {
public:
  /// @param file Path as it stands in messages.
  explicit yaml_problems(std::string file) : file_(std::move(file)) {
    // nop
  }

  /// Notes a problem. @param line From 1; 0 where there is no line.
  void add(int line, std::string text);

  bool empty() const noexcept {
    return list_.empty();
  }

  /// Done, or `invalid_value` with one `file:line: text` for each problem, in
  /// the order of the lines.
  result<unit> verdict() const;

private:
  struct problem {
    int line = 0;
    std::string text;
  };

  std::string file_;
  std::vector<problem> list_;
};

/// The word of `known` nearest to `word` by edit distance, or nothing if none
/// is near enough to be a typing error.
std::optional<std::string> nearest(std::string_view word,
                                   std::span<const std::string> known);

/// Reads one YAML mapping strictly.
///
/// Every getter notes its key as known. When the reader goes out of scope it
/// reports every key of the mapping that no getter asked for, with the nearest
/// known one. Getters never fail: they note the problem and return a default,
/// and the value is thrown away because `yaml_problems::verdict` refuses.
class yaml_reader {
public:
  /// @param node The mapping. Anything else is noted as a problem.
  /// @param where Dotted path of the mapping, empty for the whole file.
  /// @param problems Must outlive the reader.
  yaml_reader(YAML::Node node, std::string where, yaml_problems& problems);

  ~yaml_reader();

  yaml_reader(const yaml_reader&) = delete;
  yaml_reader& operator=(const yaml_reader&) = delete;

  /// True if the key is there; notes the key as known.
  bool has(const std::string& key);

  /// A string, quoted or not; not empty.
  std::string text(const std::string& key);

  /// As `text`, but may be empty.
  std::string text_or_empty(const std::string& key);

  /// An unquoted decimal integer in `[low, high]`.
  std::int64_t integer(const std::string& key, std::int64_t low,
                       std::int64_t high);

  /// As `integer`, for the many fields of type int.
  int small(const std::string& key, int low = 0, int high = 1'000'000);

  /// An unquoted decimal number such as `-0.126`; finite.
  double number(const std::string& key);

  /// Exactly `true` or `false`.
  bool flag(const std::string& key);

  /// Points as `10` or `9.5`; exact, no binary fraction.
  points tenths(const std::string& key);

  /// A list of strings; may be empty, as `[]`.
  std::vector<std::string> texts(const std::string& key);

  /// A list of unquoted integers from `low`; may be empty, as `[]`.
  std::vector<int> smalls(const std::string& key, int low = 0);

  /// One of the wire names of an enum.
  template <class Enum>
  Enum name(const std::string& key) {
    auto at = word(key, enum_names<Enum>::value);
    return static_cast<Enum>(at);
  }

  /// A list of wire names of an enum.
  template <class Enum>
  std::vector<Enum> names(const std::string& key) {
    std::vector<Enum> out;
    for (const auto& item : texts(key)) {
      auto value = parse_enum<Enum>(item);
      if (value)
        out.push_back(*value);
      else
        bad_word(key, item, enum_names<Enum>::value);
    }
    return out;
  }

  /// A mapping inside this one.
  yaml_reader section(const std::string& key);

  /// Calls `read(yaml_reader&)` for each mapping of a list.
  template <class Read>
  void each(const std::string& key, Read read) {
    auto list = sequence(key);
    for (std::size_t i = 0; i < list.size(); ++i) {
      yaml_reader item{list[i], path(key) + "[" + std::to_string(i) + "]",
                       problems_};
      read(item);
    }
  }

  /// True while no reader of this file has found a problem.
  bool clean() const noexcept {
    return problems_.empty();
  }

  /// Notes a problem about a dotted field at the line of the deepest part of
  /// it that is in the file, for example `scale.base` or `fouls.codes`.
  void refuse_field(const std::string& dotted, const std::string& text);

  /// Notes a problem about a key; for checks that only the caller can make.
  void refuse_value(const std::string& key, const std::string& why);

private:
  YAML::Node find(const std::string& key, bool required = true);
  std::optional<std::string> scalar(const std::string& key, bool plain);
  std::vector<YAML::Node> sequence(const std::string& key);
  std::size_t word(const std::string& key,
                   std::span<const std::string_view> allowed);
  void bad_word(const std::string& key, const std::string& value,
                std::span<const std::string_view> allowed);
  std::string path(const std::string& key) const;
  int line_of(const std::string& key) const;

  YAML::Node node_;
  std::string where_;
  yaml_problems& problems_;
  std::vector<std::string> known_;
};

} // namespace ringside::config
