#pragma once

#include "app/config/yaml_reader.hpp"

#include <filesystem>
#include <string>
#include <utility>

namespace ringside::config {

/// Biggest configuration file, bytes; a bigger one is not a configuration.
inline constexpr std::size_t yaml_bytes_max = 256 * 1024;

/// Reads the file and parses exactly one YAML document.
/// @returns `io_error` if the file cannot be read, `too_large`, or `malformed`
/// with `file:line: text` if it is not one YAML document.
result<YAML::Node> load_yaml(const std::filesystem::path& path);

/// The same from a text that is here already.
/// @param name Stands for the file in messages.
result<YAML::Node> parse_yaml(const std::string& text, const std::string& name);

/// Reads a whole document into a value; see below.
template <class T, class Read>
result<T> read_yaml(const result<YAML::Node>& root, const std::string& name,
                    Read read) {
  if (!root)
    return root.reason();
  yaml_problems problems{name};
  auto value = [&] {
    yaml_reader reader{*root, "", problems};
    return T{read(reader)};
  }();
  if (auto verdict = problems.verdict(); !verdict)
    return verdict.reason();
  return value;
}

/// Reads a whole file into a value: `read(yaml_reader&)` returns it. Any
/// problem that the readers found on the way refuses the value.
template <class T, class Read>
result<T> read_yaml(const std::filesystem::path& path, Read read) {
  return read_yaml<T>(load_yaml(path), path.string(), std::move(read));
}

} // namespace ringside::config
