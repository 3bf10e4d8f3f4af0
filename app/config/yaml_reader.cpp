#include "app/config/yaml_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

namespace ringside::config {

// -- problems -----------------------------------------------------------------

void yaml_problems::add(int line, std::string text) {
  list_.push_back({line, std::move(text)});
}

result<unit> yaml_problems::verdict() const {
  if (list_.empty())
    return unit{};
  auto sorted = list_;
  std::stable_sort(
    sorted.begin(), sorted.end(),
    [](const problem& a, const problem& b) { return a.line < b.line; });
  std::string detail;
  for (const auto& one : sorted) {
    if (!detail.empty())
      detail += "\n";
    detail += file_;
    detail += ":";
    if (one.line > 0)
      detail += std::to_string(one.line) + ":";
    detail += " " + one.text;
  }
  return refuse(ec::invalid_value, std::move(detail));
}

namespace {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      auto change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
    }
  }
  return row[b.size()];
}

int line_of_node(const YAML::Node& node) {
  return node.Mark().is_null() ? 0 : node.Mark().line + 1;
}

std::string hint(std::string_view word, std::span<const std::string> known) {
  auto near = nearest(word, known);
  return near ? "; did you mean '" + *near + "'?" : std::string{};
}

std::optional<std::int64_t> whole(const std::string& text) {
  std::int64_t value = 0;
  auto end = text.data() + text.size();
  auto [stop, fault] = std::from_chars(text.data(), end, value);
  if (fault != std::errc{} || stop != end)
    return std::nullopt;
  return value;
}

/// The number in `terms[3]`, if there is one.
std::optional<std::int64_t> index_of(const std::string& name) {
  auto open = name.find('[');
  if (open == std::string::npos || name.back() != ']')
    return std::nullopt;
  return whole(name.substr(open + 1, name.size() - open - 2));
}

} // namespace

std::optional<std::string> nearest(std::string_view word,
                                   std::span<const std::string> known) {
  std::optional<std::string> best;
  auto limit = std::max<std::size_t>(2, word.size() / 3);
  for (const auto& one : known) {
    auto distance = edit_distance(word, one);
    if (distance <= limit && distance < one.size()) {
      limit = distance == 0 ? 0 : distance - 1;
      best = one;
    }
  }
  return best;
}

// -- one mapping --------------------------------------------------------------

yaml_reader::yaml_reader(YAML::Node node, std::string where,
                         yaml_problems& problems)
  : node_(std::move(node)), where_(std::move(where)), problems_(problems) {
  if (!node_.IsMap()) {
    auto name = where_.empty() ? std::string{"the file"} : "'" + where_ + "'";
    problems_.add(line_of_node(node_), name + " must be a mapping");
    return;
  }
  std::set<std::string> seen;
  for (const auto& pair : node_)
    if (pair.first.IsScalar() && !seen.insert(pair.first.Scalar()).second)
      problems_.add(line_of_node(pair.first),
                    "key '" + path(pair.first.Scalar()) + "' stands twice");
}

yaml_reader::~yaml_reader() {
  if (!node_.IsMap())
    return;
  for (const auto& pair : node_) {
    auto line = line_of_node(pair.first);
    if (!pair.first.IsScalar()) {
      problems_.add(line, "a key must be a word");
      continue;
    }
    const auto& key = pair.first.Scalar();
    if (std::find(known_.begin(), known_.end(), key) == known_.end())
      problems_.add(line,
                    "unknown key '" + path(key) + "'" + hint(key, known_));
  }
}

std::string yaml_reader::path(const std::string& key) const {
  return where_.empty() ? key : where_ + "." + key;
}

YAML::Node yaml_reader::find(const std::string& key, bool required) {
  known_.push_back(key);
  if (!node_.IsMap())
    return YAML::Node{YAML::NodeType::Undefined};
  for (const auto& pair : node_)
    if (pair.first.IsScalar() && pair.first.Scalar() == key)
      return pair.second;
  if (required)
    problems_.add(line_of_node(node_), "key '" + path(key) + "' is missing");
  return YAML::Node{YAML::NodeType::Undefined};
}

int yaml_reader::line_of(const std::string& key) const {
  if (node_.IsMap())
    for (const auto& pair : node_)
      if (pair.first.IsScalar() && pair.first.Scalar() == key)
        return line_of_node(pair.first);
  return line_of_node(node_);
}

void yaml_reader::refuse_value(const std::string& key, const std::string& why) {
  problems_.add(line_of(key), "'" + path(key) + "' " + why);
}

void yaml_reader::refuse_field(const std::string& dotted,
                               const std::string& text) {
  auto line = line_of_node(node_);
  auto here = node_;
  std::size_t from = 0;
  while (from <= dotted.size() && here.IsMap()) {
    auto dot = std::min(dotted.find('.', from), dotted.size());
    auto name = dotted.substr(from, dot - from);
    auto key = name.substr(0, name.find('['));
    YAML::Node next{YAML::NodeType::Undefined};
    for (const auto& pair : here)
      if (pair.first.IsScalar() && pair.first.Scalar() == key) {
        line = line_of_node(pair.first);
        next.reset(pair.second);
      }
    if (auto at = index_of(name);
        at && next.IsSequence()
        && *at < static_cast<std::int64_t>(next.size())) {
      auto item = next[static_cast<std::size_t>(*at)];
      line = line_of_node(item);
      next.reset(item);
    }
    here.reset(next);
    from = dot + 1;
  }
  problems_.add(line, text);
}

bool yaml_reader::has(const std::string& key) {
  return find(key, false).IsDefined();
}

std::optional<std::string> yaml_reader::scalar(const std::string& key,
                                               bool plain) {
  auto value = find(key);
  if (!value.IsDefined())
    return std::nullopt;
  // yaml-cpp gives quoted scalars the tag "!"; a quoted number is a string.
  if (!value.IsScalar() || (plain && value.Tag() == "!"))
    return std::nullopt;
  return value.Scalar();
}

std::string yaml_reader::text_or_empty(const std::string& key) {
  auto value = scalar(key, false);
  if (!value && has(key))
    refuse_value(key, "must be a string");
  return value.value_or("");
}

std::string yaml_reader::text(const std::string& key) {
  auto value = scalar(key, false);
  if (has(key) && (!value || value->empty()))
    refuse_value(key, "must be a string that is not empty");
  return value.value_or("");
}

std::int64_t yaml_reader::integer(const std::string& key, std::int64_t low,
                                  std::int64_t high) {
  auto value = scalar(key, true);
  auto number = value ? whole(*value) : std::nullopt;
  if (number && *number >= low && *number <= high)
    return *number;
  if (has(key))
    refuse_value(key, "must be an integer between " + std::to_string(low)
                        + " and " + std::to_string(high));
  return low;
}

int yaml_reader::small(const std::string& key, int low, int high) {
  return static_cast<int>(integer(key, low, high));
}

double yaml_reader::number(const std::string& key) {
  auto text = scalar(key, true).value_or("");
  auto value = 0.0;
  const auto* end = text.data() + text.size();
  auto [stop, fault] = std::from_chars(text.data(), end, value);
  if (!text.empty() && fault == std::errc{} && stop == end
      && std::isfinite(value))
    return value;
  if (has(key))
    refuse_value(key, "must be a finite number, for example 0.25");
  return 0;
}

bool yaml_reader::flag(const std::string& key) {
  auto value = scalar(key, true);
  if (value != "true" && value != "false" && has(key))
    refuse_value(key, "must be true or false");
  return value == "true";
}

points yaml_reader::tenths(const std::string& key) {
  auto value = scalar(key, true).value_or("");
  auto dot = value.find('.');
  auto number = whole(value.substr(0, dot));
  auto tenth = std::int64_t{0};
  auto good = number && *number >= 0 && *number <= 1'000;
  if (good && dot != std::string::npos) {
    auto digit = value.substr(dot + 1);
    good = digit.size() == 1 && digit[0] >= '0' && digit[0] <= '9';
    tenth = good ? digit[0] - '0' : 0;
  }
  if (good)
    return {static_cast<std::int32_t>(*number * 10 + tenth)};
  if (has(key))
    refuse_value(key, "must be points, for example 10 or 9.5");
  return {};
}

// -- lists --------------------------------------------------------------------

std::vector<YAML::Node> yaml_reader::sequence(const std::string& key) {
  auto value = find(key);
  std::vector<YAML::Node> out;
  if (!value.IsDefined())
    return out;
  if (!value.IsSequence()) {
    refuse_value(key, "must be a list");
    return out;
  }
  for (const auto& item : value)
    out.push_back(item);
  return out;
}

std::vector<std::string> yaml_reader::texts(const std::string& key) {
  std::vector<std::string> out;
  for (const auto& item : sequence(key)) {
    if (item.IsScalar() && !item.Scalar().empty())
      out.push_back(item.Scalar());
    else
      problems_.add(line_of_node(item),
                    "'" + path(key) + "' must hold only strings");
  }
  return out;
}

std::vector<int> yaml_reader::smalls(const std::string& key, int low) {
  std::vector<int> out;
  for (const auto& item : sequence(key)) {
    auto number = item.IsScalar() && item.Tag() != "!" ? whole(item.Scalar())
                                                       : std::nullopt;
    if (number && *number >= low && *number <= 1'000'000)
      out.push_back(static_cast<int>(*number));
    else
      problems_.add(line_of_node(item), "'" + path(key)
                                          + "' must hold only integers from "
                                          + std::to_string(low));
  }
  return out;
}

std::size_t yaml_reader::word(const std::string& key,
                              std::span<const std::string_view> allowed) {
  auto value = scalar(key, false);
  if (!has(key))
    return 0;
  if (!value) {
    refuse_value(key, "must be a word");
    return 0;
  }
  auto at = std::find(allowed.begin(), allowed.end(), *value);
  if (at != allowed.end())
    return static_cast<std::size_t>(at - allowed.begin());
  bad_word(key, *value, allowed);
  return 0;
}

void yaml_reader::bad_word(const std::string& key, const std::string& value,
                           std::span<const std::string_view> allowed) {
  std::vector<std::string> words(allowed.begin(), allowed.end());
  auto text = "must not be '" + value + "'" + hint(value, words);
  if (!nearest(value, words)) {
    text += "; one of";
    for (const auto& one : words)
      text += " " + one;
  }
  refuse_value(key, text);
}

yaml_reader yaml_reader::section(const std::string& key) {
  auto value = find(key);
  if (!value.IsDefined())
    value = YAML::Node{YAML::NodeType::Map};
  return yaml_reader{value, path(key), problems_};
}

} // namespace ringside::config
