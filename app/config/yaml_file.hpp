#pragma once

#include "app/config/yaml_reader.hpp"

#include <filesystem>
#include <string>

namespace ringside::config {

/// Biggest configuration file, bytes; a bigger one is not a configuration.
inline constexpr std::size_t yaml_bytes_max = 256 * 1024;

/// Reads the file and parses exactly one YAML document.
/// @returns `io_error` if the file cannot be read, `too_large`, or `malformed`
/// with `file:line: text` if it is not one YAML document.
result<YAML::Node> load_yaml(const std::filesystem::path& path);

/// Reads a whole file into a value: `read(yaml_reader&)` returns it. Any
/// problem that the readers found on the way refuses the value.
template <class T, class Read>
result<T> read_yaml(const std::filesystem::path& path, Read read) {
  auto root = load_yaml(path);
  if (!root)
    return root.reason();
  yaml_problems problems{path.string()};
  auto value = [&] {
    yaml_reader reader{*root, "", problems};
    return T{read(reader)};
  }();
  if (auto verdict = problems.verdict(); !verdict)
    return verdict.reason();
  return value;
}

} // namespace ringside::config
