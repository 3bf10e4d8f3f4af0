#include "app/config/schema_file.hpp"

#include "app/config/yaml_file.hpp"

#include <charconv>
#include <cstdint>

#include <nlohmann/json.hpp>
#include <yaml-cpp/yaml.h>

namespace ringside::config {

namespace {

/// yaml-cpp marks quoted scalars with the tag "!".
nlohmann::ordered_json scalar(const YAML::Node& node) {
  const auto& text = node.Scalar();
  if (node.Tag() == "!")
    return text;
  if (text == "true" || text == "false")
    return text == "true";
  std::int64_t number = 0;
  auto end = text.data() + text.size();
  auto read = std::from_chars(text.data(), end, number);
  if (read.ec == std::errc{} && read.ptr == end)
    return number;
  return text;
}

nlohmann::ordered_json convert(const YAML::Node& node) {
  switch (node.Type()) {
  case YAML::NodeType::Map: {
    auto object = nlohmann::ordered_json::object();
    for (const auto& entry : node)
      object[entry.first.Scalar()] = convert(entry.second);
    return object;
  }
  case YAML::NodeType::Sequence: {
    auto array = nlohmann::ordered_json::array();
    for (const auto& item : node)
      array.push_back(convert(item));
    return array;
  }
  case YAML::NodeType::Scalar:
    return scalar(node);
  default:
    return nullptr;
  }
}

} // namespace

result<std::string> schema_as_json(const std::filesystem::path& file) {
  auto root = load_yaml(file);
  if (!root)
    return root.reason();
  return convert(*root).dump();
}

} // namespace ringside::config
